package org.pgmjms.engine.channel;

/**
 * Tells an agent when its stream is busy: then it naps and lets packets gather, instead of sleeping until the next one.
 * To wake a thread for every packet costs both ends more than the packet does (docs/adr/0024). One owner.
 */
final class Pace {
    /** In a busy stream packets are closer than this to each other. */
    static final long GAP_NS = 60_000;

    /** So many cycles in a row have to be busy, since two packets may meet by chance. */
    static final int STREAK = 4;

    /** To what a nap is stretched at most. */
    static final long LONGEST_NAP_NS = 200_000;

    /** From so many packets in a cycle on, a nap is stretched: by half of it for each packet. */
    static final int PACKETS = 2;

    private long lastNs;
    private int streak;
    private boolean hasPackets;
    private long lastPacketsNs;

    /** Whether the stream is busy, after a cycle in which so many packets were sent or received. */
    boolean isBusy(int packets, long nowNs) {
        long elapsedNs = nowNs - lastNs;
        lastNs = nowNs;
        streak = elapsedNs < packets * GAP_NS ? Math.min(streak + 1, STREAK) : 0;
        return streak == STREAK;
    }

    /** Whether packets came so short ago, in this cycle or an earlier one, that the agent is to look for more at once. */
    boolean isSpinning(int packets, long nowNs, long spinNs) {
        if (packets > 0) {
            hasPackets = true;
            lastPacketsNs = nowNs;
        }
        return hasPackets && nowNs - lastPacketsNs < spinNs;
    }

    /**
     * The nap after a cycle that found so many packets. Where many come in a nap, or a processor was free for the agent late,
     * the time between two packets is short against any nap, and each nap less is two switches of threads less.
     */
    static long stretch(long napNs, int packets) {
        return Math.max(napNs, Math.min(LONGEST_NAP_NS, napNs * packets / PACKETS));
    }
}
