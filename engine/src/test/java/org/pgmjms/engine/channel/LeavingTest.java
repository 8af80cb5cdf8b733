package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.PgmEngine;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.net.FreePorts;

/** Processes that publish something and end. */
class LeavingTest {
    private static final int COUNT = 1000;

    private final String group = FreePorts.group().getHostAddress();
    private final int port = FreePorts.next();
    private final RecordingHandler handler = new RecordingHandler();

    @Test
    void aProgramThatReturnsFromMainRepairsUntilItsReceiversHaveEverything() throws Exception {
        try (PgmEngine engine = new PgmEngine()) {
            subscribe(engine, "5");

            Tsi tsi = runChild("return");

            await().atMost(30, TimeUnit.SECONDS).until(() -> handler.ends().containsKey(tsi));
            assertThat(handler.ends()).containsEntry(tsi, EndReason.FIN);
            assertThat(handler.numbers(tsi))
                    .isEqualTo(IntStream.range(0, COUNT).boxed().toList());
            assertThat(handler.losses()).isEmpty();
        }
    }

    @Test
    void aProgramThatExitsSendsWhatItHasAndSaysGoodbye() throws Exception {
        try (PgmEngine engine = new PgmEngine()) {
            subscribe(engine, "0");

            Tsi tsi = runChild("exit");

            await().atMost(30, TimeUnit.SECONDS).until(() -> handler.ends().containsKey(tsi));
            assertThat(handler.ends()).containsEntry(tsi, EndReason.FIN);
            assertThat(handler.numbers(tsi))
                    .isEqualTo(IntStream.range(0, COUNT).boxed().toList());
        }
    }

    private void subscribe(PgmEngine engine, String loss) throws Exception {
        EngineSettings settings = EngineSettings.parse(Map.of("pgm.simulatedLoss", loss));
        engine.subscribe(
                settings.channel("lo", group, port),
                settings.receiver(DeliveryOrder.CONTIGUOUS, false, false),
                handler);
    }

    private Tsi runChild(String howToLeave) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishAndLeave.class.getName(),
                        group,
                        Integer.toString(port),
                        Integer.toString(COUNT),
                        howToLeave)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = child.inputReader(StandardCharsets.US_ASCII)) {
            Tsi tsi = new Tsi(Long.parseLong(output.readLine()));
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isZero();
            return tsi;
        } finally {
            child.destroyForcibly();
        }
    }
}
