package org.pgmjms.engine.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Many timers of one owner, the earliest first: a binary heap whose elements know their place. Deadlines are compared by
 * difference, since a nano clock may wrap. Allocates when it grows only. Not thread-safe.
 *
 * @param <T> what waits
 */
final class DeadlineHeap<T extends Timed> {
    private static final int INITIAL_CAPACITY = 8;

    private @Nullable Timed[] heap = new Timed[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The one due first, or null. */
    @SuppressWarnings("unchecked") // only T goes in
    @Nullable T peek() {
        return (T) heap[0];
    }

    /** When the first one is due, or {@link ProtocolHalf#NONE}. */
    long nextDeadlineNs() {
        Timed first = heap[0];
        return first == null ? ProtocolHalf.NONE : first.deadlineNs();
    }

    /** Whether the first one is due. */
    boolean isDue(long nowNs) {
        Timed first = heap[0];
        return first != null && first.deadlineNs() - nowNs <= 0;
    }

    /** Puts one in, or to its new place after its deadline changed. */
    void put(T timed) {
        int index = timed.heapIndex();
        if (index == Timed.NOWHERE) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            index = size++;
        }
        siftDown(siftUp(index, timed), timed);
    }

    /** Takes one out, if it is in. */
    void remove(T timed) {
        int index = timed.heapIndex();
        if (index == Timed.NOWHERE) {
            return;
        }
        timed.heapIndex(Timed.NOWHERE);
        size--;
        Timed last = at(size);
        heap[size] = null;
        if (index < size) {
            siftDown(siftUp(index, last), last);
        }
    }

    private int siftUp(int start, Timed timed) {
        int index = start;
        while (index > 0) {
            int parent = index - 1 >>> 1;
            Timed above = at(parent);
            if (above.deadlineNs() - timed.deadlineNs() <= 0) {
                break;
            }
            place(index, above);
            index = parent;
        }
        place(index, timed);
        return index;
    }

    private void siftDown(int start, Timed timed) {
        int index = start;
        int child = 2 * index + 1;
        while (child < size) {
            if (child + 1 < size && at(child + 1).deadlineNs() - at(child).deadlineNs() < 0) {
                child++;
            }
            Timed below = at(child);
            if (timed.deadlineNs() - below.deadlineNs() <= 0) {
                break;
            }
            place(index, below);
            index = child;
            child = 2 * index + 1;
        }
        place(index, timed);
    }

    private void place(int index, Timed timed) {
        heap[index] = timed;
        timed.heapIndex(index);
    }

    @SuppressWarnings("NullAway") // places below size are never null
    private Timed at(int index) {
        return heap[index];
    }
}
