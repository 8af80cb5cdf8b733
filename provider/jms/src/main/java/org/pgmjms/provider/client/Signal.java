package org.pgmjms.provider.client;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread wait for what any other announces, without a lock. The waiter calls {@link #prepare}, looks once more
 * for what it waits for, and only then waits; so an announcement is never missed.
 *
 * <p>What counts is the mark that an announcement leaves, not the thread's permit to go on: any lock that the waiter takes
 * while it looks may use that up. Of several announcements only the first one wakes the thread.
 */
final class Signal {
    private volatile @Nullable Thread waiter;
    private volatile boolean announced;

    /** From here on announcements end the calling thread's wait. */
    void prepare() {
        waiter = Thread.currentThread();
        announced = false;
    }

    /** Waits for an announcement since {@link #prepare}; may return early. */
    void await(ClientClock clock) {
        clock.park(this, this::isAnnounced);
    }

    /** The same, at most until {@code deadlineNs}. */
    void awaitUntil(ClientClock clock, long deadlineNs) {
        clock.parkUntil(this, deadlineNs, this::isAnnounced);
    }

    /**
     * The same, but not longer than {@code longestNs}, or for ever when it is {@link Long#MAX_VALUE}.
     *
     * @param sinceNs the time before {@code longestNs} was found out
     */
    void awaitAtMost(ClientClock clock, long sinceNs, long longestNs) {
        if (longestNs == Long.MAX_VALUE) {
            await(clock);
        } else {
            awaitUntil(clock, sinceNs + longestNs);
        }
    }

    /** The calling thread waits no longer. */
    void done() {
        waiter = null;
    }

    /**
     * Wakes the waiter, if there is one and it does not announce something to itself. Never blocks. What is announced may
     * have been written with release only: without the fence it could become visible after the mark of an announcement
     * before it was read, to a waiter who has looked meanwhile and then waits for ever.
     */
    void announce() {
        VarHandle.fullFence();
        if (announced) {
            return;
        }
        announced = true;
        Thread thread = waiter;
        if (thread != null && !thread.equals(Thread.currentThread())) {
            LockSupport.unpark(thread);
        }
    }

    /** Whether there was an announcement since {@link #prepare}. */
    boolean isAnnounced() {
        return announced;
    }
}
