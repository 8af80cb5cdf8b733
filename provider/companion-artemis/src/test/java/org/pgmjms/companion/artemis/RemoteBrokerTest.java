package org.pgmjms.companion.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.provider.auth.UsersFile;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.destination.PgmQueue;

/** A broker elsewhere, played by an embedded one that listens; and who may connect to that. */
class RemoteBrokerTest {
    private static final Map<String, String> NO_LINGER = Map.of("broker.linger", "0", "broker.reconnect", "0");

    private static final List<String> NUMBERS =
            IntStream.range(0, 60).mapToObj(Integer::toString).toList();
    private static final int DEATHS = 12;
    private static final int SOME = 2;

    private final ArtemisProvider provider = new ArtemisProvider();

    @TempDir
    private Path dataDir;

    private String address;

    @BeforeEach
    void findAPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "tcp://127.0.0.1:" + free.getLocalPort();
        }
    }

    private CompanionBroker listening(String more) throws JMSException {
        return provider.open("embedded?dataDir=" + dataDir.resolve("data") + "&listen=" + address + more, NO_LINGER);
    }

    private CompanionBroker remote() throws JMSException {
        return provider.open(address, NO_LINGER);
    }

    @Test
    void isTheSameBrokerFromOutside() throws JMSException {
        try (CompanionBroker embedded = listening("");
                CompanionBroker remote = remote()) {
            EmbeddedBrokerTest.send(remote, "buy");

            assertThat(EmbeddedBrokerTest.receive(embedded)).isEqualTo("buy");
            assertThat(remote.brokerId()).isEqualTo(embedded.brokerId());
        }
    }

    @Test
    void itsNumberIsUnknownBeforeItWasConnectedTo() throws JMSException {
        try (CompanionBroker remote = remote()) {
            assertThatThrownBy(remote::brokerId).isInstanceOf(JMSException.class);
        }
    }

    @Test
    void oneThatIsNotThereFailsWhenItIsConnectedTo() throws JMSException {
        try (CompanionBroker remote = remote()) {
            assertThatThrownBy(() -> remote.connect(null, null, null)).isInstanceOf(JMSException.class);
        }
    }

    @Test
    void aClientIdentifierIsInUseOnce() throws JMSException {
        try (CompanionBroker embedded = listening("");
                CompanionBroker remote = remote();
                Connection connection = remote.connect(null, null, "desk")) {
            assertThat(connection.getClientID()).isEqualTo("desk");
            assertThatThrownBy(() -> embedded.connect(null, null, "desk")).isInstanceOf(JMSException.class);
        }
    }

    @Test
    void aConnectionThatBrokeIsTriedAgainForAWhile() throws JMSException {
        CompanionBroker embedded = listening("");
        try (CompanionBroker remote = provider.open(address, Map.of("broker.reconnect", "60000"));
                Connection connection = remote.connect(null, null, null)) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(session.createQueue("orders"));
            producer.send(session.createTextMessage("before"));

            embedded.close();
            embedded = listening("");
            producer.send(session.createTextMessage("after"));

            assertThat(EmbeddedBrokerTest.receive(embedded)).isEqualTo("before");
            assertThat(EmbeddedBrokerTest.receive(embedded)).isEqualTo("after");
        } finally {
            embedded.close();
        }
    }

    /** It would be among the dead letters after ten deliveries. */
    @Test
    void whatWasSentAheadOfClientsThatDiedIsDeliveredAsOftenAsToOne() throws JMSException {
        try (CompanionBroker embedded = listening("");
                CompanionBroker remote = remote()) {
            EmbeddedBrokerTest.send(embedded, NUMBERS);
            Iterator<String> expected = NUMBERS.iterator();
            assertThat(takenBefore(remote, SOME)).containsExactly(expected.next() + "/1", expected.next() + "/1");
            for (int death = 1; death < DEATHS; death++) {
                assertThat(takenBefore(remote, SOME)).containsExactly(expected.next() + "/2", expected.next() + "/2");
            }

            while (expected.hasNext()) {
                assertThat(EmbeddedBrokerTest.receive(remote)).isEqualTo(expected.next());
            }
        }
    }

    /** Each with its JMSXDeliveryCount; the first ones in a queue, of a client that dies then. */
    private static List<String> takenBefore(CompanionBroker broker, int count) throws JMSException {
        Connection connection = connectedAgain(broker);
        connection.start();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue("orders"));
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message next = consumer.receive(EmbeddedBrokerTest.SOON_MS);
            taken.add(next.getBody(String.class) + "/" + next.getIntProperty("JMSXDeliveryCount"));
            next.acknowledge();
        }
        ((ActiveMQConnection) connection)
                .getSessionFactory()
                .getConnection()
                .getTransportConnection()
                .forceClose();
        return taken;
    }

    /** When the broker has forgotten who had this client identifier. */
    private static Connection connectedAgain(CompanionBroker broker) {
        return await().ignoreExceptionsInstanceOf(InvalidClientIDException.class)
                .until(() -> broker.connect(null, null, "desk"), Objects::nonNull);
    }

    @Test
    void onlyUsersOfTheFileMayConnectFromOutside() throws JMSException, IOException {
        Path users = Files.writeString(dataDir.resolve("users"), UsersFile.entry("desk", "secret") + "\n");

        try (CompanionBroker embedded = listening("&users=" + users);
                CompanionBroker remote = remote()) {
            EmbeddedBrokerTest.send(embedded, "of this JVM");
            remote.connect("desk", "secret", null).close();

            assertThatThrownBy(() -> remote.connect("desk", "guess", null)).isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> remote.connect(null, null, null)).isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> remote.connect("pgmjms.in-vm", "guess", null))
                    .isInstanceOf(JMSSecurityException.class);
        }
    }

    @Test
    void nobodyManagesItFromOutside() throws JMSException {
        try (CompanionBroker embedded = listening("");
                CompanionBroker remote = remote();
                Connection connection = remote.connect(null, null, null)) {
            EmbeddedBrokerTest.send(embedded, "buy");
            Session session = connection.createSession();

            assertThatThrownBy(() -> session.createProducer(session.createQueue("activemq.management"))
                            .send(session.createMessage()))
                    .isInstanceOf(JMSSecurityException.class);
            assertThat(embedded.toBroker(new PgmQueue("orders"), session)).hasToString("ActiveMQQueue[orders]");
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException, JMSException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "tcp://127.0.0.1:" + other.getLocalPort();

            assertThatThrownBy(() -> listening(""))
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining(address);
        }
        listening("").close();
    }

    @Test
    void aUrlThatTheClientDoesNotUnderstandIsNamed() {
        assertThatThrownBy(() -> provider.open("tcp://[", NO_LINGER))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("broker.url")
                .hasMessageContaining("tcp://[");
    }
}
