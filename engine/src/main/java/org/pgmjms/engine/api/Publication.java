package org.pgmjms.engine.api;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One source on a channel. Safe for any thread. */
public interface Publication {

    /** The session that this source sends. */
    Tsi tsi();

    /** The most bytes of one unfragmented packet. */
    int maxTsduBytes();

    /** The most bytes of one packet of an APDU that needs several. */
    int maxFragmentBytes();

    /** The largest APDU that this source can send, in bytes. */
    int maxApduBytes();

    /**
     * Where packets of equal length leave together, an APDU had best be padded to this length: it is then cut into
     * fragments all of one length, and does not end the run.
     *
     * @param length of an APDU, in bytes, at most {@link #maxApduBytes}
     * @return at least as much, by less than the number of its fragments more; the same for what fits into a packet
     */
    int evenApduBytes(int length);

    /** Says that the supplier has work. Sends on the calling thread if nobody else does and there is credit. */
    void wake();

    /** Bytes that the window can take before it has to evict packets. */
    long windowFreeBytes();

    /** A snapshot of the counters. */
    SourceStats stats();

    /**
     * Sets aside room in the window.
     *
     * @param bytes how much, headers not counted
     * @param timeoutNs how long to wait for it, in nanoseconds
     * @return the reservation, or null when there was no room in time
     */
    @Nullable Reservation reserve(int bytes, long timeoutNs) throws InterruptedException;

    /**
     * Sends everything the supplier holds and announces the leading edge three times, without ending the session.
     * Returns when the last of it has left, or false after the time.
     */
    boolean flush(Duration timeout) throws InterruptedException;

    /** Nanoseconds since a NAK or SPMR last arrived for this source, or since it was opened. */
    long upstreamQuietNs();

    /** Flushes, keeps repairing for at most the linger time, ends the session; completes after the last FIN. */
    CompletionStage<Void> close(Duration linger);
}
