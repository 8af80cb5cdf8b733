package org.pgmjms.engine.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ranges that do not overlap, in the order of their numbers, within half the number space. Finding one takes the
 * logarithm of their number; adding at the end and removing at the front take no time, as that is what happens most.
 * Not thread-safe.
 *
 * @param <R> the owner's kind of range
 */
public final class RangeList<R extends Range> {
    private static final int INITIAL_CAPACITY = 8;

    private @Nullable Range[] ring = new Range[INITIAL_CAPACITY];
    private int head;
    private int size;

    /** How many ranges there are. */
    public int size() {
        return size;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** One of them, the oldest at 0. */
    @SuppressWarnings({"unchecked", "NullAway"}) // only R goes in, and places in use are never null
    public R get(int index) {
        return (R) ring[head + index & ring.length - 1];
    }

    /** The oldest, or null. */
    public @Nullable R firstOrNull() {
        return size == 0 ? null : get(0);
    }

    /** The newest, or null. */
    public @Nullable R lastOrNull() {
        return size == 0 ? null : get(size - 1);
    }

    /** The index of the last range that starts at or before the number, or -1. */
    public int floor(int sqn) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (get(middle).first() - sqn <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The range with this number, or null. */
    public @Nullable R find(int sqn) {
        int index = floor(sqn);
        if (index < 0) {
            return null;
        }
        R range = get(index);
        return range.contains(sqn) ? range : null;
    }

    /** Puts one at this index, which must keep the order. */
    public void add(int index, R range) {
        if (size == ring.length) {
            grow();
        }
        for (int i = size; i > index; i--) {
            ring[at(i)] = ring[at(i - 1)];
        }
        ring[at(index)] = range;
        size++;
    }

    /** Puts one behind all others. */
    public void addLast(R range) {
        add(size, range);
    }

    /** Takes one out. */
    public R remove(int index) {
        R removed = get(index);
        if (index == 0) {
            ring[head] = null;
            head = head + 1 & ring.length - 1;
        } else {
            for (int i = index; i < size - 1; i++) {
                ring[at(i)] = ring[at(i + 1)];
            }
            ring[at(size - 1)] = null;
        }
        size--;
        return removed;
    }

    /** Takes all out. */
    public void clear() {
        Arrays.fill(ring, null);
        head = 0;
        size = 0;
    }

    private int at(int index) {
        return head + index & ring.length - 1;
    }

    private void grow() {
        @Nullable Range[] larger = new Range[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = ring[at(i)];
        }
        ring = larger;
        head = 0;
    }
}
