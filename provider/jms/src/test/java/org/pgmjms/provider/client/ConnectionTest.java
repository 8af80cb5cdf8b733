package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.ConnectionMetaData;
import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.pgmjms.provider.TestProvider;
import org.pgmjms.provider.stats.StatisticsSource;
import org.pgmjms.provider.testing.Call;

/** Jakarta Messaging 3.1, sections 6.1.2 to 6.1.8. */
class ConnectionTest {
    private final TestProvider provider = new TestProvider();

    @Test
    void theClientIdCanBeSetFirstThing() throws JMSException {
        try (PgmConnection connection = fresh()) {
            assertNull(connection.getClientID());
            connection.getMetaData();
            connection.getExceptionListener();
            connection.setClientID("desk-7");

            assertEquals("desk-7", connection.getClientID());
            assertThrows(IllegalStateException.class, () -> connection.setClientID("desk-8"));
        }
    }

    @Test
    void theClientIdCannotBeSetAfterAnythingElse() throws JMSException {
        List<Use> uses = List.of(
                PgmConnection::start,
                PgmConnection::stop,
                PgmConnection::createSession,
                connection -> connection.setExceptionListener(null));
        for (Use use : uses) {
            try (PgmConnection connection = fresh()) {
                use.of(connection);

                assertThrows(IllegalStateException.class, () -> connection.setClientID("desk-7"));
            }
        }
    }

    @Test
    void anAdministeredClientIdCannotBeChanged() throws JMSException {
        try (PgmConnection connection =
                (PgmConnection) provider.factory("jms.clientId=desk-7").createConnection()) {
            assertThrows(IllegalStateException.class, () -> connection.setClientID("desk-8"));
        }
    }

    @Test
    void aClientIdIsInUseOnceAndFreeAfterClose() throws JMSException {
        try (PgmConnection first = fresh();
                PgmConnection second = fresh()) {
            first.setClientID("desk-7");
            assertThrows(InvalidClientIDException.class, () -> second.setClientID("desk-7"));
            assertThrows(InvalidClientIDException.class, () -> second.setClientID(null));
            assertThrows(InvalidClientIDException.class, () -> second.setClientID(" "));
        }
        try (PgmConnection third = fresh()) {
            third.setClientID("desk-7");
        }
    }

    @Test
    void theMetaDataNameVersionAndProperties() throws JMSException {
        try (PgmConnection connection = fresh()) {
            ConnectionMetaData data = connection.getMetaData();

            assertEquals("3.1", data.getJMSVersion());
            assertEquals(3, data.getJMSMajorVersion());
            assertEquals(1, data.getJMSMinorVersion());
            assertEquals("pgmjms", data.getJMSProviderName());
            assertEquals(
                    data.getProviderMajorVersion() + "." + data.getProviderMinorVersion(), data.getProviderVersion());
            assertEquals(
                    List.of("JMSXDeliveryCount", "JMSXGroupID", "JMSXGroupSeq"),
                    Collections.list((java.util.Enumeration<?>) data.getJMSXPropertyNames()));
        }
    }

    @Test
    void theExceptionListenerIsTheOneThatWasSet() throws JMSException {
        try (PgmConnection connection = fresh()) {
            ExceptionListener listener = exception -> {};
            assertNull(connection.getExceptionListener());
            connection.setExceptionListener(listener);
            assertSame(listener, connection.getExceptionListener());
            connection.setExceptionListener(null);
            assertNull(connection.getExceptionListener());
        }
    }

    @Test
    void startAndStopCanBeRepeated() throws JMSException {
        try (PgmConnection connection = fresh()) {
            connection.stop();
            connection.start();
            connection.start();
            connection.stop();
            connection.stop();
        }
    }

    @Test
    void aNewConnectionIsStopped() throws JMSException {
        try (PgmConnection connection = fresh()) {
            Session session = connection.createSession();
            var consumer = session.createConsumer(session.createTopic("t"));
            session.createProducer(session.createTopic("t")).send(session.createMessage());

            assertNull(consumer.receiveNoWait());
            connection.start();
            assertTrue(consumer.receiveNoWait() != null);
        }
    }

