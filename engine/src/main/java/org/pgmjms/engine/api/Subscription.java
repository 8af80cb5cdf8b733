package org.pgmjms.engine.api;

import java.util.concurrent.CompletionStage;

/** One handler on a channel. Safe for any thread. */
public interface Subscription {

    /** A snapshot of the counters of the channel's receiver. */
    ReceiverStats stats();

    /** Runs a task on the receive agent's thread, between two packets. */
    void execute(Runnable task);

    /** Leaves; completes when the handler will not be called any more. */
    CompletionStage<Void> close();
}
