package org.pgmjms.provider.message;

import java.util.Objects;

/**
 * What identifies a message: an incarnation and a number within it. Text form {@code ID:<32 hex digits>-<number>}.
 * Jakarta Messaging 3.1, section 3.4.3. Immutable.
 *
 * @param incarnation the provider that assigned it
 * @param counter the number, unsigned
 */
public record MessageId(Incarnation incarnation, long counter) {

    /** Refuses nulls. */
    public MessageId {
        Objects.requireNonNull(incarnation, "incarnation");
    }

    @Override
    public String toString() {
        return "ID:" + incarnation + "-" + Long.toUnsignedString(counter);
    }
}
