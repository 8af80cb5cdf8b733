package org.pgmjms.engine.protocol;

/**
 * A token bucket. In any interval of {@code t} at most {@code bucket + rate * t} are taken. RFC 3208, section 5.1.1.
 *
 * <p>Counts in billionths, so that nothing is lost to rounding however often it is asked. Owned by its source.
 */
final class RateLimiter {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final long perSecond;
    private final long capacity;
    private final long fillNs;

    private long credit;
    private long countedNs;

    /**
     * A full bucket.
     *
     * @param perSecond what flows in a second, at least 1
     * @param bucket the most that can be taken at once, at least 1 and below nine billion
     */
    RateLimiter(long perSecond, long bucket, long nowNs) {
        if (perSecond < 1 || bucket < 1 || bucket > Long.MAX_VALUE / NANOS_PER_SECOND / 2) {
            throw new IllegalArgumentException("rate " + perSecond + ", bucket " + bucket);
        }
        this.perSecond = perSecond;
        this.capacity = bucket * NANOS_PER_SECOND;
        this.fillNs = capacity / perSecond + 1;
        this.credit = capacity;
        this.countedNs = nowNs;
    }

    /** What could be taken now. */
    long available(long nowNs) {
        refill(nowNs);
        return credit / NANOS_PER_SECOND;
    }

    /** Whether this much could be taken now. */
    boolean allows(long amount, long nowNs) {
        refill(nowNs);
        return credit >= amount * NANOS_PER_SECOND;
    }

    /** Takes what {@link #allows} allowed. */
    void take(long amount) {
        credit -= amount * NANOS_PER_SECOND;
    }

    /** Takes this much if it is there. */
    boolean tryTake(long amount, long nowNs) {
        if (!allows(amount, nowNs)) {
            return false;
        }
        take(amount);
        return true;
    }

    /** Puts back what was taken but not used. */
    void giveBack(long amount) {
        credit = Math.min(capacity, credit + amount * NANOS_PER_SECOND);
    }

    /** The first time at which this much can be taken, if nothing else is; the present one if it can be now. */
    long readyNs(long amount, long nowNs) {
        refill(nowNs);
        long missing = amount * NANOS_PER_SECOND - credit;
        return missing <= 0 ? nowNs : nowNs + (missing + perSecond - 1) / perSecond;
    }

    private void refill(long nowNs) {
        long elapsedNs = nowNs - countedNs;
        if (elapsedNs <= 0) {
            return;
        }
        countedNs = nowNs;
        credit = elapsedNs >= fillNs ? capacity : Math.min(capacity, credit + elapsedNs * perSecond);
    }
}