    @Test
    void aSessionOfAStartedConnectionIsStarted() throws JMSException {
        try (PgmConnection connection = fresh()) {
            connection.start();
            Session session = connection.createSession();
            var consumer = session.createConsumer(session.createTopic("t"));
            session.createProducer(session.createTopic("t")).send(session.createMessage());

            assertTrue(consumer.receiveNoWait() != null);
        }
    }

    @Test
    void closeEndsSessionsConsumersLinksAndThreads() throws JMSException {
        PgmConnection connection = fresh();
        List<Executable> closed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Session session = connection.createSession();
            var consumer = session.createConsumer(session.createTopic("t" + i));
            consumer.setMessageListener(message -> {});
            closed.add(session::getTransacted);
            closed.add(consumer::getMessageListener);
        }
        connection.start();

        connection.close();

        assertThat(closed).allSatisfy(call -> assertThrows(IllegalStateException.class, call));
        assertThat(provider.threads()).hasSize(10).noneMatch(Thread::isAlive);
        assertEquals(0, provider.network().subscriptions());
        assertEquals(0, provider.network().openLinks());
    }

    @Test
    void hundredsOfConnectionsComeAndGo() throws JMSException {
        for (int i = 0; i < 300; i++) {
            try (PgmConnection connection = fresh()) {
                Session session = connection.createSession();
                session.createProducer(session.createTopic("t")).send(session.createMessage());
            }
        }
        assertEquals(0, provider.network().openLinks());
        assertThat(provider.threads()).isEmpty();
    }

    @Test
    void sessionsOfOneConnectionShareALinkAndRawTopicsHaveTheirOwn() throws JMSException {
        try (PgmConnection connection = fresh()) {
            for (int i = 0; i < 3; i++) {
                Session session = connection.createSession();
                session.createConsumer(session.createTopic("a"));
                session.createConsumer(session.createTopic("b"));
            }
            assertEquals(1, provider.network().openLinks());
            Session session = connection.createSession();
            session.createConsumer(session.createTopic("a?format=raw"));
            assertEquals(2, provider.network().openLinks());
        }
    }

    @Test
    void statisticsAddUpTheLinks() throws JMSException {
        try (PgmConnection connection = fresh()) {
            StatisticsSource statistics = connection;
            assertEquals(Map.of(), statistics.statistics());
            Session session = connection.createSession();
            session.createProducer(session.createTopic("a")).send(session.createMessage());
            session.createProducer(session.createTopic("b?format=raw")).send(session.createBytesMessage());

            assertEquals(Map.of("source.odata_sent", 2L), statistics.statistics());
        }
    }

    @Test
    void manyThreadsMayCloseAtOnceAndAllReturnAfterTheClose() throws Exception {
        for (int round = 0; round < 50; round++) {
            PgmConnection connection = fresh();
            Session session = connection.createSession();
            var consumer = session.createConsumer(session.createTopic("t"));
            consumer.setMessageListener(message -> {});
            connection.start();
            session.createProducer(session.createTopic("t")).send(session.createMessage());

            List<Call<Boolean>> calls = new ArrayList<>();
            for (AutoCloseable each : List.of(connection, session, consumer, connection, session, consumer)) {
                calls.add(new Call<>(() -> {
                    each.close();
                    return each == connection && provider.network().openLinks() > 0;
                }));
            }

            for (Call<Boolean> call : calls) {
                assertEquals(false, call.result(), "returned before the connection was closed");
            }
            assertThat(provider.threads()).noneMatch(Thread::isAlive);
        }
    }

    private PgmConnection fresh() throws JMSException {
        return (PgmConnection) provider.factory().createConnection();
    }

    private interface Use {
        void of(PgmConnection connection) throws JMSException;
    }
}
