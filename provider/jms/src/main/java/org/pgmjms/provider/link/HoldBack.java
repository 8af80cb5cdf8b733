package org.pgmjms.provider.link;

/** How many bytes wait behind gaps in a channel, and how many may. Owned by the receive agent. */
final class HoldBack {
    private final long limitBytes;
    private long usedBytes;

    HoldBack(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    long usedBytes() {
        return usedBytes;
    }

    boolean isExceeded() {
        return usedBytes > limitBytes;
    }

    /** What may come beyond gaps: nothing any more when three quarters are used, as frames need more than their bytes. */
    int capacityBytes() {
        return usedBytes > limitBytes / 4 * 3 ? 0 : (int) Math.min(Integer.MAX_VALUE, limitBytes - usedBytes);
    }

    void take(int bytes) {
        usedBytes += bytes;
    }

    void give(int bytes) {
        usedBytes -= bytes;
    }
}
