package org.pgmjms.engine.api;

/** What a receiver counts. Written by the receive agent; read by anybody through {@link ReceiverStats}. */
public enum ReceiverCounter {
    /** packets: original data taken. */
    ODATA_RECEIVED,
    /** packets: repairs taken. */
    RDATA_RECEIVED,
    /** bytes: payload of data packets taken. */
    DATA_BYTES,
    /** bytes: all packets of the channel, headers included. */
    TOTAL_BYTES,
    /** packets: data that was there already. */
    DUPLICATES,
    /** packets: data before the start or behind the trail. */
    OUT_OF_WINDOW,
    /** packets: data that found no room, to be asked for again. */
    NO_ROOM,
    /** times: gave up what was missing and went on with what is sent now, as the window was full and repairs came too slowly. */
    FELL_BEHIND,
    /** packets: data far ahead, waiting for a second opinion. */
    DISCONTINUITIES,
    /** packets: SPMs taken. */
    SPM_RECEIVED,
    /** packets: SPMs with an old number. */
    SPM_OLD,
    /** packets: SPMs whose fields contradict each other. */
    SPM_REFUSED,
    /** packets: NAK confirmations heard. */
    NCF_RECEIVED,
    /** packets: NAKs of other receivers heard. */
    PEER_NAKS_RECEIVED,
    /** packets: NAKs sent, lists counted once. */
    NAKS_SENT,
    /** numbers: requested by NAKs sent. */
    NAK_NUMBERS,
    /** numbers: not requested, as another receiver or an NCF was faster. */
    NAKS_SUPPRESSED,
    /** packets: SPM requests sent. */
    SPMRS_SENT,
    /** packets: statuses sent to sources that ask for them. */
    STATUSES_SENT,
    /** APDUs: delivered. */
    APDUS,
    /** packets: missing ones that came in time. */
    REPAIRED,
    /** packets: reported lost. */
    LOST,
    /** sessions: established. */
    SESSIONS_ESTABLISHED,
    /** sessions: refused or evicted by a limit. */
    SESSIONS_REFUSED,
    /** sessions: fell silent before they were established; what came of them was not handed out. */
    SESSIONS_NOT_ESTABLISHED,
    /** sessions: ended. */
    SESSIONS_ENDED,
    /** sessions: that started over under the same identifier. */
    SESSIONS_RESTARTED,
    /** times: the announced end of a session was called off, as it went on. */
    ENDS_CALLED_OFF,
    /** packets: of sessions that ended a while ago. */
    TOMBSTONED,
    /** packets: of this process' own source. */
    OWN_PACKETS,
    /** packets: for another data-destination port. */
    OTHER_PORT,
    /** packets: whose protection is missing or wrong. */
    NOT_AUTHENTIC,
    /** packets: that only a source or network element has use for. */
    NOT_FOR_RECEIVERS,
    /** packets: requests, confirmations and the like of sessions that are not known. */
    OF_NO_SESSION,
    /** packets: under the name of this process' own source, but from elsewhere. */
    TSI_CLASHES,
    /** packets: requests that the socket had no room for, to be sent again. */
    SEND_REFUSED,
    /** times: the network refused a packet or a call; the packet counts as lost. */
    SOCKET_ERRORS,
    /** packets: dropped on purpose by pgm.simulatedLoss. */
    SIMULATED_LOSS
}
