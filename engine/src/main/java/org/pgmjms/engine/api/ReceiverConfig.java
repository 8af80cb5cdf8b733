package org.pgmjms.engine.api;

import java.util.Objects;

/**
 * How a receiver behaves. Immutable. Names are those of RFC 3208, section 6, where it has one.
 *
 * @param order when APDUs are handed out
 * @param lateJoin whether to ask for what the source offers from before this receiver joined
 * @param raw whether any data establishes a session and is delivered at once, as foreign sources send it
 * @param nakBackOffNs NAK_BO_IVL: the longest random delay before a NAK
 * @param nakRepeatNs NAK_RPT_IVL: how long to wait for an NCF, at the first try
 * @param nakRdataNs NAK_RDATA_IVL: how long to wait for the repair, at the first try
 * @param nakMaxIntervalNs to what the two waits double with each retry
 * @param ncfRetries NAK_NCF_RETRIES: NAKs that may go unconfirmed
 * @param dataRetries NAK_DATA_RETRIES: confirmed repairs that may never come
 * @param groupSize receivers expected behind the same loss, for the shape of the random delay (RFC 5401)
 * @param gapDeadlineNs how old a gap may get before it is given up, 0 for no limit
 * @param windowBytes what all sessions of the channel may hold behind gaps
 * @param windowPackets numbers that one session may have open
 * @param maxFragments the most packets of one APDU
 * @param maxApduBytes the largest APDU
 * @param peerExpiryNs how long a silent session is kept
 * @param maxPeers established sessions of the channel
 * @param maxPeersPerAddress established sessions from one network address
 * @param spmrsPerSecond SPM requests that this channel may send
 */
public record ReceiverConfig(
        DeliveryOrder order,
        boolean lateJoin,
        boolean raw,
        long nakBackOffNs,
        long nakRepeatNs,
        long nakRdataNs,
        long nakMaxIntervalNs,
        int ncfRetries,
        int dataRetries,
        int groupSize,
        long gapDeadlineNs,
        long windowBytes,
        int windowPackets,
        int maxFragments,
        int maxApduBytes,
        long peerExpiryNs,
        int maxPeers,
        int maxPeersPerAddress,
        int spmrsPerSecond) {
    /** Refuses nulls; ranges are the business of {@link Setting}. */
    public ReceiverConfig {
        Objects.requireNonNull(order, "order");
    }
}
