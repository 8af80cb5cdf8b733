package org.pgmjms.engine.api;

/**
 * How a source behaves. Immutable. Names are those of RFC 3208, sections 2 and 5 and appendix F, where it has one.
 *
 * @param windowNs TXW_SECS: how long a packet can be repaired
 * @param windowBytes TXW_BYTES: how many bytes the window keeps at most
 * @param windowPackets TXW_SQNS: how many packets the window keeps at most
 * @param maxRateBytesPerSecond TXW_MAX_RTE: bytes a second, IP and UDP headers included
 * @param bucketBytes the most that may leave at once
 * @param repairShare the part of the rate that repairs may take while data waits, 0 to 1
 * @param floodRepairShare what they may take while more NAKs come than are taken, 0 to 1
 * @param ambientSpmNs interval of SPMs that are sent whatever happens
 * @param heartbeatMinNs IHB_MIN: the first heartbeat after data
 * @param heartbeatMaxNs IHB_MAX: the longest interval between heartbeats
 * @param lateJoinPercent the part of the window that OPT_JOIN offers, 0 for none
 * @param maxFragments the most packets of one APDU
 * @param maxApduBytes the largest APDU
 * @param idleGapNs how far apart callers may send on their own threads on average
 * @param nakPacketsPerSecondPerSender NAK packets taken from one address and port
 * @param nakPacketsPerSecond NAK packets taken in all
 * @param repairHoldOffNs how long after a repair the same number is not repaired again
 * @param sendLimit how far it may run ahead of its receivers
 * @param announce whether SPMs carry the private session option
 * @param named whether the identifier was given, so that somebody else may send under it, too: an engine listens for that
 *     in the first minute
 * @param gsi global source identifier in the lower 48 bits
 * @param sourcePort PGM data-source port, 0 to 65,535, not equal to the data-destination port
 * @param firstSqn the number of the first data packet
 */
public record SourceConfig(
        long windowNs,
        long windowBytes,
        int windowPackets,
        long maxRateBytesPerSecond,
        int bucketBytes,
        double repairShare,
        double floodRepairShare,
        long ambientSpmNs,
        long heartbeatMinNs,
        long heartbeatMaxNs,
        int lateJoinPercent,
        int maxFragments,
        int maxApduBytes,
        long idleGapNs,
        int nakPacketsPerSecondPerSender,
        int nakPacketsPerSecond,
        long repairHoldOffNs,
        SendLimitConfig sendLimit,
        boolean announce,
        boolean named,
        long gsi,
        int sourcePort,
        int firstSqn) {

    /** The session that a source with these settings sends. */
    public Tsi tsi() {
        return Tsi.of(gsi, sourcePort);
    }
}
