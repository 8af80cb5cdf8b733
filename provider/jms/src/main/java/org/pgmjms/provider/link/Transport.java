package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverStats;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What connections with equal settings share: an engine with one channel, opened at first use; its source, opened by the
 * first message; its subscription, opened by the first consumer. Late joiners have a subscription each. Safe for any
 * thread; who uses it, and for how long, is the business of {@link Engines}.
 */
final class Transport {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final int RING_BYTES = 4 << 20;
    private static final long FIN_TIMEOUT_SECONDS = 10;

    private final ChannelPlan plan;
    private final EngineFactory engines;
    private final LocalSources localSources;
    private final JmsLimits limits;
    private final int maxTrainBytes;
    private final int maxMessageBytes;
    /** Whose the listeners are. */
    private final Sole<Object> takers = new Sole<>();

    private final Intake intake = new OwnIntake();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable EngineDoor engine;
    private @Nullable Receiving live;
    private boolean closed;
    private volatile @Nullable Sending sending;

    /** Both ends of what this transport sends. */
    private record Sending(Outbound outbound, Publication publication) {}

    Transport(ChannelPlan plan, EngineFactory engines, LocalSources localSources, JmsLimits limits) {
        this.plan = plan;
        this.engines = engines;
        this.localSources = localSources;
        this.limits = limits;
        this.maxTrainBytes = plan.maxTrainBytes();
        this.maxMessageBytes = plan.maxMessageBytes(maxTrainBytes);
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    int maxTrainBytes() {
        return maxTrainBytes;
    }

    Duration linger() {
        return plan.linger();
    }

    /** Whether something was sent, or is to be. */
    boolean hasSource() {
        return sending != null;
    }

    /** Whether one of its halves has failed: new connections need another one. */
    boolean hasFailed() {
        Sending source = sending;
        if (source != null && source.outbound.hasFailed()) {
            return true;
        }
        lock.lock();
        try {
            return live != null && live.hasFailed();
        } finally {
            lock.unlock();
        }
    }

    void publish(LinkTopic topic, ByteBuf message, long timeoutNs) throws JMSException {
        source().outbound.publish(topic, message, timeoutNs);
    }

    TrainReservation reserve(Train train, long timeoutNs) throws JMSException {
        return source().outbound.reserve(train, timeoutNs);
    }

    private Sending source() throws JMSException {
        Sending source = sending;
        return source == null || source.outbound.isNameTaken() ? openSource() : source;
    }

    private Sending openSource() throws JMSException {
        lock.lock();
        try {
            Sending known = sending;
            if (known == null) {
                sending = open(plan.source());
            } else if (known.outbound.isNameTaken()) {
                sending = open(plan.renamedSource());
                retire(known);
            }
            return Objects.requireNonNull(sending);
        } catch (PgmException e) {
            throw ChannelPlan.translated(e);
        } finally {
            lock.unlock();
        }
    }

    private Sending open(SourceConfig source) throws PgmException, JMSException {
        SendQueue queue = new SendQueue(RING_BYTES, Math.max(RING_BYTES, maxTrainBytes));
        Outbound outbound = plan.outbound(queue, maxTrainBytes);
        Publication publication = engine().publish(plan.channel(), source, outbound, outbound);
        outbound.attach(publication);
        localSources.add(plan.channel(), publication.tsi(), outbound);
        return new Sending(outbound, publication);
    }

    /** Lets a source send and repair what it was given, while another one takes over. */
    private void retire(Sending old) {
        old.publication.close(plan.linger()).thenRun(() -> {
            localSources.remove(plan.channel(), old.publication.tsi());
            old.outbound.close();
        });
    }

    LinkSubscription subscribe(PgmTopic topic, SubscribeOptions options, LinkListener listener) throws JMSException {
        Listening listening = new Listening(topic, listener);
        Object taker = listening.taker();
        if (taker != null) {
            takers.add(taker);
        }
        try {
            Runnable end = options.lateJoin() ? joinLate(listening, options.joinTimeoutNs()) : join(listening, options);
            return new Joined(taker, end);
        } catch (JMSException | RuntimeException e) {
            removeTaker(taker);
            throw e;
        }
    }

    private void removeTaker(@Nullable Object taker) {
        if (taker != null) {
            takers.remove(taker);
        }
    }

    /** Takes part in what is received for all; answers how that ends. */
    private Runnable join(Listening listening, SubscribeOptions options) throws JMSException {
        Receiving receiving;
        boolean opened;
        lock.lock();
        try {
            Receiving joined = live;
            opened = joined == null;
            receiving = joined == null ? Receiving.join(engine(), plan, plan.inbound(limits), false) : joined;
            live = receiving;
        } finally {
            lock.unlock();
        }
        if (opened) {
            awaitDiscovery(receiving, options.joinTimeoutNs());
        }
        receiving.add(listening, () -> localSources.startNow(plan.channel(), listening));
        return () -> receiving.remove(listening);
    }

    /** A subscription of its own, as what it is sent from the past is for nobody else. */
    private Runnable joinLate(Listening listening, long joinTimeoutNs) throws JMSException {
        Inbound<?> inbound = plan.inbound(limits);
        inbound.add(listening);
        Receiving own;
        lock.lock();
        try {
            own = Receiving.join(engine(), plan, inbound, true);
        } finally {
            lock.unlock();
        }
        Runnable end = () -> {
            listening.stop();
            own.close();
        };
        try {
            awaitDiscovery(own, joinTimeoutNs);
        } catch (JMSException e) {
            end.run();
            throw e;
        }
        return end;
    }

    /** A listener that is being called. */
    private final class Joined implements LinkSubscription {
        private final @Nullable Object taker;
        private final Runnable end;

        Joined(@Nullable Object taker, Runnable end) {
            this.taker = taker;
            this.end = end;
        }

        @Override
        public void close() {
            end.run();
            removeTaker(taker);
        }

        @Override
        public Intake intake() {
            return intake;
        }
    }

    /** What the engine receives, all of which is for this transport. */
    private final class OwnIntake implements Intake {
        @Override
        public boolean isOnlyFor(Object taker) {
            return taker.equals(takers.only());
        }

        @Override
        public boolean receiveHere(BooleanSupplier enough, long longestNs) {
            EngineDoor opened = engine;
            return opened != null && opened.receiveHere(enough, longestNs);
        }

        @Override
        public void lookAgain() {
            EngineDoor opened = engine;
            if (opened != null) {
                opened.lookAgain();
            }
        }
    }

    private void awaitDiscovery(Receiving receiving, long timeoutNs) throws JMSException {
        Sending source = sending;
        Tsi own = source != null && plan.channel().loop() ? source.publication.tsi() : null;
        try {
            receiving.discovery().await(own, timeoutNs);
        } catch (InterruptedException e) {
            throw JmsExceptions.interrupted("Interrupted while waiting for sources", e);
        }
    }

    private EngineDoor engine() throws JMSException {
        if (closed) {
            throw JmsExceptions.closed("transport");
        }
        EngineDoor opened = engine;
        if (opened == null) {
            opened = engines.open();
            engine = opened;
            if (plan.channel().jmx()) {
                opened.show(new TransportBean(plan.channel(), this), TransportBean.keys(plan.channel()));
            }
        }
        return opened;
    }

    Map<String, Long> statistics() {
        Map<String, Long> all = new HashMap<>();
        Sending source = sending;
        if (source != null) {
            source.publication.stats().counters().forEach((counter, n) -> all.put(name("source.", counter), n));
        }
        Receiving receiving;
        lock.lock();
        try {
            receiving = live;
        } finally {
            lock.unlock();
        }
        if (receiving != null) {
            ReceiverStats stats = receiving.stats();
            stats.counters().forEach((counter, n) -> all.put(name("receiver.", counter), n));
            stats.rejects().forEach((verdict, n) -> all.put("rejects." + verdict.toLowerCase(Locale.ROOT), n));
            for (InboundCounter counter : InboundCounter.values()) {
                all.put(name("link.", counter), receiving.counted(counter));
            }
        }
        return all;
    }

    private static String name(String prefix, Enum<?> counter) {
        return prefix + counter.name().toLowerCase(Locale.ROOT);
    }

    /** Leaves the channel, with the lock of the registry held: nobody subscribes meanwhile. */
    void stopReceiving() {
        lock.lock();
        try {
            if (live != null) {
                live.close();
                live = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends what is queued and says how far it goes. */
    void flush(Duration timeout) throws InterruptedException {
        Sending source = sending;
        if (source != null && !source.outbound.hasFailed() && !source.publication.flush(timeout)) {
            LOG.warn("Source {} could not send all that was queued within {}", source.publication.tsi(), timeout);
        }
    }

    /** How long no receiver has asked this transport's source for anything. */
    long upstreamQuietNs() {
        Sending source = sending;
        return source == null ? Long.MAX_VALUE : source.publication.upstreamQuietNs();
    }

    /** Ends the session and gives everything back. Nobody uses the transport any more. */
    void close(Duration finTimeout) {
        EngineDoor opened;
        lock.lock();
        try {
            closed = true;
            opened = engine;
        } finally {
            lock.unlock();
        }
        Sending source = sending;
        if (source != null) {
            localSources.remove(plan.channel(), source.publication.tsi());
            end(source, finTimeout);
        }
        if (opened != null) {
            opened.close();
        }
    }

    /** How long the end of a session may take. */
    static Duration finTimeout() {
        return Duration.ofSeconds(FIN_TIMEOUT_SECONDS);
    }

    private static void end(Sending source, Duration timeout) {
        source.outbound.close();
        try {
            source.publication.close(Duration.ZERO).toCompletableFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Source {} did not end its session properly", source.publication.tsi(), e);
        }
    }
}
