package org.pgmjms.provider.link;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Tsi;

/** Which sessions are established in a channel, for callers that wait for the first. Safe for any thread. */
final class Discovery {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Tsi> sessions = new HashSet<>();
    private boolean over;

    void onSession(Tsi tsi) {
        lock.lock();
        try {
            sessions.add(tsi);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void onEnd(Tsi tsi) {
        lock.lock();
        try {
            sessions.remove(tsi);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting: nothing more will come. */
    void close() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a session is established, and this one if it is given, or until the time is over.
     *
     * @param own the session of this process' own source, which is certain to answer
     */
    void await(@Nullable Tsi own, long timeoutNs) throws InterruptedException {
        long leftNs = timeoutNs;
        lock.lockInterruptibly();
        try {
            while (leftNs > 0 && !over && (sessions.isEmpty() || own != null && !sessions.contains(own))) {
                leftNs = changed.awaitNanos(leftNs);
            }
        } finally {
            lock.unlock();
        }
    }
}
