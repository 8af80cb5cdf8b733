package org.pgmjms.engine.net;

/** Waits for several ports at once. One thread adds, removes, waits and serves; any thread wakes. */
public interface PortPoller extends AutoCloseable {

    /** Calls the handler from {@link #serve} whenever the port has something to receive. */
    void add(DatagramPort port, Runnable onReadable);

    /** Forgets a port; again does nothing. To be called before the port is closed. */
    void remove(DatagramPort port);

    /**
     * Waits until a port is readable, {@link #wakeup} is called or the time is over.
     *
     * @param timeoutNs how long to wait at most, rounded up to what the platform can; 0 or less for not at all,
     *     {@link Long#MAX_VALUE} for any time
     */
    void await(long timeoutNs);

    /** Calls the handlers of the ports that the last wait found readable. */
    void serve();

    /** Ends the present wait, or the next one. */
    void wakeup();

    /** Gives the platform's resources back; ports stay open. */
    @Override
    void close();
}
