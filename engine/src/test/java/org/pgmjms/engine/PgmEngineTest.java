package org.pgmjms.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Reservation;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.channel.QueueSupplier;
import org.pgmjms.engine.channel.RecordingEvents;
import org.pgmjms.engine.channel.RecordingHandler;
import org.pgmjms.engine.net.FreePorts;

/** The engine end to end on the loopback. Several engines stand for several processes of one host. */
class PgmEngineTest {
    private static final int LENGTH = 200;

    private final String group = FreePorts.group().getHostAddress();
    private final int port = FreePorts.next();
    private final List<PgmEngine> engines = new ArrayList<>();

    @AfterEach
    void closeEngines() {
        engines.forEach(PgmEngine::close);
        await().untilAsserted(() -> assertThat(engineThreads()).isEmpty());
    }

    @Test
    void deliversEverythingInOrderInSpiteOfLoss() throws Exception {
        int count = 10_000;
        Map<String, String> lossy = Map.of("pgm.simulatedLoss", "5");
        PgmEngine subscribers = engine();
        RecordingHandler one = new RecordingHandler();
        RecordingHandler two = new RecordingHandler();
        RecordingHandler other = new RecordingHandler();
        Subscription subscription = subscribe(subscribers, one, lossy);
        subscribe(subscribers, two, lossy);
        subscribe(engine(), other, lossy);
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(engine(), supplier, Map.of());

        supplier.add(count, LENGTH);
        publication.wake();

        Tsi tsi = publication.tsi();
        for (RecordingHandler handler : List.of(one, two, other)) {
            awaitCount(handler, tsi, count);
            assertThat(handler.numbers(tsi)).isEqualTo(numbers(0, count));
            assertThat(handler.losses()).isEmpty();
            assertThat(handler.damaged()).isEmpty();
            assertThat(handler.sessions()).containsEntry(tsi, SessionStart.FROM_BIRTH);
        }
        long sent = publication.stats().get(SourceCounter.ODATA_SENT)
                + publication.stats().get(SourceCounter.RDATA_SENT)
                + publication.stats().get(SourceCounter.NCF_SENT)
                + publication.stats().get(SourceCounter.SPM_SENT);
        assertThat(subscription.stats().get(ReceiverCounter.SIMULATED_LOSS)).isBetween(count / 30L, sent / 10L);
        assertThat(subscription.stats().get(ReceiverCounter.REPAIRED)).isPositive();
        assertThat(publication.stats().get(SourceCounter.ODATA_SENT)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1s"})
    void carriesApdusOfManyPackets(String spin) throws Exception {
        RecordingHandler handler = new RecordingHandler();
        subscribe(engine(), handler, Map.of("pgm.simulatedLoss", "2", "pgm.spin", spin));
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(engine(), supplier, Map.of());

        supplier.add(20, 1_000_000);
        publication.wake();

        awaitCount(handler, publication.tsi(), 20);
        assertThat(handler.numbers(publication.tsi())).isEqualTo(numbers(0, 20));
        assertThat(handler.damaged()).isEmpty();
    }

    @Test
    void keepsSourcesApartInOneEngineAndInSeveral() throws Exception {
        int count = 1000;
        RecordingHandler handler = new RecordingHandler();
        subscribe(engine(), handler, Map.of("pgm.simulatedLoss", "3"));
        PgmEngine shared = engine();
        List<Publication> publications = new ArrayList<>();
        for (PgmEngine engine : List.of(shared, shared, engine(), engine())) {
            QueueSupplier supplier = new QueueSupplier();
            supplier.add(count, LENGTH);
            publications.add(publish(engine, supplier, Map.of()));
        }

        publications.forEach(Publication::wake);

        for (Publication publication : publications) {
            awaitCount(handler, publication.tsi(), count);
            assertThat(handler.numbers(publication.tsi())).isEqualTo(numbers(0, count));
        }
        assertThat(handler.losses()).isEmpty();
    }

    @Test
    void repairsForReceiversThatOnlyKnowTheCommonPort() throws Exception {
        int count = 2000;
        Map<String, String> unannounced = Map.of("pgm.announce", "false");
        RecordingHandler handler = new RecordingHandler();
        subscribe(engine(), handler, Map.of("pgm.simulatedLoss", "3"));
        List<Publication> publications = new ArrayList<>();
        List<QueueSupplier> suppliers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            suppliers.add(new QueueSupplier());
            publications.add(publish(engine(), suppliers.get(i), unannounced));
        }
        // A session of an unknown kind begins with the first data that arrives, and any packet may be dropped.
        await().until(() -> {
            for (int i = 0; i < publications.size(); i++) {
                if (!handler.sessions().containsKey(publications.get(i).tsi())) {
                    suppliers.get(i).add(1, LENGTH);
                    publications.get(i).wake();
                }
            }
            return handler.sessions().size() == publications.size();
        });
        List<Integer> begins = suppliers.stream().map(QueueSupplier::added).toList();

        for (int i = 0; i < publications.size(); i++) {
            suppliers.get(i).add(count, LENGTH);
            publications.get(i).wake();
        }

        for (int i = 0; i < publications.size(); i++) {
            Publication publication = publications.get(i);
            int begin = begins.get(i);
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> handler.numbers(publication.tsi()).contains(begin + count - 1));
            assertThat(handler.numbers(publication.tsi()))
                    .endsWith(numbers(begin, begin + count).toArray(Integer[]::new));
            assertThat(publication.stats().get(SourceCounter.NAKS_RECEIVED)).isPositive();
        }
        assertThat(handler.losses()).isEmpty();
    }

