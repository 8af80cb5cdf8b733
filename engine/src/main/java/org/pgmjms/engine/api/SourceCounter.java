package org.pgmjms.engine.api;

/** What a source counts. Written under the source's lock; read by anybody through {@link SourceStats}. */
public enum SourceCounter {
    /** packets: original data packets sent. */
    ODATA_SENT,
    /** bytes: payload of original data packets sent. */
    ODATA_BYTES,
    /** APDUs: stored in the window. */
    APDUS,
    /** packets: repairs sent. */
    RDATA_SENT,
    /** bytes: payload of repairs sent. */
    RDATA_BYTES,
    /** packets: Source Path Messages sent. */
    SPM_SENT,
    /** packets: NAK confirmations sent. */
    NCF_SENT,
    /** packets: NAKs taken. */
    NAKS_RECEIVED,
    /** numbers: requested by NAKs taken, lists included. */
    NAK_NUMBERS,
    /** numbers: requested again while their repair was queued or had just been sent. */
    NAK_DUPLICATES,
    /** numbers: requested after they had left the window. */
    NAKS_TOO_LATE,
    /** numbers: requested although they were never sent. */
    NAKS_BEYOND_LEAD,
    /** packets: NAKs that name another source or group, or ask for parity that is not offered. */
    NAKS_FOREIGN,
    /** packets: NAKs over the budget of their sender or of all. */
    NAKS_OVER_BUDGET,
    /** times: a flood of NAKs began, and repairs were held to pgm.nakLimit.repairShare. */
    NAK_FLOODS,
    /** packets: null NAKs taken. */
    NNAKS_RECEIVED,
    /** packets: SPM requests taken. */
    SPMRS_RECEIVED,
    /** packets: SPM requests answered by an SPM that had just been sent. */
    SPMRS_SUPPRESSED,
    /** packets: that left the window to make room although a repair was queued. */
    EVICTED_WITH_REPAIR,
    /** packets: that left the window by age or to make room. */
    EVICTED,
    /** times: sending waited for the rate limit. */
    RATE_WAITS,
    /** times: sending waited for the slowest receiver. */
    LIMIT_WAITS,
    /** packets: statuses of receivers taken. */
    STATUSES_RECEIVED,
    /** packets: statuses that are too many, or of receivers that have not caught up or cannot be believed. */
    STATUSES_REFUSED,
    /** receivers: gone on without, as they said or took nothing for too long. */
    RECEIVERS_DROPPED,
    /** packets: the socket did not take; they stay in the window. */
    SEND_REFUSED,
    /** times: the network refused a packet or a call; the packet counts as lost, and can be repaired. */
    SOCKET_ERRORS
}
