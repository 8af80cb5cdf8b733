package org.pgmjms.engine.channel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.ReceiverStats;
import org.pgmjms.engine.api.Subscription;

/** One handler on a channel, and which receiver calls it. Safe for any thread where the interface says so. */
final class ChannelSubscription implements Subscription {
    private final ReceiveAgent agent;
    private final ReceiveChannel channel;
    private final ReceiverHandler handler;
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private volatile @Nullable ChannelReceiver receiver;

    ChannelSubscription(ReceiveAgent agent, ReceiveChannel channel, ReceiverHandler handler) {
        this.agent = agent;
        this.channel = channel;
        this.handler = handler;
    }

    ReceiveAgent agent() {
        return agent;
    }

    ReceiveChannel channel() {
        return channel;
    }

    ReceiverHandler handler() {
        return handler;
    }

    /** The receiver that calls the handler, or null before it was added and after it was removed. */
    @Nullable ChannelReceiver receiver() {
        return receiver;
    }

    /** Agent only. */
    void attach(ChannelReceiver newReceiver) {
        receiver = newReceiver;
    }

    @Override
    public ReceiverStats stats() {
        ChannelReceiver current = receiver;
        return current == null ? channel.emptyStats() : current.stats();
    }

    @Override
    public void execute(Runnable task) {
        agent.execute(task);
    }

    @Override
    public CompletionStage<Void> close() {
        try {
            agent.execute(() -> agent.remove(this));
        } catch (RejectedExecutionException e) {
            closed.complete(true);
        }
        return closed.thenAccept(done -> {});
    }

    /** Whether it was removed. */
    boolean isClosed() {
        return closed.isDone();
    }

    /** The handler will not be called any more; with a failure it is told once that this is why. Agent only. */
    void complete(@Nullable PgmException failure) {
        if (failure != null && !closed.isDone()) {
            handler.onFailed(failure);
        }
        closed.complete(true);
    }
}
