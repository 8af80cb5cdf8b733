package org.pgmjms.tools;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.PgmConnectionFactory;

/** {@code pgmjms top} of this JVM by its service URL, and of another by its process id. */
class TopCommandTest {
    private static final int MESSAGES = 500;

    static {
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
    }

    @Test
    void showsSourcesReceiversAndWhoAsksForMost() throws Exception {
        String url = "epgm://lo;239.192.75.4:17691?pgm.linger=0&pgm.simulatedLoss=10,seed=1";
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"), null, ManagementFactory.getPlatformMBeanServer());
        server.start();
        try (JMSContext context = new PgmConnectionFactory(url).createContext()) {
            JMSConsumer consumer = context.createConsumer(context.createTopic("t"));
            JMSProducer producer = context.createProducer();
            for (int i = 0; i < MESSAGES; i++) {
                producer.send(context.createTopic("t"), "x".repeat(1000));
                assertThat(consumer.receiveBody(String.class, 30_000)).isNotNull();
            }

            CommandRun run = CommandRun.of("top", server.getAddress().toString(), "--once", "--interval", "0.1");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("  engines ", "SOURCES ", "WORST NAKERS ", "RECEIVERS ", "SESSIONS ");
            assertThat(run.lines())
                    .filteredOn(line -> line.startsWith("239.192.75.4:17691 "))
                    .hasSize(2);
            assertThat(run.lines()).anyMatch(line -> line.matches("127\\.0\\.0\\.1:\\d+ .* [1-9]\\d* +[1-9]\\d*"));
        } finally {
            server.stop();
        }
    }

    @Test
    void asksAProcessByItsNumber() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PgmjmsCommand.class.getName(),
                        "subscribe",
                        "--url",
                        "epgm://lo;239.192.75.5:17692",
                        "--topic",
                        "t",
                        "--timeout",
                        "60")
                .start();
        try {
            awaitLine(process, "subscribed to ");

            CommandRun list = CommandRun.of("top");
            CommandRun run = CommandRun.of("top", Long.toString(process.pid()), "--once", "--interval", "0.1");

            assertThat(list.lines()).contains(process.pid() + "  " + PgmjmsCommand.class.getName());
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("process " + process.pid() + "  engines 1  sources 0  receivers 1");
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void saysWhenThereIsNothingToAsk() {
        CommandRun run = CommandRun.of("top", "1999999999", "--once");

        assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).contains("1999999999").doesNotContain("\tat ");
        assertThat(CommandRun.of("top", "1", "--interval", "0").code()).isEqualTo(2);
    }

    private static void awaitLine(Process process, String start) throws IOException {
        BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String line = err.readLine();
        while (line != null && !line.startsWith(start)) {
            line = err.readLine();
        }
        assertThat(line).as("the process has joined").isNotNull();
    }
}
