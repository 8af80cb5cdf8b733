package org.pgmjms.provider.link;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.NearestName;
import org.pgmjms.engine.api.Quantity;

/** The kinds of values that settings have, written alike for {@code jms.*} and {@code pgm.*}. */
public enum ValueKind {
    /** A time, in nanoseconds; a bare number is milliseconds. */
    DURATION(Quantity.DURATION),
    /** An amount of memory, in bytes. */
    SIZE(Quantity.SIZE),
    /** A number of things. */
    COUNT(Quantity.COUNT),
    /** Anything else; has no numeric value. */
    TEXT(Quantity.TEXT);

    private final Quantity quantity;

    ValueKind(Quantity quantity) {
        this.quantity = quantity;
    }

    /**
     * Reads a value in the base unit of its kind.
     *
     * @throws IllegalArgumentException when the text is not of this kind; the message says what is
     */
    public long parse(String text) {
        return quantity.parse(text);
    }

    /** The known name nearest to a wrong one, or null when none is near. */
    public static @Nullable String nearestName(String wrong, Collection<String> known) {
        return NearestName.of(wrong, known);
    }
}
