package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.ReceiverStats;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.provider.destination.PgmTopic;

class EnginesTest {
    private static final PgmTopic TOPIC = new PgmTopic("a");
    private static final SubscribeOptions NOW = new SubscribeOptions(false, 0);

    private final List<FakeEngine> opened = new ArrayList<>();
    private final List<Thread> lingering = new ArrayList<>();
    private final Engines engines = new Engines(
            () -> {
                FakeEngine engine = new FakeEngine();
                opened.add(engine);
                return engine;
            },
            task -> {
                Thread thread = new Thread(task);
                lingering.add(thread);
                return thread;
            });

    /** Remembers what was opened. Tasks for its agent run at once. */
    private static final class FakeEngine implements EngineDoor {
        final FakePublication publication = new FakePublication(1_400, 1 << 20);
        final List<ReceiverHandler> handlers = new ArrayList<>();
        final List<ReceiverConfig> receivers = new ArrayList<>();
        final List<SourceConfig> sources = new ArrayList<>();

        @Nullable SourceEvents events;

        @Nullable PgmException refusal;

        int left;
        volatile boolean closed;

        @Override
        public Publication publish(
                ChannelConfig channel, SourceConfig source, ApduSupplier supplier, SourceEvents sourceEvents)
                throws PgmException {
            events = sourceEvents;
            sources.add(source);
            return publication;
        }

