package org.pgmjms.provider.message;

import java.util.HexFormat;
import java.util.UUID;

/**
 * The 128 bits that tell this provider in this JVM from every other, before and after. Message ids and connection
 * numbers are unique within one. Immutable.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record Incarnation(long high, long low) {
    private static final Incarnation OF_THIS_JVM = random();

    /** The one of the provider in this class loader. */
    public static Incarnation ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** One that nobody else has. */
    public static Incarnation random() {
        UUID uuid = UUID.randomUUID();
        return new Incarnation(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** Thirty-two hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
