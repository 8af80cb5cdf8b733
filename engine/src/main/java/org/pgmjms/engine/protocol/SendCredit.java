package org.pgmjms.engine.protocol;

import org.pgmjms.engine.api.SourceConfig;

/**
 * What a source may send now. One bucket bounds everything that leaves; how deep each kind of packet may draw from it
 * gives the order of RFC 3208, section 5.1.1: confirmations and SPMs before data.
 *
 * <pre>
 *   full |........................|........|..| empty
 *         data and repairs         NCF      SPM
 * </pre>
 *
 * <p>Repairs have a bucket of their own that counts while data waits, and confirmations one that always does, so that
 * no flood of requests can take the channel. While there is one, both get less. All amounts are bytes on the network, IP and UDP headers included.
 */
final class SendCredit {
    /** Kept for SPMs; one never costs more. */
    static final int SPM_RESERVE_BYTES = 256;

    private static final int MAX_CONTROL_RESERVE_BYTES = 8 * 1024;
    private static final double MIN_REPAIR_SHARE = 0.05;
    private static final int CONFIRM_SHARE = 10;
    private static final int FLOOD_CONFIRM_SHARE = 40;
    private static final long FLOOD_NS = 1_000_000_000L;
    private static final long MAX_SECOND_BYTES = 1L << 32;
    private static final int MIN_CONFIRM_BUCKET_BYTES = 1024;

    /** With less the longest confirmation could never leave. */
    static final int MIN_BUCKET_BYTES = 1024;

    private final RateLimiter total;
    private final RateLimiter repairs;
    private final RateLimiter confirmations;
    private final RateLimiter wantedConfirmations;
    private final RateLimiter floodRepairs;
    private final RateLimiter floodConfirmations;
    private final int controlReserve;

    private boolean isFlooded;
    private long floodUntilNs;

    /**
     * Full buckets.
     *
     * @param maxPacketBytes the largest packet on the network
     */
    SendCredit(SourceConfig config, int maxPacketBytes, long nowNs) {
        long rate = config.maxRateBytesPerSecond();
        double share = Math.max(MIN_REPAIR_SHARE, Math.min(1, config.repairShare()));
        long bucket = Math.max(Math.max(config.bucketBytes(), MIN_BUCKET_BYTES), 2L * maxPacketBytes);
        total = new RateLimiter(rate, bucket, nowNs);
        repairs = part(rate, share, bucket, maxPacketBytes, nowNs);
        floodRepairs = part(rate, Math.min(share, config.floodRepairShare()), bucket, maxPacketBytes, nowNs);
        confirmations = part(rate, 1.0 / CONFIRM_SHARE, bucket, MIN_CONFIRM_BUCKET_BYTES, nowNs);
        long second = Math.min(MAX_SECOND_BYTES, rate);
        wantedConfirmations = part(rate, 1.0 / CONFIRM_SHARE, second, MIN_CONFIRM_BUCKET_BYTES, nowNs);
        floodConfirmations = part(rate, 1.0 / FLOOD_CONFIRM_SHARE, bucket, MIN_CONFIRM_BUCKET_BYTES, nowNs);
        controlReserve = (int) Math.min(MAX_CONTROL_RESERVE_BYTES, bucket / 4);
    }

    private static RateLimiter part(long rate, double share, long bucket, int leastBucket, long nowNs) {
        return new RateLimiter(
                Math.max(1, (long) (rate * share)), Math.max((long) (bucket * share), leastBucket), nowNs);
    }

    /** More requests came than are taken; answers whether that is news. */
    boolean onFlood(long nowNs) {
        boolean wasFlooded = isFlooded(nowNs);
        isFlooded = true;
        floodUntilNs = nowNs + FLOOD_NS;
        return !wasFlooded;
    }

    /** Whether there was a flood when it was last asked for. */
    boolean wasFlooded() {
        return isFlooded;
    }

    /** Whether more requests came than are taken, a moment ago. */
    boolean isFlooded(long nowNs) {
        isFlooded &= floodUntilNs - nowNs > 0;
        return isFlooded;
    }

    boolean allowsData(int bytes, long nowNs) {
        return total.allows(bytes + controlReserve, nowNs);
    }

    void takeData(int bytes) {
        total.take(bytes);
    }

    /** When data of this size can leave, if nothing else does. */
    long dataReadyNs(int bytes, long nowNs) {
        return total.readyNs(bytes + controlReserve, nowNs);
    }

    /** Whether a repair of this size can leave; {@code shared} when data waits as well. */
    boolean allowsRepair(int bytes, boolean shared, long nowNs) {
        return total.allows(bytes + controlReserve, nowNs)
                && (!shared
                        || repairs.allows(bytes, nowNs) && (!isFlooded(nowNs) || floodRepairs.allows(bytes, nowNs)));
    }

    void takeRepair(int bytes, long nowNs) {
        total.take(bytes);
        repairs.take(Math.min(bytes, repairs.available(nowNs)));
        floodRepairs.take(Math.min(bytes, floodRepairs.available(nowNs)));
    }

    long repairReadyNs(int bytes, boolean shared, long nowNs) {
        long readyNs = total.readyNs(bytes + controlReserve, nowNs);
        if (!shared) {
            return readyNs;
        }
        long shareNs = repairs.readyNs(bytes, nowNs);
        if (isFlooded(nowNs)) {
            long floodNs = floodRepairs.readyNs(bytes, nowNs);
            shareNs = floodNs - shareNs > 0 ? floodNs : shareNs;
        }
        return shareNs - readyNs > 0 ? shareNs : readyNs;
    }

    /** Whether confirmations were wanted for more than their share, for longer than a second. */
    boolean isTooMuchWanted(int bytes, long nowNs) {
        return !wantedConfirmations.tryTake(bytes, nowNs);
    }

    /** Takes what a confirmation costs, if it is there. */
    boolean tryTakeConfirmation(int bytes, long nowNs) {
        boolean isLess = isFlooded(nowNs) && !floodConfirmations.allows(bytes, nowNs);
        if (isLess || !total.allows(bytes + SPM_RESERVE_BYTES, nowNs) || !confirmations.tryTake(bytes, nowNs)) {
            return false;
        }
        total.take(bytes);
        floodConfirmations.take(Math.min(bytes, floodConfirmations.available(nowNs)));
        return true;
    }

    boolean tryTakeSpm(int bytes, long nowNs) {
        return total.tryTake(bytes, nowNs);
    }

    /** When an SPM of this size can leave, if nothing else does. */
    long spmReadyNs(int bytes, long nowNs) {
        return total.readyNs(bytes, nowNs);
    }

    /** Puts back what was taken for something that the socket refused. */
    void giveBack(int bytes) {
        total.giveBack(bytes);
    }

    /** Puts back what was taken for a repair that the socket refused. */
    void giveBackRepair(int bytes) {
        total.giveBack(bytes);
        repairs.giveBack(bytes);
        floodRepairs.giveBack(bytes);
    }
}
