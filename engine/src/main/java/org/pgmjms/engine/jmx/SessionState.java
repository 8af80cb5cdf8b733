package org.pgmjms.engine.jmx;

/** What a receiver knows of one session. Sequence numbers are unsigned. */
public interface SessionState {

    /** The session, as other implementations print it. */
    String getTsi();

    /** Network address of the source. */
    String getAddress();

    /** Whether it counts as a source: before that little is kept of it, and nothing handed out. */
    boolean isEstablished();

    /** The first number that is neither delivered nor reported lost. */
    long getTrailingEdgeSeqId();

    /** The newest number known. */
    long getLeadingEdgeSeqId();

    /** Numbers that are missing and may still come. */
    long getMissing();

    /** Of these, numbers that somebody asked for. */
    long getRequested();

    /** Bytes that wait behind what is missing. */
    long getBufferedBytes();

    /** Packets reported lost. */
    long getLost();

    /** Milliseconds since its last packet came. */
    long getSilentMillis();
}
