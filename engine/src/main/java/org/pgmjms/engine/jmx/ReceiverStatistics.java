package org.pgmjms.engine.jmx;

/**
 * A receiver at one moment, with the fields of Windows' RM_RECEIVER_STATS, which are of one session there: here counts are
 * of all sessions together, and edges those of the session that was heard last. Bytes are those of PGM packets, without
 * the headers of UDP and IP; a kilobit is 1,000 bits.
 */
public interface ReceiverStatistics {

    /** Original data packets taken. */
    long getNumODataPacketsReceived();

    /** Repair packets taken. */
    long getNumRDataPacketsReceived();

    /** Data packets that were there already. */
    long getNumDuplicateDataPackets();

    /** Bytes of application data taken. */
    long getDataBytesReceived();

    /** Bytes of all packets of the channel, those dropped by the parser included. */
    long getTotalBytesReceived();

    /** Kilobits a second since the receiver was opened. */
    long getRateKBitsPerSecOverall();

    /** Kilobits a second between the last looks at these statistics that were at least a second apart. */
    long getRateKBitsPerSecLast();

    /** The first number that is neither delivered nor reported lost; 0 without a session. */
    long getTrailingEdgeSeqId();

    /** The newest number known; 0 without a session. */
    long getLeadingEdgeSeqId();

    /** Numbers between the edges of a session, on average. */
    long getAverageSequencesInWindow();

    /** Numbers between the edges of the session with fewest. */
    long getMinSequencesInWindow();

    /** Numbers between the edges of the session with most. */
    long getMaxSequencesInWindow();

    /** The first number missing in the session heard last; its next number when none is, 0 without a session. */
    long getFirstNakSequenceNumber();

    /** Numbers that are missing and have not been asked for yet. */
    long getNumPendingNaks();

    /** Numbers that have been asked for and have not come yet. */
    long getNumOutstandingNaks();

    /** Packets that wait behind what is missing. */
    long getNumDataPacketsBuffered();

    /** NAK packets sent. */
    long getTotalSelectiveNaksSent();

    /** NAK packets that ask for parity; none in this version. */
    long getTotalParityNaksSent();
}
