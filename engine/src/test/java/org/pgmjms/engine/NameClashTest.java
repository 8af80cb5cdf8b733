package org.pgmjms.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.channel.QueueSupplier;
import org.pgmjms.engine.channel.RecordingEvents;
import org.pgmjms.engine.channel.RecordingHandler;
import org.pgmjms.engine.net.FreePorts;

/** Two sources under one transport session identifier, in two engines on one loopback. */
class NameClashTest {
    private static final int LENGTH = 200;
    private static final int COUNT = 200;
    private static final Map<String, String> ONE_NAME = Map.of("pgm.gsi", "1.2.3.4.5.6", "pgm.sourcePort", "1000");

    private final String group = FreePorts.group().getHostAddress();
    private final int port = FreePorts.next();
    private final List<PgmEngine> engines = new ArrayList<>();

    @AfterEach
    void closeEngines() {
        engines.forEach(PgmEngine::close);
    }

    private PgmEngine engine() {
        PgmEngine engine = new PgmEngine();
        engines.add(engine);
        return engine;
    }

    private Subscription subscribe(PgmEngine engine, RecordingHandler handler) throws PgmException {
        EngineSettings settings = EngineSettings.parse(Map.of());
        return engine.subscribe(
                settings.channel("lo", group, port),
                settings.receiver(DeliveryOrder.CONTIGUOUS, false, false),
                handler);
    }

    private Publication publish(PgmEngine engine, QueueSupplier supplier, RecordingEvents events) throws PgmException {
        EngineSettings settings = EngineSettings.parse(new HashMap<>(ONE_NAME));
        return engine.publish(settings.channel("lo", group, port), settings.source(port), supplier, events);
    }

    @Test
    void isNoticedAndNoStreamIsMixed() throws Exception {
        PgmEngine here = engine();
        RecordingHandler handler = new RecordingHandler();
        RecordingEvents events = new RecordingEvents();
        Subscription subscription = subscribe(here, handler);
        QueueSupplier supplier = new QueueSupplier();
        Publication own = publish(here, supplier, events);
        supplier.add(COUNT, LENGTH);
        own.wake();
        Tsi tsi = own.tsi();
        await().atMost(30, TimeUnit.SECONDS).until(() -> handler.count(tsi) == COUNT);

        QueueSupplier others = new QueueSupplier();
        Publication other = publish(engine(), others, new RecordingEvents());
        others.add(3 * COUNT, LENGTH);
        other.wake();

        await().atMost(30, TimeUnit.SECONDS).until(() -> events.namesTaken() == 1);
        supplier.add(COUNT, LENGTH);
        own.wake();
        await().atMost(30, TimeUnit.SECONDS).until(() -> handler.count(tsi) == 2 * COUNT);
        assertThat(other.tsi()).isEqualTo(tsi);
        assertThat(handler.numbers(tsi))
                .isEqualTo(IntStream.range(0, 2 * COUNT).boxed().toList());
        assertThat(handler.losses()).isEmpty();
        assertThat(subscription.stats().get(ReceiverCounter.TSI_CLASHES)).isPositive();
        assertThat(events.namesTaken()).isEqualTo(1);
    }

    @Test
    void isNoticedByThoseWhoOnlySend() throws Exception {
        RecordingEvents firstEvents = new RecordingEvents();
        RecordingEvents secondEvents = new RecordingEvents();
        QueueSupplier firstSupplier = new QueueSupplier();
        QueueSupplier secondSupplier = new QueueSupplier();
        Publication first = publish(engine(), firstSupplier, firstEvents);
        Publication second = publish(engine(), secondSupplier, secondEvents);

        firstSupplier.add(COUNT, LENGTH);
        first.wake();
        secondSupplier.add(COUNT, LENGTH);
        second.wake();

        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> firstEvents.namesTaken() == 1 && secondEvents.namesTaken() == 1);
    }

    @Test
    void whoHasADrawnNameDoesNotListen() throws Exception {
        EngineSettings settings = EngineSettings.parse(Map.of());
        long before = listeners();

        engine().publish(
                        settings.channel("lo", group, port),
                        settings.source(port),
                        new QueueSupplier(),
                        new RecordingEvents());
        long withDrawnName = listeners();
        publish(engine(), new QueueSupplier(), new RecordingEvents());

        assertThat(withDrawnName).isEqualTo(before);
        assertThat(listeners()).isEqualTo(before + 1);
    }

    private static long listeners() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pgmjms-receive-"))
                .count();
    }
}
