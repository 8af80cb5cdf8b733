package org.pgmjms.engine.window;

/** Consecutive sequence numbers, however many. Owners add what they know about them. */
public interface Range {

    /** The first number. */
    int first();

    /** How many numbers: positive, below 2^31. */
    int count();

    /** The number after the last one. */
    default int end() {
        return first() + count();
    }

    /** Whether the number is one of these. */
    default boolean contains(int sqn) {
        return Integer.compareUnsigned(sqn - first(), count()) < 0;
    }
}