    @Test
    void ownsTheCommonPortOncePerHostAndTakesItOverWhenItIsFree() throws Exception {
        PgmEngine first = engine();
        publish(first, new QueueSupplier(), Map.of());
        await().until(this::isCommonPortTaken);
        publish(engine(), new QueueSupplier(), Map.of());

        first.close();

        await().until(this::isCommonPortTaken);
        engines.forEach(PgmEngine::close);
        assertThat(isCommonPortTaken()).isFalse();
    }

    private boolean isCommonPortTaken() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
            return !probe.isBound();
        } catch (BindException e) {
            return true;
        }
    }

    @Test
    void sendsOnTheCallersThreadWhileTheChannelIsIdle() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        subscribe(engine(), handler, Map.of());
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(engine(), supplier, Map.of());

        await().until(() -> {
            int before = supplier.stored();
            supplier.add(1, LENGTH);
            publication.wake();
            awaitCount(handler, publication.tsi(), before + 1);
            return supplier.senders().stream()
                    .anyMatch(thread -> !thread.getName().startsWith("pgmjms-"));
        });
    }

    @Test
    void leavesItToTheAgentWhenTheCallerComesTooSoon() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        subscribe(engine(), handler, Map.of());
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(engine(), supplier, Map.of("pgm.idleGap", "1s"));

        for (int i = 0; i < 10; i++) {
            supplier.add(1, LENGTH);
            publication.wake();
        }

        awaitCount(handler, publication.tsi(), 10);
        assertThat(supplier.senders()).anyMatch(thread -> thread.getName().startsWith("pgmjms-source-"));
    }

    @Test
    void endsTheSessionWithFinAfterEverythingWasSent() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        subscribe(engine(), handler, Map.of("pgm.simulatedLoss", "5"));
        QueueSupplier supplier = new QueueSupplier();
        RecordingEvents events = new RecordingEvents();
        EngineSettings settings = EngineSettings.parse(Map.of());
        Publication publication =
                engine().publish(settings.channel("lo", group, port), settings.source(port), supplier, events);

        supplier.add(1000, LENGTH);
        publication.wake();
        publication.close(Duration.ofSeconds(5)).toCompletableFuture().join();

        Tsi tsi = publication.tsi();
        await().until(() -> handler.ends().containsKey(tsi));
        assertThat(handler.ends()).containsEntry(tsi, EndReason.FIN);
        assertThat(handler.numbers(tsi)).isEqualTo(numbers(0, 1000));
        assertThat(handler.losses()).isEmpty();
        assertThat(events.closings()).isEqualTo(1);
        assertThat(publication.reserve(1, 0)).isNull();
        assertThat(publication.flush(Duration.ofSeconds(1))).isFalse();
        publication.wake();
        publication.close(Duration.ZERO).toCompletableFuture().join();
    }

    @Test
    void flushReturnsWhenEverythingHasLeft() throws Exception {
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(engine(), supplier, Map.of("pgm.maxRate", "20Mbit/s"));

        supplier.add(1000, LENGTH);
        boolean flushed = publication.flush(Duration.ofSeconds(30));

        assertThat(flushed).isTrue();
        assertThat(publication.stats().get(SourceCounter.ODATA_SENT)).isEqualTo(1000);
    }

    @Test
    void flushGivesUpInTime() throws Exception {
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(engine(), supplier, Map.of("pgm.maxRate", "8kbit/s"));

        supplier.add(1000, LENGTH);

        assertThat(publication.flush(Duration.ofMillis(50))).isFalse();
    }

    @Test
    void givesLateJoinersWhatTheWindowHolds() throws Exception {
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(engine(), supplier, Map.of());
        supplier.add(1000, LENGTH);
        assertThat(publication.flush(Duration.ofSeconds(30))).isTrue();
        awaitHeartbeats(publication, 5);
        PgmEngine subscriber = engine();
        EngineSettings settings = EngineSettings.parse(Map.of());
        ChannelConfig channel = settings.channel("lo", group, port);
        RecordingHandler punctual = new RecordingHandler();
        RecordingHandler late = new RecordingHandler();
        subscriber.subscribe(channel, settings.receiver(DeliveryOrder.CONTIGUOUS, false, false), punctual);
        subscriber.subscribe(channel, settings.receiver(DeliveryOrder.CONTIGUOUS, true, false), late);
        Tsi tsi = publication.tsi();
        await().until(() -> punctual.sessions().containsKey(tsi));

        supplier.add(100, LENGTH);
        publication.wake();

        awaitCount(late, tsi, 1100);
        assertThat(late.sessions()).containsEntry(tsi, SessionStart.FROM_JOIN);
        assertThat(late.numbers(tsi)).isEqualTo(numbers(0, 1100));
        awaitCount(punctual, tsi, 100);
        assertThat(punctual.sessions()).containsEntry(tsi, SessionStart.FROM_LEAD);
        assertThat(punctual.numbers(tsi)).isEqualTo(numbers(1000, 1100));
    }

    /** Who joins a session that is younger than an SPM was under way may have been there from its birth: it takes everything. */
    private static void awaitHeartbeats(Publication publication, int count) {
        long before = publication.stats().get(SourceCounter.SPM_SENT);
        await().until(() -> publication.stats().get(SourceCounter.SPM_SENT) >= before + count);
    }

    @Test
    void publishesWhatWasReserved() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        subscribe(engine(), handler, Map.of());
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(engine(), supplier, Map.of("pgm.window.bytes", "1MiB"));

        Reservation reservation = publication.reserve(500_000, 0);
        Reservation tooMuch = publication.reserve(900_000, TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(reservation).isNotNull();
        assertThat(tooMuch).isNull();
        supplier.add(2, 250_000);
        reservation.publish();
        reservation.release();

        awaitCount(handler, publication.tsi(), 2);
        Reservation again = publication.reserve(900_000, TimeUnit.SECONDS.toNanos(30));
        assertThat(again).isNotNull();
        again.release();
    }

    @Test
    void hearsItselfOnlyWhenItIsToldTo() throws Exception {
        PgmEngine deaf = engine();
        RecordingHandler own = new RecordingHandler();
        RecordingHandler other = new RecordingHandler();
        Map<String, String> noLoop = Map.of("pgm.loop", "false");
        Subscription subscription = subscribe(deaf, own, noLoop);
        subscribe(engine(), other, Map.of());
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(deaf, supplier, noLoop);

        supplier.add(10, LENGTH);
        publication.wake();

        awaitCount(other, publication.tsi(), 10);
        await().until(() -> subscription.stats().get(ReceiverCounter.OWN_PACKETS) >= 10);
        assertThat(own.sessions()).isEmpty();
    }

    @Test
    void stopsCallingAHandlerThatHasLeft() throws Exception {
        PgmEngine subscriber = engine();
        RecordingHandler leaver = new RecordingHandler();
        RecordingHandler stayer = new RecordingHandler();
        Subscription leaving = subscribe(subscriber, leaver, Map.of());
        subscribe(subscriber, stayer, Map.of());
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(engine(), supplier, Map.of());
        supplier.add(10, LENGTH);
        publication.wake();
        awaitCount(leaver, publication.tsi(), 10);

        leaving.close().toCompletableFuture().join();
        supplier.add(10, LENGTH);
        publication.wake();

        awaitCount(stayer, publication.tsi(), 20);
        assertThat(leaver.count(publication.tsi())).isEqualTo(10);
        assertThat(leaving.close().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void canBeUsedAgainAfterEverythingWasClosed() throws Exception {
        PgmEngine engine = engine();
        for (int round = 0; round < 3; round++) {
            RecordingHandler handler = new RecordingHandler();
            Subscription subscription = subscribe(engine, handler, Map.of());
            QueueSupplier supplier = new QueueSupplier();
            Publication publication = publish(engine, supplier, Map.of());
            supplier.add(10, LENGTH);
            publication.wake();
            awaitCount(handler, publication.tsi(), 10);

            publication.close(Duration.ZERO).toCompletableFuture().join();
            subscription.close().toCompletableFuture().join();
            await().untilAsserted(() -> assertThat(engineThreads()).isEmpty());
        }
    }

    @Test
    void saysWhenAnotherProcessHoldsThePort() throws IOException {
        PgmEngine engine = engine();
        try (DatagramSocket hog = new DatagramSocket(new InetSocketAddress(port))) {
            assertThat(hog.isBound()).isTrue();
            assertThatExceptionOfType(PgmException.class)
                    .isThrownBy(() -> subscribe(engine, new RecordingHandler(), Map.of()))
                    .withMessageContaining("pgm.udpPort=" + port)
                    .matches(e -> e.code() == Code.PORT_IN_USE);
            assertThatExceptionOfType(PgmException.class)
                    .isThrownBy(() -> publish(engine, new QueueSupplier(), Map.of()))
                    .withMessageContaining("pgm.udpPort=" + port)
                    .matches(e -> e.code() == Code.PORT_IN_USE);
        }
    }

    @Test
    void saysWhenPacketsDoNotFitTheInterface() throws PgmException {
        EngineSettings settings = EngineSettings.parse(Map.of());
        ChannelConfig base = settings.channel("lo", group, port);
        ChannelConfig huge = new ChannelConfig(
                base.networkInterface(),
                base.group(),
                port,
                port,
                1,
                100_000,
                true,
                base.receiveBufferBytes(),
                base.maxRateBytesPerSecond(),
                0,
                0,
                0,
                0,
                false);

        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(
                        () -> engine().publish(huge, settings.source(port), new QueueSupplier(), new RecordingEvents()))
                .withMessageContaining("pgm.tpdu=100000")
                .matches(e -> e.code() == Code.INVALID_SETTING);
    }

    @Test
    void takesNothingMoreOnceClosed() throws PgmException {
        PgmEngine engine = engine();
        QueueSupplier supplier = new QueueSupplier();
        publish(engine, supplier, Map.of());
        subscribe(engine, new RecordingHandler(), Map.of());

        engine.close();
        engine.close();

        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> publish(engine, supplier, Map.of()))
                .matches(e -> e.code() == Code.CLOSED);
        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> subscribe(engine, new RecordingHandler(), Map.of()))
                .matches(e -> e.code() == Code.CLOSED);
    }

    private PgmEngine engine() {
        PgmEngine engine = new PgmEngine();
        engines.add(engine);
        return engine;
    }

    private Subscription subscribe(PgmEngine engine, RecordingHandler handler, Map<String, String> options)
            throws PgmException {
        EngineSettings settings = EngineSettings.parse(options);
        return engine.subscribe(
                settings.channel("lo", group, port),
                settings.receiver(DeliveryOrder.CONTIGUOUS, false, false),
                handler);
    }

    private Publication publish(PgmEngine engine, QueueSupplier supplier, Map<String, String> options)
            throws PgmException {
        EngineSettings settings = EngineSettings.parse(new HashMap<>(options));
        return engine.publish(
                settings.channel("lo", group, port), settings.source(port), supplier, new RecordingEvents());
    }

    private static void awaitCount(RecordingHandler handler, Tsi tsi, int count) {
        await().atMost(60, TimeUnit.SECONDS).until(() -> handler.count(tsi) >= count);
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<String> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pgmjms-source-") || name.startsWith("pgmjms-receive-"))
                .toList();
    }
}
