package org.pgmjms.engine.protocol;

/** How many packets of one kind may go: a rate with a burst. Not thread-safe. */
final class PacketGate {
    private static final long SECOND_NS = 1_000_000_000L;

    private final long intervalNs;
    private final int burst;
    private long usedUntilNs;

    /**
     * Opens with a full burst.
     *
     * @param packetsPerSecond the rate, positive
     * @param burst what may go at once after silence
     */
    PacketGate(int packetsPerSecond, int burst, long nowNs) {
        this.intervalNs = SECOND_NS / packetsPerSecond;
        this.burst = burst;
        this.usedUntilNs = nowNs - burst * intervalNs;
    }

    /** How many may go now. */
    int available(long nowNs) {
        return (int) Math.min(burst, (nowNs - usedUntilNs) / intervalNs);
    }

    /** That many go; no more than are available. */
    void take(int packets, long nowNs) {
        long fullNs = nowNs - burst * intervalNs;
        usedUntilNs = (usedUntilNs - fullNs < 0 ? fullNs : usedUntilNs) + packets * intervalNs;
    }

    /** When the next one may go, at the latest. */
    long nextNs() {
        return usedUntilNs + intervalNs;
    }
}
