package org.pgmjms.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.channel.QueueSupplier;
import org.pgmjms.engine.channel.RecordingEvents;
import org.pgmjms.engine.channel.RecordingHandler;
import org.pgmjms.engine.net.FreePorts;

/** What Java Flight Recorder records of an engine. */
class FlightEventsTest {
    private static final int LENGTH = 500;

    private final String group = FreePorts.group().getHostAddress();
    private final int port = FreePorts.next();

    @TempDir
    private Path directory;

    @Test
    void sessionsRepairsLossesAndLimitsAreRecorded() throws Exception {
        String tsi;
        Map<String, List<RecordedEvent>> events;
        try (Recording recording = new Recording()) {
            for (String each : List.of("SessionBegun", "SessionEnded", "LossReported", "RepairAsked", "LimitHit")) {
                recording.enable("org.pgmjms." + each);
            }
            recording.start();
            tsi = loseMost();
            recording.stop();
            events = read(recording);
        }

        assertThat(events.get("org.pgmjms.SessionBegun"))
                .filteredOn(event -> event.getString("tsi").equals(tsi))
                .extracting(event -> event.getString("start"))
                .containsExactlyInAnyOrder("SOURCE", "FROM_BIRTH");
        assertThat(events.get("org.pgmjms.SessionEnded"))
                .filteredOn(event -> event.getString("tsi").equals(tsi))
                .extracting(event -> event.getString("channel"))
                .hasSize(2)
                .containsOnly(group + ":" + port);
        assertThat(events.get("org.pgmjms.RepairAsked")).anySatisfy(event -> {
            assertThat(event.getString("tsi")).isEqualTo(tsi);
            assertThat(event.getInt("count")).isPositive();
        });
        assertThat(events.get("org.pgmjms.LossReported")).anySatisfy(event -> {
            assertThat(event.getString("tsi")).isEqualTo(tsi);
            assertThat(event.getInt("count")).isPositive();
            assertThat(event.getString("cause")).isEqualTo("DEADLINE");
        });
        assertThat(events.get("org.pgmjms.LimitHit"))
                .anySatisfy(event -> assertThat(event.getString("place")).isEqualTo(group + ":" + port));
    }

    /** Sends much to a receiver that loses most of it and soon gives up; answers the session. */
    private String loseMost() throws PgmException {
        PgmEngine engine = new PgmEngine();
        RecordingHandler handler = new RecordingHandler();
        EngineSettings lossy = EngineSettings.parse(
                Map.of("pgm.simulatedLoss", "70,seed=1", "pgm.gapDeadline", "20ms", "pgm.maxRate", "20Mbit/s"));
        engine.subscribe(
                lossy.channel("lo", group, port), lossy.receiver(DeliveryOrder.CONTIGUOUS, false, false), handler);
        QueueSupplier supplier = new QueueSupplier();
        Publication publication =
                engine.publish(lossy.channel("lo", group, port), lossy.source(port), supplier, new RecordingEvents());
        await().until(() -> {
            supplier.add(500, LENGTH);
            publication.wake();
            return !handler.losses().isEmpty();
        });
        publication.close(Duration.ZERO).toCompletableFuture().join();
        engine.close();
        return publication.tsi().toString();
    }

    private Map<String, List<RecordedEvent>> read(Recording recording) throws IOException {
        Path file = directory.resolve("test.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .collect(Collectors.groupingBy(event -> event.getEventType().getName()));
    }
}
