package org.pgmjms.engine.net;

/** Waits for several ports at once. One thread adds, removes and polls; any thread wakes. */
public interface PortPoller extends AutoCloseable {

    /** Calls the handler from {@link #poll} whenever the port has something to receive. */
    void add(DatagramPort port, Runnable onReadable);

    /** Forgets a port; again does nothing. To be called before the port is closed. */
    void remove(DatagramPort port);

    /** Makes the next {@link #poll} return once the port's socket buffer has room. */
    void awaitRoom(DatagramPort port);

    /**
     * Waits until a port is readable, one has room that was asked for, {@link #wakeup} is called or the time is over;
     * then calls the handlers of the readable ones.
     *
     * @param timeoutNs how long to wait at most, rounded up to what the platform can; 0 or less for not at all,
     *     {@link Long#MAX_VALUE} for any time
     */
    void poll(long timeoutNs);

    /** Ends the present wait, or the next one. */
    void wakeup();

    /** Gives the platform's resources back; ports stay open. */
    @Override
    void close();
}
