package org.pgmjms.engine.jmx;

/**
 * Who asked a source for repairs, and how much. Only so many are remembered: one that is new when there is no place left
 * takes that of the one with the least, and its counts. Requests that came through another process of this host are all
 * its.
 */
public interface NakSender {

    /** Network address. */
    String getAddress();

    /** UDP port. */
    int getPort();

    /** NAK packets taken. */
    long getPackets();

    /** Numbers that they asked for. */
    long getNumbers();
}
