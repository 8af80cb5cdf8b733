package org.pgmjms.provider.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

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

    /** Takes one out again; false when it is not there any more. */
    boolean remove(Pending pending) {
        lock.lock();
        try {
            boolean removed = unacknowledged.removeLastOccurrence(pending);
            if (removed) {
                bytes -= pending.message().sizeBytes();
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes all out, in order of delivery. */
    List<Pending> takeAll() {
        lock.lock();
        try {
            List<Pending> all = new ArrayList<>(unacknowledged);
            unacknowledged.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }
}
