package org.pgmjms.companion.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.provider.companion.CompanionBroker;

/** What becomes of an embedded broker whose JVM ends. */
class OtherJvmTest {
    private static final long PATIENCE_S = 120;

    @TempDir
    private Path dataDir;

    private Process start(String end) throws IOException {
        return start(end, "false");
    }

    private Process start(String end, String noUnsafe) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dio.netty.noUnsafe=" + noUnsafe,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProgram.class.getName(),
                        dataDir.toString(),
                        end)
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitSent(Process program) throws IOException {
        BufferedReader output = program.inputReader();
        StringBuilder all = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.equals(BrokerProgram.SENT)) {
            all.append(line).append('\n');
            line = output.readLine();
        }
        assertThat(line).as("%s", all).isEqualTo(BrokerProgram.SENT);
    }

    private CompanionBroker open() throws JMSException {
        return new ArtemisProvider().open("embedded?dataDir=" + dataDir, Map.of("broker.linger", "0"));
    }

    @Test
    void aJvmInWhichBuffersCannotBeFreedIsToldTheOption() throws Exception {
        Process program = start(BrokerProgram.WAITS, "true");

        assertThat(program.inputReader().lines()).anyMatch(line -> line.contains("-Dio.netty.noUnsafe=false"));
        assertThat(program.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isNotZero();
    }

    @Test
    void aKilledJvmLeavesItsMessagesToTheNextOne() throws Exception {
        Process program = start(BrokerProgram.WAITS);
        try {
            awaitSent(program);
            assertThatThrownBy(this::open)
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining(dataDir.toString())
                    .hasMessageContaining("process " + program.pid());
        } finally {
            program.destroyForcibly();
        }
        assertThat(program.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();

        try (CompanionBroker broker = open()) {
            assertThat(EmbeddedBrokerTest.receive(broker)).isEqualTo("buy");
        }
    }

    @Test
    void aBrokerThatLingersDoesNotKeepItsJvm() throws Exception {
        Process program = start(BrokerProgram.RETURNS);
        try {
            awaitSent(program);
            assertThat(program.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        assertThat(program.exitValue()).isZero();

        try (CompanionBroker broker = open()) {
            assertThat(EmbeddedBrokerTest.receive(broker)).isEqualTo("buy");
        }
    }
}
