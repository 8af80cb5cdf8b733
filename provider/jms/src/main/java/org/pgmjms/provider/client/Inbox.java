package org.pgmjms.provider.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A queue without an end from one thread to another: one adds, one at a time takes, neither waits for the other. Adding
 * costs one ordered write and allocates a piece of array every so often.
 *
 * <p>A piece's last place holds the piece that follows. What either side writes with each element lies in cache lines of
 * its own, so that the two do not slow each other down while the queue is not empty.
 */
final class Inbox {
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final int PIECE = 255;

    /** Where the two sides' next places are noted: a cache line and more apart. */
    private static final int ADDING = 16;

    private static final int TAKING = 48;
    private static final int NOTES = 80;

    private final int[] next = new int[NOTES];
    private @Nullable Object[] first = new Object[PIECE + 1];
    private @Nullable Object[] last = first;

    /** Adds an element; by the one thread that adds. */
    void add(Object element) {
        int at = next[ADDING];
        if (at == PIECE) {
            @Nullable Object[] piece = new Object[PIECE + 1];
            piece[0] = element;
            PLACE.setRelease(last, PIECE, piece);
            last = piece;
            next[ADDING] = 1;
            return;
        }
        PLACE.setRelease(last, at, element);
        next[ADDING] = at + 1;
    }

    /** Whether there is nothing to take; by who may take. */
    boolean isEmpty() {
        return PLACE.getAcquire(first, next[TAKING]) == null;
    }

    /** Takes the oldest element, or null; by one thread at a time. */
    @Nullable Object poll() {
        int at = next[TAKING];
        Object element = PLACE.getAcquire(first, at);
        if (element == null) {
            return null;
        }
        if (at == PIECE) {
            first = (@Nullable Object[]) element;
            at = 0;
            element = first[0];
        }
        first[at] = null;
        next[TAKING] = at + 1;
        return element;
    }
}
