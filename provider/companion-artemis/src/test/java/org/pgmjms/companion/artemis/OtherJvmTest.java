package org.pgmjms.companion.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.destination.PgmQueue;

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

    /** Its last deliveries may not have been written down, so a message that was there may have been delivered. */
    @Test
    void whatWasThereAtACrashCountsAsDeliveredOnceForGood() throws Exception {
        Process program = start(BrokerProgram.WAITS);
        try {
            awaitSent(program);
        } finally {
            program.destroyForcibly();
        }
        assertThat(program.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        try (CompanionBroker broker = open()) {
            EmbeddedBrokerTest.send(broker, "sell");
        }

        try (CompanionBroker broker = open();
                Connection connection = broker.connect(null, null, null)) {
            connection.start();
            Session session = connection.createSession();
            Queue queue = (Queue) broker.toBroker(new PgmQueue("orders"), session);
            Enumeration<?> browsed = session.createBrowser(queue).getEnumeration();
            assertThat(((Message) browsed.nextElement()).getJMSRedelivered()).isFalse();
            MessageConsumer consumer = session.createConsumer(queue);
            assertThat(delivery(consumer)).isEqualTo("buy/2/true");
            assertThat(delivery(consumer)).isEqualTo("sell/1/false");
        }
    }

    private static String delivery(MessageConsumer consumer) throws JMSException {
        Message message = consumer.receive(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        return message.getBody(String.class) + "/" + message.getIntProperty("JMSXDeliveryCount") + "/"
                + message.getJMSRedelivered();
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
