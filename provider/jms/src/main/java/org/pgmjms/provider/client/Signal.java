package org.pgmjms.provider.client;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread wait for what any other announces, without a lock. The waiter calls {@link #prepare}, looks once more
 * for what it waits for, and only then parks; so an announcement is never missed.
 */
final class Signal {
    private volatile @Nullable Thread waiter;

    /** From here on announcements wake the calling thread. */
    void prepare() {
        waiter = Thread.currentThread();
    }

    /** The calling thread waits no longer. */
    void done() {
        waiter = null;
    }

    /** Wakes the waiter, if there is one. Never blocks. */
    void announce() {
        Thread thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
