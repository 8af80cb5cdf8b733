package org.pgmjms.engine.api;

/** Room in a transmit window, set aside for something that has to be sent whole. Used once, by one thread. */
public interface Reservation {

    /** The number of bytes set aside. */
    int bytes();

    /** Hands over what the supplier holds for this reservation; it is sent at the rate of the channel. Never blocks. */
    void publish();

    /** Gives the room back; does nothing after {@link #publish} or a first call. */
    void release();
}