        @Override
        public Subscription subscribe(ChannelConfig channel, ReceiverConfig receiver, ReceiverHandler handler)
                throws PgmException {
            if (refusal != null) {
                throw refusal;
            }
            handlers.add(handler);
            receivers.add(receiver);
            return new Subscription() {
                @Override
                public ReceiverStats stats() {
                    return new ReceiverStats(0, 0, Map.of(), Map.of());
                }

                @Override
                public void execute(Runnable task) {
                    task.run();
                }

                @Override
                public CompletionStage<@Nullable Void> close() {
                    left++;
                    return CompletableFuture.completedFuture(null);
                }
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static LinkSettings settings(Map<String, String> pgm) {
        return new LinkSettings(
                "epgm",
                "lo",
                "239.192.0.1",
                7500,
                LinkSettings.Format.JMS,
                LinkSettings.Order.TOPIC,
                1 << 20,
                1 << 20,
                pgm);
    }

    private static LinkSettings settings() {
        return settings(Map.of());
    }

    private static ByteBuf message() {
        return Unpooled.buffer().writeZero(10);
    }

    private void awaitLingering() throws InterruptedException {
        for (Thread thread : lingering) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void equalSettingsShareATransportAndOthersDoNot() throws JMSException {
        Link one = engines.open(settings());
        Link same = engines.open(settings());
        Link other = engines.open(settings(Map.of("pgm.linger", "0")));

        one.subscribe(TOPIC, NOW, new Recorder());
        same.subscribe(TOPIC, NOW, new Recorder());
        other.subscribe(TOPIC, NOW, new Recorder());

        assertThat(opened).hasSize(2);
        assertThat(opened.get(0).handlers).hasSize(1);
        List.of(one, same, other).forEach(Link::release);
        assertThat(engines.size()).isZero();
        assertThat(opened).allMatch(engine -> engine.closed);
    }

    @Test
    void opensNothingBeforeTheFirstUse() throws JMSException {
        Link link = engines.open(settings());

        assertThat(link.maxMessageBytes()).isEqualTo(1 << 20);
        link.release();
        link.release();

        assertThat(opened).isEmpty();
        assertThat(engines.size()).isZero();
    }

    @Test
    void aReceiveOnlyTransportClosesAtOnce() throws JMSException {
        Link link = engines.open(settings());
        link.subscribe(TOPIC, NOW, new Recorder());

        link.release();

        assertThat(opened.get(0).left).isOne();
        assertThat(opened.get(0).closed).isTrue();
        assertThat(lingering).isEmpty();
    }

    @Test
    void theLastReleaseFlushesAndThenTheSessionEnds() throws Exception {
        Link one = engines.open(settings(Map.of("pgm.linger", "0")));
        Link two = engines.open(settings(Map.of("pgm.linger", "0")));
        one.publish(new LinkTopic(TOPIC), message(), 0);
        FakeEngine engine = opened.get(0);

        one.release();
        assertThat(engine.publication.flushes).isZero();
        two.release();

        assertThat(engine.publication.flushes).isOne();
        awaitLingering();
        assertThat(engine.publication.closed).isTrue();
        assertThat(engine.closed).isTrue();
        assertThat(engines.size()).isZero();
    }

    @Test
    void aSourceWhoseNameSomebodyElseHasIsReplacedByOneOfAnotherName() throws JMSException {
        Link link =
                engines.open(settings(Map.of("pgm.gsi", "1.2.3.4.5.6", "pgm.sourcePort", "1000", "pgm.linger", "0")));
        link.publish(new LinkTopic(TOPIC), message(), 0);
        FakeEngine engine = opened.get(0);

        Objects.requireNonNull(engine.events).onNameTaken();
        assertThat(engine.publication.closed).isFalse();
        link.publish(new LinkTopic(TOPIC), message(), 0);
        link.publish(new LinkTopic(TOPIC), message(), 0);

        assertThat(engine.sources).hasSize(2);
        assertThat(engine.sources.get(0).sourcePort()).isEqualTo(1000);
        assertThat(engine.sources.get(1).sourcePort()).isNotEqualTo(1000);
        assertThat(engine.publication.closed).isTrue();
        link.release();
    }

    @Test
    void aLinkThatIsOpenedMeanwhileTakesTheSessionOver() throws Exception {
        Map<String, String> pgm = Map.of("pgm.linger", "60s");
        Link first = engines.open(settings(pgm));
        first.publish(new LinkTopic(TOPIC), message(), 0);
        opened.get(0).publication.quietNs = 0;
        first.release();

        Link second = engines.open(settings(pgm));
        awaitLingering();
        second.publish(new LinkTopic(TOPIC), message(), 0);

        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).publication.closed).isFalse();
        opened.get(0).publication.quietNs = Long.MAX_VALUE;
        second.release();
        awaitLingering();
        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void aTransportThatFailedIsNotGivenToTheNext() throws JMSException {
        Link broken = engines.open(settings());
        broken.publish(new LinkTopic(TOPIC), message(), 0);
        SourceEvents events = opened.get(0).events;
        assertThat(events).isNotNull();
        events.onFailed(new PgmException(PgmException.Code.SOCKET, "gone"));

        Link next = engines.open(settings());
        next.publish(new LinkTopic(TOPIC), message(), 0);

        assertThat(opened).hasSize(2);
        assertThatThrownBy(() -> broken.publish(new LinkTopic(TOPIC), message(), 0))
                .isInstanceOf(JMSException.class);
        broken.release();
        assertThat(opened.get(0).closed).isTrue();
        assertThat(engines.size()).isOne();
    }

    @Test
    void aReleasedLinkIsClosed() throws JMSException {
        Link link = engines.open(settings());
        Recorder recorder = new Recorder();
        link.subscribe(TOPIC, NOW, recorder);
        ReceiverHandler handler = opened.get(0).handlers.get(0);
        link.release();

        handler.onSession(FakePublication.TSI, SessionStart.FROM_LEAD);

        assertThat(recorder.events).isEmpty();
        assertThatThrownBy(() -> link.publish(new LinkTopic(TOPIC), message(), 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> link.subscribe(TOPIC, NOW, recorder)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLateJoinerHasASubscriptionOfItsOwn() throws JMSException {
        Link link = engines.open(settings());
        link.subscribe(TOPIC, NOW, new Recorder());
        LinkSubscription late = link.subscribe(TOPIC, new SubscribeOptions(true, 0), new Recorder());

        assertThat(opened.get(0).receivers).extracting(ReceiverConfig::lateJoin).containsExactly(false, true);
        late.close();
        late.close();
        assertThat(opened.get(0).left).isOne();
        link.release();
        assertThat(opened.get(0).left).isEqualTo(2);
    }

    @Test
    void aNewListenerStartsAtWhatThisJvmSendsNext() throws JMSException {
        Link link = engines.open(settings());
        link.publish(new LinkTopic(TOPIC), new Sender(1).encoded("1:"), 0);
        Recorder recorder = new Recorder();
        link.subscribe(TOPIC, NOW, recorder);
        link.publish(new LinkTopic(TOPIC), new Sender(1).encoded("2:"), 0);
        FakeEngine engine = opened.get(0);
        ApduSupplier supplier = (ApduSupplier) engine.events;
        assertThat(supplier).isNotNull();

        ByteBuf packet = Unpooled.buffer(1_400, 1_400);
        int length = supplier.fill(packet, 0, 1_400, 0);
        ReceiverHandler handler = engine.handlers.get(0);
        handler.onSession(FakePublication.TSI, SessionStart.FROM_BIRTH);
        handler.onApdu(FakePublication.TSI, 0, 0, packet.writerIndex(length), 0);

        assertThat(recorder.numbers()).containsExactly(2);
        link.release();
    }

    @Test
    void waitsForDiscoveryOnlyWhenItOpensTheChannel() throws JMSException {
        Link link = engines.open(settings());
        link.subscribe(TOPIC, NOW, new Recorder());

        link.subscribe(TOPIC, new SubscribeOptions(false, TimeUnit.DAYS.toNanos(1)), new Recorder());

        link.release();
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        assertThatThrownBy(() -> engines.check(settings(Map.of("pgm.linge", "1"))))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("pgm.linger");
        assertThatThrownBy(() -> engines.check(settings(Map.of("pgm.ttl", "700"))))
                .hasMessageContaining("pgm.ttl")
                .hasMessageContaining("700")
                .hasMessageContaining("255");
        LinkSettings noGroup = new LinkSettings(
                "epgm",
                "lo",
                "10.0.0.1",
                7500,
                LinkSettings.Format.JMS,
                LinkSettings.Order.TOPIC,
                1 << 20,
                1 << 20,
                Map.of());
        assertThatThrownBy(() -> engines.open(noGroup)).hasMessageContaining("10.0.0.1");
    }

    @Test
    void theEnginesRefusalBecomesAJmsException() throws JMSException {
        Link link = engines.open(settings());
        link.publish(new LinkTopic(TOPIC), message(), 0);
        opened.get(0).refusal = new PgmException(PgmException.Code.PORT_IN_USE, "port 7500 is taken");

        assertThatThrownBy(() -> link.subscribe(TOPIC, NOW, new Recorder()))
                .isInstanceOf(ResourceAllocationException.class)
                .hasMessageContaining("7500")
                .hasCauseInstanceOf(PgmException.class);
        link.release();
    }
}
