package org.pgmjms.engine.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import org.pgmjms.engine.api.PgmException;

/**
 * Datagrams in and out, in batches; knows nothing of PGM. Non-blocking. One thread sends at a time and one receives at
 * a time; they may differ. Transient errors of the network are counted and reported as results, never thrown.
 */
public interface DatagramPort extends AutoCloseable {

    /**
     * Sends the packets of a batch in order; those of one length that follow each other may leave as one.
     *
     * @return how many were taken; fewer than there are when the socket buffer is full
     */
    int send(SendBatch batch, InetSocketAddress to);

    /** Says that nearly all packets will be for this group; from before the first is sent. What else the port does stays. */
    default void prefer(InetSocketAddress group) {
        // nothing to prepare
    }

    /** Whether packets of one length leave together, so that it pays to pad them. */
    default boolean sendsRuns() {
        return false;
    }

    /**
     * Receives what is there, up to the size of the batch.
     *
     * @return how many packets, 0 when there are none
     */
    int receive(ReceiveBatch batch);

    /** Joins a group on an interface; again does nothing. */
    void join(InetAddress group, NetworkInterface on) throws PgmException;

    /** Leaves a group. */
    void leave(InetAddress group, NetworkInterface on);

    /** What this port is and what it was granted. */
    PortInfo info();

    /** Closes the socket; again does nothing. */
    @Override
    void close();
}
