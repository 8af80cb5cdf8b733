package org.pgmjms.engine.jmx;

/**
 * A source at one moment, with the fields of Windows' RM_SENDER_STATS. Bytes are those of PGM packets, without the headers
 * of UDP and IP; a kilobit is 1,000 bits.
 */
public interface SenderStatistics {

    /** Bytes of application data sent, repairs not counted. */
    long getDataBytesSent();

    /** Bytes of all packets sent: data, repairs, SPMs and NCFs with their headers. */
    long getTotalBytesSent();

    /** NAK packets taken. */
    long getNaksReceived();

    /** Numbers asked for after they had left the window. */
    long getNaksReceivedTooLate();

    /** Repairs that wait to be sent. */
    long getNumOutstandingNaks();

    /** Numbers asked for again while their repair waited or had just been sent. */
    long getNumNaksAfterRData();

    /** Repair packets sent. */
    long getRepairPacketsSent();

    /** Bytes that the window can take before it has to evict packets. */
    long getBufferSpaceAvailable();

    /** The oldest number that can be repaired, TXW_TRAIL. */
    long getTrailingEdgeSeqId();

    /** The newest number sent, TXW_LEAD. */
    long getLeadingEdgeSeqId();

    /** Kilobits a second since the session began. */
    long getRateKBitsPerSecOverall();

    /** Kilobits a second between the last looks at these statistics that were at least a second apart. */
    long getRateKBitsPerSecLast();

    /** Original data packets sent. */
    long getTotalODataPacketsSent();
}
