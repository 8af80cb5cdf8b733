package org.pgmjms.provider.link;

/**
 * Room for a {@link Train}, set aside until it is published or released. Others go on sending meanwhile, and their
 * messages come before the train's. Used by one thread at a time; one of both methods has to be called.
 */
public interface TrainReservation {

    /**
     * Gives the train its place in the stream, as a whole. Never waits, and never fails for want of room. Once a
     * transport has failed, and after {@link #release}, it does nothing: what was published before is lost then, too.
     *
     * @throws IllegalStateException when it was published already
     */
    void publish();

    /** Gives the room back, nothing sent. Has no effect after {@link #publish} or a first call. */
    void release();
}
