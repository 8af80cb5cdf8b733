package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.Connection;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.QueueConnection;
import jakarta.jms.Session;
import jakarta.jms.TopicConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jakarta Messaging 3.1, sections 5.3, 6.1 and 6.1.2. */
class PgmConnectionFactoryTest {
    private final TestProvider provider = new TestProvider();

    @Test
    void makesConnectionsOfEveryKindWithAndWithoutUser() throws JMSException {
        PgmConnectionFactory factory = provider.factory();

        try (Connection plain = factory.createConnection();
                Connection withUser = factory.createConnection("user", "password");
                TopicConnection topics = factory.createTopicConnection();
                TopicConnection topicsWithUser = factory.createTopicConnection("user", "password");
                QueueConnection queues = factory.createQueueConnection();
                QueueConnection queuesWithUser = factory.createQueueConnection("user", "password")) {
            assertThat(new Connection[] {plain, withUser, topics, topicsWithUser, queues, queuesWithUser})
                    .allSatisfy(connection -> assertNull(connection.getClientID()));
        }
        try (JMSContext plain = factory.createContext();
                JMSContext withMode = factory.createContext(Session.CLIENT_ACKNOWLEDGE);
                JMSContext withUser = factory.createContext("user", "password");
                JMSContext withBoth = factory.createContext("user", "password", Session.DUPS_OK_ACKNOWLEDGE)) {
            assertEquals(Session.AUTO_ACKNOWLEDGE, plain.getSessionMode());
            assertEquals(Session.CLIENT_ACKNOWLEDGE, withMode.getSessionMode());
            assertEquals(Session.AUTO_ACKNOWLEDGE, withUser.getSessionMode());
            assertEquals(Session.DUPS_OK_ACKNOWLEDGE, withBoth.getSessionMode());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jms.lossPolicy=shout | jms.lossPolicy | shout | report, mark, throw, rollback or stop",
                "jms.prefetch.bytes=12 | jms.prefetch.bytes | 12 | 1KiB..16GiB",
                "jms.sendTimeout=soon | jms.sendTimeout | soon | 0..1h",
                "jms.overrunPolicy=block | jms.overrunPolicy | block | dropOldest, dropNewest or disconnect",
                "pgm.x=refused | pgm.x | | ",
            })
    void aWrongValueFailsAtCreateConnection(String option, String setting, String value, String allowed) {
        PgmConnectionFactory factory = provider.factory(option);

        assertThatThrownBy(factory::createConnection)
                .isInstanceOf(JMSException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(value == null ? "" : value)
                .hasMessageContaining(allowed == null ? "" : allowed);
        assertThatThrownBy(factory::createContext).isInstanceOf(JMSRuntimeException.class);
    }

    @ParameterizedTest
    @CsvSource({"pgm.ttl, 999, 0..255", "pgm.maxRate, fast, 8kbit/s", "pgm.profile, moon, lan"})
    void aWrongTransportSettingFailsThereToo(String setting, String value, String allowed) {
        PgmConnectionFactory factory = new PgmConnectionFactory();
        factory.set(setting, value);

        assertThatThrownBy(factory::createConnection)
                .isInstanceOf(JMSException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(value)
                .hasMessageContaining(allowed);
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> provider.factory("pgm.maxRat=1Gbit/s").createConnection())
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("pgm.maxRat")
                .hasMessageContaining("pgm.maxRate");
        assertThatThrownBy(() -> provider.factory("jms.prefetchBytes=1MiB").createConnection())
                .hasMessageContaining("jms.prefetch.bytes");
    }

    @Test
    void aBeanPropertyWinsOverTheUrl() throws JMSException {
        PgmConnectionFactory factory = provider.factory("jms.clientId=of-url");
        factory.setClientId("of-bean");

        try (Connection connection = factory.createConnection()) {
            assertEquals("of-bean", connection.getClientID());
        }
    }

    @Test
    void anAdministeredClientIdIsInUseByOneConnectionAtATime() throws JMSException {
        PgmConnectionFactory factory = provider.factory("jms.clientId=desk-7");

        try (Connection first = factory.createConnection()) {
            assertEquals("desk-7", first.getClientID());
            assertThatThrownBy(factory::createConnection).isInstanceOf(InvalidClientIDException.class);
            assertThatThrownBy(factory::createContext).isInstanceOf(InvalidClientIDRuntimeException.class);
        }
        factory.createConnection().close();
    }

    @Test
    void aContextThatCannotBeMadeLeavesNoConnectionBehind() throws JMSException {
        PgmConnectionFactory factory = provider.factory("jms.clientId=desk-7");

        assertThatThrownBy(() -> factory.createContext(17))
                .isInstanceOf(JMSRuntimeException.class)
                .hasMessageContaining("SESSION_TRANSACTED");

        factory.createConnection().close();
    }

    @Test
    void settingsSurviveSerialisation() throws IOException, ClassNotFoundException, JMSException {
        PgmConnectionFactory factory = new PgmConnectionFactory("epgm://lo;239.192.7.7:7777?pgm.ttl=3");
        factory.setUserName("user");
        factory.setPassword("password");
        factory.setJmsPrefetchBytes("1MiB");
        factory.setPgmMaxRate("10Mbit/s");

        PgmConnectionFactory copy = assertInstanceOf(PgmConnectionFactory.class, copy(factory));

        assertEquals("epgm://lo;239.192.7.7:7777?pgm.ttl=3", copy.getUrl());
        assertEquals("user", copy.getUserName());
        assertNull(copy.getPassword());
        assertEquals("1MiB", copy.getJmsPrefetchBytes());
        assertEquals("10Mbit/s", copy.getPgmMaxRate());
        assertNull(copy.getPgmTtl());
        copy.createConnection().close();
    }

    @Test
    void opensNothingBeforeTheFirstUse() throws JMSException {
        try (Connection connection = provider.factory().createConnection()) {
            connection.start();
            Session session = connection.createSession();
            session.createProducer(session.createTopic("quotes"));

            assertEquals(0, provider.network().openLinks());
            assertThat(provider.threads()).isEmpty();
        }
    }

    private static Object copy(Object original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
