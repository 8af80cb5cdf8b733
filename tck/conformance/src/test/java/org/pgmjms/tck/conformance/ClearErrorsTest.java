package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.provider.PgmConnectionFactory;

/** Whoever gives a value that cannot be gets an exception that names the thing, the value and what is allowed. */
class ClearErrorsTest {
    private static final String GROUP = "239.192.75.3";
    private static final int PORT = 17_700;
    private static final String URL = "epgm://lo;" + GROUP + ":" + PORT;

    private static void connectAndSubscribe(String url) throws JMSException {
        try (Connection connection = new PgmConnectionFactory(url).createConnection()) {
            Session session = connection.createSession();
            session.createConsumer(session.createTopic("t"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "pgm.maxRat=1Mbit/s, pgm.maxRat, pgm.maxRate",
        "jms.lossPolcy=mark, jms.lossPolcy, jms.lossPolicy",
        "pgm.ttl=300, pgm.ttl, 255",
        "pgm.maxRate=fast, pgm.maxRate, fast",
        "jms.lossPolicy=ignore, jms.lossPolicy, mark",
        "pgm.profile=moon, pgm.profile, lan"
    })
    void anOptionThatCannotBeIsNamedWithWhatIsAllowed(String option, String name, String allowed) {
        assertThatThrownBy(() -> connectAndSubscribe(URL + "?" + option))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(allowed);
    }

    @Test
    void anInterfaceThatDoesNotExistIsNamedWithThoseThatDo() {
        assertThatThrownBy(() -> connectAndSubscribe("epgm://nosuch0;" + GROUP + ":" + PORT))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("nosuch0")
                .hasMessageContaining("lo");
    }

    @Test
    void aGroupThatIsNoneIsNamed() {
        assertThatThrownBy(() -> connectAndSubscribe("epgm://lo;10.0.0.1:" + PORT))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("10.0.0.1")
                .hasMessageContaining("multicast");
    }

    @Test
    void multicastOverIpv6OnTheLoopbackIsRefused() {
        assertThatThrownBy(() -> connectAndSubscribe("epgm://lo;[ff15::7500]:" + PORT))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("ff15")
                .hasMessageContaining("loopback");
    }

    @Test
    void aPortThatAnotherHoldsForItselfIsNamed() throws IOException {
        int port = PORT + 1;
        try (DatagramChannel other = DatagramChannel.open(StandardProtocolFamily.INET)) {
            other.bind(new InetSocketAddress(InetAddress.getByName(GROUP), port));

            assertThatThrownBy(() -> connectAndSubscribe("epgm://lo;" + GROUP + ":" + port))
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining(Integer.toString(port))
                    .hasMessageContaining("use");
        }
    }

    @Test
    void aMessageAboveTheLimitIsRefusedAndTheNextOneIsSent() throws JMSException {
        try (Connection connection =
                new PgmConnectionFactory(URL + "?jms.maxMessageSize=2000&pgm.linger=0").createConnection()) {
            Session session = connection.createSession();
            MessageConsumer consumer = session.createConsumer(session.createTopic("t"));
            MessageProducer producer = session.createProducer(session.createTopic("t"));
            connection.start();

            assertThatThrownBy(() -> producer.send(session.createTextMessage("x".repeat(3000))))
                    .isInstanceOf(JMSException.class)
                    .hasMessageContaining("jms.maxMessageSize")
                    .hasMessageContaining("2000");
            producer.send(session.createTextMessage("small"));

            assertThat(consumer.receive(JmsContract.SOON_MS).getBody(String.class))
                    .isEqualTo("small");
        }
    }
}
