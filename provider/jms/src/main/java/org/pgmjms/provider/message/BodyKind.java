package org.pgmjms.provider.message;

import org.jspecify.annotations.Nullable;

/** Which of the message interfaces a body belongs to. Jakarta Messaging 3.1, section 3.11. */
enum BodyKind {
    NONE(0),
    TEXT(1),
    BYTES(2),
    MAP(3),
    STREAM(4),
    OBJECT(5);

    private final int number;

    BodyKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static @Nullable BodyKind of(int number) {
        return switch (number) {
            case 0 -> NONE;
            case 1 -> TEXT;
            case 2 -> BYTES;
            case 3 -> MAP;
            case 4 -> STREAM;
            case 5 -> OBJECT;
            default -> null;
        };
    }
}
