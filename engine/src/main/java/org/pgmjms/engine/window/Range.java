package org.pgmjms.engine.window;

/**
 * Consecutive sequence numbers, however many. Not final: owners add what they know about the numbers. Not thread-safe.
 */
public abstract class Range {
    private int first;
    private int count;

    /** Numbers {@code first} to {@code first + count - 1}; the count is positive and below 2^31. */
    protected Range(int first, int count) {
        this.first = first;
        this.count = count;
    }

    /** The first number. */
    public final int first() {
        return first;
    }

    /** How many numbers. */
    public final int count() {
        return count;
    }

    /** The number after the last one. */
    public final int end() {
        return first + count;
    }

    /** Whether the number is one of these. */
    public final boolean contains(int sqn) {
        return Integer.compareUnsigned(sqn - first, count) < 0;
    }

    /** Makes it other numbers; within a {@link RangeList} the order must stay. */
    public final void set(int newFirst, int newCount) {
        first = newFirst;
        count = newCount;
    }
}
