package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.MessageEncoder;
import org.pgmjms.provider.message.PgmTextMessage;

/** Links on the real engine. Two transports with different settings do not share anything, as two processes would not. */
class LinkOnLoopbackTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long SEND_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final SubscribeOptions PATIENT = new SubscribeOptions(false, TimeUnit.SECONDS.toNanos(5));
    private static final SubscribeOptions AT_ONCE = new SubscribeOptions(false, 0);
    private static final MessageEncoder ENCODER = new MessageEncoder(Incarnation.ofThisJvm(), 1 << 24);

    private final Engines engines = Engines.onNetwork(EngineOptions.defaults());
    private final List<Link> links = new ArrayList<>();
    private Set<Thread> before = Set.of();

    @BeforeEach
    void rememberThreads() {
        before = threads();
    }

    @AfterEach
    void nothingIsLeft() {
        links.forEach(Link::release);

        await().atMost(LONG).until(() -> engines.size() == 0);
        await().atMost(LONG).untilAsserted(() -> {
            Set<Thread> left = threads();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pgmjms"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Link open(int port, LinkSettings.Format format, Map<String, String> pgm) throws JMSException {
        Link link = engines.open(new LinkSettings(
                "epgm", "lo", "239.192.0.77", port, format, LinkSettings.Order.TOPIC, 1 << 20, 16 << 20, pgm));
        links.add(link);
        return link;
    }

    private Link open(int port, Map<String, String> pgm) throws JMSException {
        return open(port, LinkSettings.Format.JMS, pgm);
    }

    private static ByteBuf encoded(int number, int padding) throws JMSException {
        ByteBuf out = Unpooled.buffer();
        ENCODER.encode(new PgmTextMessage(number + ":" + "x".repeat(padding)), 0, out);
        return out;
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void manyTopicsArriveCompletelyThroughLoss() throws JMSException {
        int topics = 40;
        int rounds = 250;
        Link receiving = open(7701, Map.of("pgm.simulatedLoss", "5,seed=7"));
        Link sending = open(7701, Map.of("pgm.linger", "2s"));
        sending.publish(new LinkTopic(new PgmTopic("hello")), encoded(1, 0), SEND_TIMEOUT_NS);
        List<Recorder> recorders = new ArrayList<>();
        for (int t = 0; t < topics; t++) {
            recorders.add(new Recorder());
            receiving.subscribe(new PgmTopic("t." + t), PATIENT, recorders.get(t));
        }

        for (int round = 1; round <= rounds; round++) {
            for (int t = 0; t < topics; t++) {
                int padding = t == 3 && round % 50 == 0 ? 20_000 : 100;
                sending.publish(new LinkTopic(new PgmTopic("t." + t)), encoded(round, padding), SEND_TIMEOUT_NS);
            }
        }

        await().atMost(LONG).until(() -> recorders.stream().allMatch(recorder -> recorder.count() >= rounds));
        assertThat(recorders).allSatisfy(recorder -> {
            assertThat(recorder.numbers()).isEqualTo(upTo(rounds));
            assertThat(recorder.losses()).isEmpty();
        });
        assertThat(receiving.statistics().get("receiver.simulated_loss")).isPositive();
        assertThat(sending.statistics().get("source.rdata_sent")).isPositive();
    }

    @Test
    void aSourceThatSaysGoodbyeLeavesNothingOpen() throws JMSException {
        Link receiving = open(7702, Map.of("pgm.simulatedLoss", "20,seed=3"));
        Recorder recorder = new Recorder();
        receiving.subscribe(new PgmTopic("a"), AT_ONCE, recorder);
        Link sending = open(7702, Map.of("pgm.linger", "3s"));

        for (int i = 1; i <= 1_000; i++) {
            sending.publish(new LinkTopic(new PgmTopic("a")), encoded(i, 50), SEND_TIMEOUT_NS);
        }
        sending.release();

        await().atMost(LONG).until(() -> recorder.has(SourceEvent.Kind.ENDED));
        long lost = recorder.losses().stream().mapToLong(LossReport::count).sum();
        assertThat(recorder.losses()).allMatch(LossReport::isExact);
        assertThat(recorder.numbers()).isSorted().doesNotHaveDuplicates();
        assertThat(recorder.count() + lost).isEqualTo(1_000);
    }

    @Test
    void aLinkOpenedWhileLingeringSendsInTheSameSession() throws JMSException {
        Link receiving = open(7703, Map.of("pgm.spm.ambient", "1s"));
        Recorder recorder = new Recorder();
        receiving.subscribe(new PgmTopic("a"), AT_ONCE, recorder);
        Link first = open(7703, Map.of());
        first.publish(new LinkTopic(new PgmTopic("a")), encoded(1, 0), SEND_TIMEOUT_NS);
        first.release();

        Link second = open(7703, Map.of());
        second.publish(new LinkTopic(new PgmTopic("a")), encoded(2, 0), SEND_TIMEOUT_NS);

        await().atMost(LONG).until(() -> recorder.count() == 2);
        assertThat(recorder.messages.stream().map(InboundMessage::source).distinct())
                .hasSize(1);
        assertThat(recorder.messages.stream().map(InboundMessage::sequence)).containsExactly(1L, 2L);
    }

    @Test
    void aTransportHearsItselfUnlessItIsToldNotTo() throws JMSException {
        Link loud = open(7704, Map.of());
        Link quiet = open(7704, Map.of("pgm.loop", "false"));
        Recorder hears = new Recorder();
        Recorder hearsOthers = new Recorder();
        loud.subscribe(new PgmTopic("a"), AT_ONCE, hears);
        quiet.subscribe(new PgmTopic("a"), AT_ONCE, hearsOthers);

        loud.publish(new LinkTopic(new PgmTopic("a")), encoded(1, 0), SEND_TIMEOUT_NS);
        quiet.publish(new LinkTopic(new PgmTopic("a")), encoded(2, 0), SEND_TIMEOUT_NS);
        quiet.publish(new LinkTopic(new PgmTopic("a")), encoded(3, 0), SEND_TIMEOUT_NS);
        await().atMost(LONG).until(() -> hears.count() == 3);
        loud.publish(new LinkTopic(new PgmTopic("a")), encoded(4, 0), SEND_TIMEOUT_NS);

        await().atMost(LONG).until(() -> hearsOthers.count() == 2);
        assertThat(hearsOthers.numbers()).containsExactly(1, 4);
    }

    @Test
    void aLateJoinerGetsWhatTheSourceStillHas() throws JMSException {
        Link sending = open(7705, Map.of());
        for (int i = 1; i <= 50; i++) {
            sending.publish(new LinkTopic(new PgmTopic("a")), encoded(i, 200), SEND_TIMEOUT_NS);
        }
        // The first heartbeats: by then nobody takes the session for one that is just being born.
        await().atMost(LONG).until(() -> sending.statistics().get("source.spm_sent") > 4);
        Link receiving = open(7705, Map.of("pgm.linger", "0"));
        Recorder recorder = new Recorder();

        receiving.subscribe(new PgmTopic("a"), new SubscribeOptions(true, 0), recorder);
        sending.publish(new LinkTopic(new PgmTopic("a")), encoded(51, 0), SEND_TIMEOUT_NS);

        await().atMost(LONG).until(() -> recorder.has(51));
        assertThat(recorder.numbers()).isSorted().doesNotHaveDuplicates();
        assertThat(recorder.count()).isGreaterThan(25);
        assertThat(recorder.messages.get(0).isReplayed()).isTrue();
    }

    @Test
    void rawMessagesAreApdus() throws JMSException {
        Link receiving = open(7706, LinkSettings.Format.RAW, Map.of("pgm.simulatedLoss", "5,seed=11"));
        Link sending = open(7706, LinkSettings.Format.RAW, Map.of("pgm.linger", "2s"));
        PgmTopic topic = new PgmTopic("x?format=raw");
        RawRecorder recorder = new RawRecorder();
        receiving.subscribe(topic, AT_ONCE, recorder);

        for (int i = 0; i < 500; i++) {
            sending.publish(
                    new LinkTopic(topic),
                    Unpooled.buffer().writeInt(i).writeZero(i == 100 ? 10_000 : 50),
                    SEND_TIMEOUT_NS);
        }
        sending.release();

        await().atMost(LONG).until(recorder::hasEnded);
        assertThat(recorder.losses()).isEmpty();
        assertThat(recorder.count()).isEqualTo(500);
    }

    @Test
    void twoSourcesOnOneHostBothRepair() throws JMSException {
        Link receiving = open(7707, Map.of("pgm.simulatedLoss", "5,seed=5"));
        Recorder a = new Recorder();
        Recorder b = new Recorder();
        receiving.subscribe(new PgmTopic("a"), AT_ONCE, a);
        receiving.subscribe(new PgmTopic("b"), AT_ONCE, b);
        Link one = open(7707, Map.of("pgm.linger", "2s"));
        Link two = open(7707, Map.of("pgm.linger", "3s"));

        for (int i = 1; i <= 2_000; i++) {
            one.publish(new LinkTopic(new PgmTopic("a")), encoded(i, 100), SEND_TIMEOUT_NS);
            two.publish(new LinkTopic(new PgmTopic("b")), encoded(i, 100), SEND_TIMEOUT_NS);
        }

        await().atMost(LONG).until(() -> a.count() == 2_000 && b.count() == 2_000);
        assertThat(a.numbers()).isEqualTo(upTo(2_000));
        assertThat(b.numbers()).isEqualTo(upTo(2_000));
        assertThat(one.statistics().get("source.rdata_sent")).isPositive();
        assertThat(two.statistics().get("source.rdata_sent")).isPositive();
    }

    /** A listener that gives nothing to anybody, and so has nobody who could receive by himself. */
    private static final class Onlooker implements LinkListener {
        @Override
        public void onMessage(InboundMessage message) {}

        @Override
        public void onLoss(LossReport report) {}

        @Override
        public void onSource(SourceEvent event) {}

        @Override
        public @Nullable Object taker() {
            return null;
        }

        @Override
        public void onFailed(Exception cause) {}
    }

    @Test
    void anOnlookerKeepsNobodyFromReceivingByHimself() throws JMSException {
        Link link = open(7708, Map.of());
        Recorder taker = new Recorder();
        LinkSubscription looking = link.subscribe(new PgmTopic("a"), AT_ONCE, new Onlooker());
        Intake intake = Objects.requireNonNull(
                link.subscribe(new PgmTopic("a"), AT_ONCE, taker).intake());

        assertThat(intake.isOnlyFor(taker)).isTrue();
        LinkSubscription other = link.subscribe(new PgmTopic("a"), AT_ONCE, new Recorder());
        assertThat(intake.isOnlyFor(taker)).isFalse();
        other.close();
        looking.close();
        assertThat(intake.isOnlyFor(taker)).isTrue();
    }
}
