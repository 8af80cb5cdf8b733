package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;
import static org.pgmjms.engine.wire.SequenceNumber.before;

/**
 * The numbers that wait to be repaired: each once, oldest first. One bit for each number that the window can hold.
 *
 * <p>Owned by its source; not thread-safe.
 */
final class RepairQueue {
    private final long[] bits;
    private final int wordMask;

    private int oldest;
    private int newest;
    private int size;

    /** An empty queue for numbers that are less than this far apart. */
    RepairQueue(int windowPackets) {
        int words = Math.max(1, Integer.highestOneBit(Math.max(1, windowPackets - 1)) * 2 / Long.SIZE);
        bits = new long[words];
        wordMask = words - 1;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Whether this number waits. */
    boolean contains(int sqn) {
        return size > 0 && !before(sqn, oldest) && !after(sqn, newest) && (word(sqn) & 1L << sqn) != 0;
    }

    /** Queues a number; false when it waits already. */
    boolean add(int sqn) {
        if (contains(sqn)) {
            return false;
        }
        if (size == 0) {
            oldest = sqn;
            newest = sqn;
        } else if (before(sqn, oldest)) {
            oldest = sqn;
        } else if (after(sqn, newest)) {
            newest = sqn;
        }
        bits[wordIndex(sqn)] |= 1L << sqn;
        size++;
        return true;
    }

    /** The oldest number that waits; there must be one. */
    int peek() {
        assert size > 0;
        while ((word(oldest) & 1L << oldest) == 0) {
            long rest = word(oldest) >>> oldest;
            oldest += rest == 0 ? Long.SIZE - (oldest & Long.SIZE - 1) : Long.numberOfTrailingZeros(rest);
        }
        return oldest;
    }

    /** Removes and answers the oldest number that waits; there must be one. */
    int poll() {
        int sqn = peek();
        bits[wordIndex(sqn)] &= ~(1L << sqn);
        size--;
        oldest = sqn + 1;
        return sqn;
    }

    /** Forgets everything before this number, and says how much that was. */
    int removeBefore(int trail) {
        int removed = 0;
        while (size > 0 && before(peek(), trail)) {
            poll();
            removed++;
        }
        return removed;
    }

    private long word(int sqn) {
        return bits[wordIndex(sqn)];
    }

    private int wordIndex(int sqn) {
        return sqn >>> 6 & wordMask;
    }
}
