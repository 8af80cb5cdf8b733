package org.pgmjms.provider.client;

import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.link.Intake;

/** Runs the message listeners of one session: on a thread of its own, or by a test's steps. */
public interface Dispatcher {

    /** There may be something to deliver. Never blocks. */
    void wake();

    /** Delivers nothing more; waits for the thread to end, unless it is the caller. */
    void close();

    /** What a dispatcher runs. Only one thread calls it at a time. */
    interface Deliveries {
        /** Delivers at most one message to each consumer; whether there was any. */
        boolean deliverRound();

        /**
         * How long to wait at most before the next round, after one without any; {@link Long#MAX_VALUE} until woken up.
         */
        long waitNs();

        /** What the dispatcher's thread may receive while it waits, or null. */
        default @Nullable Intake intake() {
            return null;
        }
    }
}
