package org.pgmjms.provider.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a session has delivered and nobody has acknowledged, in order of delivery; its only copy. Jakarta Messaging 3.1,
 * section 6.2.10. Safe for any thread.
 */
final class AckLedger {
    private final int maxMessages;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Pending> unacknowledged = new ArrayDeque<>();
    private long bytes;
    /** A message that is acknowledged as soon as its listener returns. */
    private final AtomicReference<@Nullable Pending> current = new AtomicReference<>();

    /** An empty ledger that is full at these limits. */
    AckLedger(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    void add(Pending pending) {
        lock.lock();
        try {
            unacknowledged.addLast(pending);
            bytes += pending.message().sizeBytes();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more may be delivered until something is acknowledged or recovered. */
    boolean isFull() {
        lock.lock();
        try {
            return unacknowledged.size() >= maxMessages || bytes >= maxBytes && !unacknowledged.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** A listener gets the next message, in a mode that acknowledges it when the listener returns. */
    void begin(Pending pending) {
        current.setRelease(pending);
    }

    /** The listener has returned; false when the message is not its any more, since the session was recovered. */
    boolean end(Pending pending) {
        return current.compareAndSet(pending, null);
    }

    /** Takes all out, in order of delivery. */
    List<Pending> takeAll() {
        Pending begun = current.getAndSet(null);
        lock.lock();
        try {
            List<Pending> all = new ArrayList<>(unacknowledged);
            if (begun != null) {
                all.add(begun);
            }
            unacknowledged.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }
}
