package org.pgmjms.engine.channel;

/**
 * Whether a channel is idle enough for a caller to send on its own thread: sends of callers are a gap apart on average,
 * but a few may come at once. So what comes now and then leaves without a hand-off, also when it comes in twos, while a fast
 * producer queues, and so fills its packets. Owned by whoever has the source's lock.
 */
final class IdleGap {
    /** So many gaps may be owed. */
    private static final int BURST = 4;

    private final long gapNs;
    private boolean hasSent;
    private long paidNs;

    /**
     * A channel that nothing was sent on.
     *
     * @param gapNs the gap in nanoseconds, 0 for none
     */
    IdleGap(long gapNs) {
        this.gapNs = gapNs;
    }

    /** Whether a caller may send now. */
    boolean isIdle(long nowNs) {
        return !hasSent || paidNs - nowNs <= BURST * gapNs;
    }

    /** Data was sent: for the time that took and a gap more nobody should. */
    void onSent(long beganNs, long endedNs) {
        long fromNs = hasSent && paidNs - beganNs > 0 ? paidNs : beganNs;
        paidNs = fromNs + (endedNs - beganNs) + gapNs;
        if (paidNs - endedNs > (BURST + 1) * gapNs) {
            paidNs = endedNs + (BURST + 1) * gapNs;
        }
        hasSent = true;
    }
}
