package org.pgmjms.provider.link;

import jakarta.jms.JMSException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.ReceiverStats;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.provider.error.JmsExceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A joined channel: the engine's subscription and what it feeds. Safe for any thread. */
final class Receiving {
    /** How long the receive agent may take for a task; it never blocks, so more than this means that it is gone. */
    private static final long AGENT_TIMEOUT_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);

    private final Inbound<?> inbound;
    private final Subscription subscription;

    private Receiving(Inbound<?> inbound, Subscription subscription) {
        this.inbound = inbound;
        this.subscription = subscription;
    }

    /** Joins the channel; listeners that {@code inbound} has already miss nothing from then on. */
    static Receiving join(EngineDoor engine, ChannelPlan plan, Inbound<?> inbound, boolean lateJoin)
            throws JMSException {
        try {
            return new Receiving(inbound, engine.subscribe(plan.channel(), plan.receiver(lateJoin), inbound));
        } catch (PgmException e) {
            throw ChannelPlan.translated(e);
        }
    }

    Discovery discovery() {
        return inbound.discovery();
    }

    boolean hasFailed() {
        return inbound.hasFailed();
    }

    ReceiverStats stats() {
        return subscription.stats();
    }

    long counted(InboundCounter counter) {
        return inbound.counters().get(counter);
    }

    /** Begins to call a listener; {@code first} runs before that, between two packets. */
    void add(Listening listening, Runnable first) throws JMSException {
        call(() -> {
            first.run();
            inbound.add(listening);
        });
    }

    /** Ends the calls to a listener. */
    void remove(Listening listening) {
        listening.stop();
        try {
            subscription.execute(() -> inbound.remove(listening));
        } catch (RejectedExecutionException e) {
            LOG.debug("The receive agent has ended before a listener was removed", e);
        }
    }

    /** Leaves the channel. */
    void close() {
        subscription.close();
        inbound.discovery().close();
    }

    private void call(Runnable task) throws JMSException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            subscription.execute(() -> {
                task.run();
                done.complete(null);
            });
            done.get(AGENT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw JmsExceptions.interrupted("Interrupted while subscribing", e);
        } catch (RejectedExecutionException | ExecutionException | TimeoutException e) {
            throw JmsExceptions.channelFailed("The channel's receive agent does not answer", e);
        }
    }
}
