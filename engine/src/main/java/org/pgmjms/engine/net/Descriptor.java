package org.pgmjms.engine.net;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file descriptor that nobody uses once it is closed, as the kernel gives its number to the next file that is opened.
 * Whoever uses it holds it meanwhile; it is closed by the last who lets go. Safe for any thread.
 */
final class Descriptor {
    private final Libc libc;
    private final int number;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Takes an open descriptor over. */
    Descriptor(Libc libc, int number) {
        this.libc = libc;
        this.number = number;
    }

    /** Its number; only to be used by who holds it. */
    int number() {
        return number;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Keeps it open until {@link #release}, unless it is closed. */
    boolean tryHold() {
        int count = holders.get();
        while (!closed.get() && count > 0) {
            if (holders.compareAndSet(count, count + 1)) {
                return true;
            }
            count = holders.get();
        }
        return false;
    }

    /** Lets go. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            libc.close(number);
        }
    }

    /** Closes it for new users; again does nothing. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }
}
