package org.pgmjms.engine.channel;

import java.util.concurrent.locks.ReentrantLock;

/** How fast a count of bytes grows, between looks that are a second apart at least. Safe for any thread. */
final class RateMeter {
    private static final long LEAST_NS = 1_000_000_000;
    private static final double BITS_PER_MS_AND_NS = 8e6;

    private final long openedNs;
    private final ReentrantLock lock = new ReentrantLock();
    private long lastBytes;
    private long lastNs;
    private long lastRate;

    RateMeter(long openedNs) {
        this.openedNs = openedNs;
        this.lastNs = openedNs;
    }

    /** Kilobits a second since it began. */
    long overall(long bytes, long nowNs) {
        return kilobits(bytes, nowNs - openedNs);
    }

    /** Kilobits a second since the last look that was long enough ago. */
    long recent(long bytes, long nowNs) {
        lock.lock();
        try {
            if (nowNs - lastNs >= LEAST_NS) {
                lastRate = kilobits(bytes - lastBytes, nowNs - lastNs);
                lastBytes = bytes;
                lastNs = nowNs;
            }
            return lastNs == openedNs ? overall(bytes, nowNs) : lastRate;
        } finally {
            lock.unlock();
        }
    }

    private static long kilobits(long bytes, long ns) {
        return ns <= 0 ? 0 : (long) (bytes * BITS_PER_MS_AND_NS / ns);
    }
}
