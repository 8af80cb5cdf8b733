package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.Reservation;
import org.pgmjms.engine.net.FreePorts;

/**
 * What callers supply never lies there until somebody happens to come by: there are no SPMs here that would have the agent
 * come by.
 */
class HandOffTest {
    private static final int ROUNDS = 300;
    private static final int PRODUCERS = 3;
    private static final int BURST = 20;
    private static final int LENGTH = 100;
    private static final Map<String, String> SILENT =
            Map.of("pgm.spm.ambient", "5min", "pgm.spm.heartbeatMin", "5min", "pgm.spm.heartbeatMax", "5min");

    private final EngineContext context = EngineContext.of(EngineOptions.defaults());
    private final ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS + 1);
    private final SourceAgent sources;

    HandOffTest() throws PgmException {
        sources = new SourceAgent(context, "hand-off");
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        sources.close();
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "20us", "1ms"})
    void leavesNothingLyingWhoeverHoldsTheLock(String nap) throws Exception {
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(supplier, nap);
        CyclicBarrier start = new CyclicBarrier(PRODUCERS + 1);
        for (int round = 1; round <= ROUNDS; round++) {
            List<Future<?>> parts = new ArrayList<>();
            for (int producer = 0; producer < PRODUCERS; producer++) {
                parts.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < BURST; i++) {
                        supplier.add(1, LENGTH);
                        publication.wake();
                    }
                    return null;
                }));
            }
            parts.add(threads.submit(() -> {
                start.await();
                holdTheLock(publication);
                return null;
            }));
            for (Future<?> part : parts) {
                part.get();
            }
            int total = round * PRODUCERS * BURST;
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> supplier.stored() == total);
        }
    }

    private static void holdTheLock(Publication publication) throws InterruptedException {
        for (int i = 0; i < BURST; i++) {
            assertThat(publication.stats().tsi()).isEqualTo(publication.tsi());
            Reservation reservation = publication.reserve(LENGTH, 0);
            if (reservation != null) {
                reservation.release();
            }
            assertThat(publication.upstreamQuietNs()).isNotNegative();
        }
    }

    private Publication publish(QueueSupplier supplier, String nap) throws PgmException {
        Map<String, String> options = new HashMap<>(SILENT);
        options.put("pgm.nap", nap);
        EngineSettings settings = EngineSettings.parse(options);
        int port = FreePorts.next();
        return sources.publish(
                settings.channel("lo", FreePorts.group().getHostAddress(), port),
                settings.source(port),
                supplier,
                new RecordingEvents());
    }
}
