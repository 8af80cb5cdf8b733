package org.pgmjms.engine.protocol;

import java.util.random.RandomGenerator;

/**
 * The random delay before a NAK: truncated exponential, so that of {@code groupSize} receivers that miss the same packet
 * most wait long enough to hear the NCF that the quickest one caused. RFC 5401, section 3.2.
 */
final class BackOff {
    static final long MIN_NS = 1_000_000;

    private static final long MAX_NS = 60_000_000_000L;

    private final RandomGenerator random;
    private final double lambda;
    private final double spread;
    private long maxNs;

    /**
     * Delays for one session.
     *
     * @param maxNs NAK_BO_IVL
     * @param groupSize receivers that may miss the same packet
     */
    BackOff(RandomGenerator random, long maxNs, int groupSize) {
        this.random = random;
        this.maxNs = maxNs;
        this.lambda = Math.log(Math.max(groupSize, 1)) + 1;
        this.spread = Math.exp(lambda) - 1;
    }

    /** What the source asks for, kept within sensible bounds. RFC 3208, section 9.5. */
    void onAdvertised(long advertisedNs) {
        maxNs = Math.max(MIN_NS, Math.min(advertisedNs, MAX_NS));
    }

    long maxNs() {
        return maxNs;
    }

    /** The shortest delay. */
    long minNs() {
        return Math.min(MIN_NS, maxNs);
    }

    /** A delay from the shortest to the longest. */
    long nextNs() {
        long rangeNs = maxNs - minNs();
        return minNs() + (long) (rangeNs / lambda * Math.log(random.nextDouble() * spread + 1));
    }
}
