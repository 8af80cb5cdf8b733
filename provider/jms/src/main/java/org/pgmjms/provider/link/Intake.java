package org.pgmjms.provider.link;

import java.util.function.BooleanSupplier;

/**
 * What comes in on a transport, for a thread that waits for it anyway: it may receive by itself, which saves the wake-up
 * between the transport's thread and it. Safe for any thread.
 */
public interface Intake {

    /** Whether all that comes in is for this taker; see {@link LinkListener#taker}. */
    boolean isOnlyFor(Object taker);

    /**
     * Receives on the calling thread, which calls listeners meanwhile. Not to be called by a listener, nor with a lock that
     * one might want, nor when others take what comes in: nobody receives while this thread does something else, for a
     * millisecond or two.
     *
     * @param enough asked often, by this thread; whoever makes it true calls {@link #lookAgain}
     * @param longestNs how long at most, in nanoseconds; {@link Long#MAX_VALUE} for any time
     * @return false, at once, when the transport's thread is busy with it; the caller is unparked when that lets go
     */
    boolean receiveHere(BooleanSupplier enough, long longestNs);

    /** Has the thread that receives ask whether there is enough, if it is not the transport's. Never blocks. */
    void lookAgain();
}
