package org.pgmjms.provider.message;

import org.jspecify.annotations.Nullable;

/** What an envelope holds. The switch on the wire number is a table; no name is ever taken from the wire. */
public enum EnvelopeKind {
    /** Frames of messages. */
    DATA(1),
    /** Frames of messages that belong to one transaction. */
    TRAIN(2),
    /** The last sequence of topics, without messages. */
    HEADS(3);

    private final int number;

    EnvelopeKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static @Nullable EnvelopeKind of(int number) {
        return switch (number) {
            case 1 -> DATA;
            case 2 -> TRAIN;
            case 3 -> HEADS;
            default -> null;
        };
    }
}
