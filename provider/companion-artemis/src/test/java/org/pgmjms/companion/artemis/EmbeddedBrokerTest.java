package org.pgmjms.companion.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.XAConnection;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.destination.PgmQueue;

/** A broker in this JVM: what it keeps, whose it is, and when it ends. */
class EmbeddedBrokerTest {
    static final long SOON_MS = 10_000;

    private final ArtemisProvider provider = new ArtemisProvider();

    @TempDir
    private Path dataDir;

    @AfterEach
    void nothingRuns() {
        assertThat(threads("pgmjms-broker-linger")).isEmpty();
    }

    private String url() {
        return "embedded?dataDir=" + dataDir;
    }

    private CompanionBroker open() throws JMSException {
        return open("0");
    }

    private CompanionBroker open(String lingerMillis) throws JMSException {
        return provider.open(url(), Map.of("broker.linger", lingerMillis));
    }

    private static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    static void send(CompanionBroker broker, String text) throws JMSException {
        send(broker, List.of(text));
    }

    static void send(CompanionBroker broker, List<String> texts) throws JMSException {
        try (Connection connection = broker.connect(null, null, null)) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(broker.toBroker(new PgmQueue("orders"), session));
            for (String each : texts) {
                producer.send(session.createTextMessage(each));
            }
        }
    }

    static String receive(CompanionBroker broker) throws JMSException {
        try (Connection connection = broker.connect(null, null, null)) {
            connection.start();
            Session session = connection.createSession();
            MessageConsumer consumer = session.createConsumer(broker.toBroker(new PgmQueue("orders"), session));
            return ((TextMessage) consumer.receive(SOON_MS)).getText();
        }
    }

    @Test
    void keepsMessagesAndItsNumberOverARestart() throws JMSException {
        long brokerId;
        try (CompanionBroker broker = open()) {
            brokerId = broker.brokerId();
            send(broker, "buy");
        }

        try (CompanionBroker broker = open()) {
            assertThat(broker.brokerId()).isEqualTo(brokerId).isNotIn(0L, CompanionBroker.UNKNOWN_ID);
            assertThat(receive(broker)).isEqualTo("buy");
        }
    }

    @Test
    void hasAllItsFilesInItsDirectory() throws JMSException, IOException {
        Set<Path> before = files(Path.of("."));

        try (CompanionBroker broker = open()) {
            send(broker, "x".repeat(1 << 20));
        }

        assertThat(files(Path.of("."))).isEqualTo(before);
        assertThat(dataDir.resolve("journal")).isDirectory();
    }

    private static Set<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Set.copyOf(files.toList());
        }
    }

    @Test
    void isOneForAllThatOpenTheSameDirectory() throws JMSException {
        try (CompanionBroker first = open()) {
            CompanionBroker second = open();
            send(second, "buy");
            second.close();
            second.close();

            assertThat(receive(first)).isEqualTo("buy");
        }
    }

    @Test
    void opensItsDirectoryWithOneSetOfParameters() throws JMSException {
        try (CompanionBroker first = open()) {
            assertThatThrownBy(() -> provider.open(url() + "&listen=tcp://127.0.0.1:1", Map.of()))
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining(dataDir.toString())
                    .hasMessageContaining("tcp://127.0.0.1:1");
            send(first, "buy");
        }
    }

    @Test
    void lingersForTheNextConnection() throws JMSException {
        CompanionBroker first = open("600000");
        first.close();
        assertThat(threads("pgmjms-broker-linger")).hasSize(1);

        try (CompanionBroker second = open("1")) {
            assertThat(second.brokerId()).isEqualTo(first.brokerId());
            send(second, "buy");
        }

        await().untilAsserted(() -> assertThat(threads("pgmjms-broker-linger")).isEmpty());
        try (DataDirLock free = DataDirLock.take(dataDir)) {
            assertThat(free).isNotNull();
        }
    }

    @Test
    void keepsNoJvmFromExiting() throws JMSException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        try (CompanionBroker broker = open()) {
            send(broker, "buy");

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread) && !thread.isDaemon())
                    .isEmpty();
        }
    }

    @Test
    void aDirectoryThatSomebodyElseHoldsIsNamed() throws JMSException {
        try (DataDirLock other = DataDirLock.take(dataDir)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(this::open)
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining(dataDir.toString())
                    .hasMessageContaining("in use");
        }
        open().close();
    }

    @Test
    void aDirectoryOfABrokerOfArtemisItselfIsNamed() throws JMSException, IOException {
        open().close();
        try (FileChannel other = FileChannel.open(dataDir.resolve(DataDirLock.ARTEMIS), StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();

            assertThatThrownBy(this::open)
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining(dataDir.toString())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(dataDir.resolve("file"));

        assertThatThrownBy(() -> provider.open("embedded?dataDir=" + file, Map.of()))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void whatNobodyCanProcessIsADeadLetter() throws JMSException {
        try (CompanionBroker broker = open()) {
            send(broker, "poison");
            try (Connection connection = broker.connect(null, null, null)) {
                connection.start();
                Session session = connection.createSession(Session.SESSION_TRANSACTED);
                MessageConsumer consumer = session.createConsumer(session.createQueue("orders"));
                MessageConsumer dead = session.createConsumer(session.createQueue("DLQ"));

                Message letter = dead.receiveNoWait();
                for (int i = 0; letter == null && i < 100; i++) {
                    consumer.receive(10);
                    session.rollback();
                    letter = dead.receiveNoWait();
                }

                assertThat(((TextMessage) letter).getText()).isEqualTo("poison");
                session.commit();
            }
        }
    }

    @Test
    void whatNobodyTookInTimeIsSetAside() throws JMSException {
        try (CompanionBroker broker = open();
                Connection connection = broker.connect(null, null, null)) {
            connection.start();
            Session session = connection.createSession();
            session.createProducer(session.createQueue("orders"))
                    .send(session.createTextMessage("late"), DeliveryMode.PERSISTENT, 4, 1);
            MessageConsumer consumer = session.createConsumer(session.createQueue("orders"));
            MessageConsumer expired = session.createConsumer(session.createQueue("ExpiryQueue"));

            Message late = await().until(
                            () -> {
                                consumer.receiveNoWait();
                                return expired.receiveNoWait();
                            },
                            Objects::nonNull);

            assertThat(((TextMessage) late).getText()).isEqualTo("late");
        }
    }

    @Test
    void offersTransactionsOfATransactionManager() throws JMSException {
        try (CompanionBroker broker = open();
                XAConnection connection = broker.connectXa("anybody", "any password", "client")) {
            assertThat(connection.getClientID()).isEqualTo("client");
            assertThat(connection.createXASession().getXAResource()).isNotNull();
        }
    }

    @Test
    void comesWithTheConnectionsOfAFactory() throws JMSException {
        PgmConnectionFactory factory = new PgmConnectionFactory("epgm://lo;239.192.0.92:7592");
        factory.setBrokerUrl(url());
        factory.setBrokerLinger("0");

        try (Connection connection = factory.createConnection()) {
            assertThat(connection.getMetaData()).isNotNull();
            assertThat(threads("pgmjms-broker")).isNotEmpty();
        }

        await().untilAsserted(() -> assertThat(threads("pgmjms-broker")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "embedded | dataDir is missing",
                "embedded?dataDir= | dataDir is missing",
                "embedded?dataDir=d&port=1 | 'port=1' is none",
                "embedded?dataDir=d&dataDir=e | twice",
                "embedded?dataDir=%zz | hexadecimal",
                "embedded?dataDir=d&users=u | listen, which is missing",
                "embedded?dataDir=d&listen=61616 | listen is no address",
                "embedded?dataDir=d&listen=tcp://localhost | listen is no address",
                "embedded?dataDir=d&listen=http://localhost:1 | listen is no address",
                "embedded?dataDir=d&listen=tcp://0.0.0.0:61616 | users",
            })
    void aUrlThatCannotBeIsRefusedWithItsReason(String url, String reason) {
        assertThatThrownBy(() -> provider.open(url, Map.of()))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("broker.url")
                .hasMessageContaining(url)
                .hasMessageContaining(reason);
    }

    @Test
    void otherUrlsAreForOthers() {
        assertThat(provider.accepts("embedded?dataDir=d")).isTrue();
        assertThat(provider.accepts("tcp://localhost:61616")).isTrue();
        assertThat(provider.accepts("(tcp://a:61616,tcp://b:61616)")).isTrue();
        assertThat(provider.accepts("embeddedness")).isFalse();
        assertThat(provider.accepts("amqp://localhost")).isFalse();
        assertThat(provider.accepts("jndi:tcp://localhost")).isFalse();
    }
}
