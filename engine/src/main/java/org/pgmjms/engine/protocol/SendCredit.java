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
 * no flood of requests can take the channel. All amounts are bytes on the network, IP and UDP headers included.
 */
final class SendCredit {
    /** Kept for SPMs; one never costs more. */
    static final int SPM_RESERVE_BYTES = 256;

    private static final int MAX_CONTROL_RESERVE_BYTES = 8 * 1024;
    private static final double MIN_REPAIR_SHARE = 0.05;
    private static final int CONFIRM_SHARE = 10;
    private static final int MIN_CONFIRM_BUCKET_BYTES = 1024;

    /** With less the longest confirmation could never leave. */
    static final int MIN_BUCKET_BYTES = 1024;

    private final RateLimiter total;
    private final RateLimiter repairs;
    private final RateLimiter confirmations;
    private final int controlReserve;

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
        repairs = new RateLimiter(
                Math.max(1, (long) (rate * share)), Math.max((long) (bucket * share), maxPacketBytes), nowNs);
        confirmations = new RateLimiter(
                Math.max(1, rate / CONFIRM_SHARE), Math.max(bucket / CONFIRM_SHARE, MIN_CONFIRM_BUCKET_BYTES), nowNs);
        controlReserve = (int) Math.min(MAX_CONTROL_RESERVE_BYTES, bucket / 4);
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
        return total.allows(bytes + controlReserve, nowNs) && (!shared || repairs.allows(bytes, nowNs));
    }

    void takeRepair(int bytes, long nowNs) {
        total.take(bytes);
        repairs.take(Math.min(bytes, repairs.available(nowNs)));
    }

    long repairReadyNs(int bytes, boolean shared, long nowNs) {
        long readyNs = total.readyNs(bytes + controlReserve, nowNs);
        if (!shared) {
            return readyNs;
        }
        long shareNs = repairs.readyNs(bytes, nowNs);
        return shareNs - readyNs > 0 ? shareNs : readyNs;
    }

    /** Takes what a confirmation costs, if it is there. */
    boolean tryTakeConfirmation(int bytes, long nowNs) {
        if (!total.allows(bytes + SPM_RESERVE_BYTES, nowNs) || !confirmations.tryTake(bytes, nowNs)) {
            return false;
        }
        total.take(bytes);
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
    }
}
