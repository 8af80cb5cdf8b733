package org.pgmjms.tck.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.Connection;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.loss.LossReport;

/** messaginghub's {@code pooled-jms} around the factory. */
class PooledJmsTest {
    private static final int PORT = 17936;
    private static final String SENT_TO = "239.192.93.6";
    private static final String HEARD_ON = "239.192.93.7";
    private static final int MESSAGES = 100;

    private final AtomicInteger connections = new AtomicInteger();
    private final JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();

    @BeforeEach
    void fill() {
        pool.setConnectionFactory(factory("epgm://lo;" + SENT_TO + ":" + PORT));
    }

    @AfterEach
    void drain() {
        pool.stop();
    }

    @Test
    void connectionsAndSessionsAreReusedAndNothingIsLost() throws JMSException {
        try (Connection connection = pool.createConnection()) {
            connection.start();
            Session session = connection.createSession();
            MessageConsumer consumer = session.createConsumer(session.createTopic("quotes.us"));
            for (int i = 0; i < MESSAGES; i++) {
                publish("message " + i);
            }

            for (int i = 0; i < MESSAGES; i++) {
                assertEquals("message " + i, ((TextMessage) consumer.receive()).getText());
            }
        }
        assertEquals(1, connections.get(), "connections");
    }

    @Test
    void contextsComeFromThePoolAsWell() throws JMSException {
        try (JMSContext subscriber = pool.createContext();
                JMSContext publisher = pool.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
            Topic topic = subscriber.createTopic("quotes.us");
            JMSConsumer consumer = subscriber.createConsumer(topic);

            publisher.createProducer().send(topic, "39.81");

            assertEquals("39.81", consumer.receive().getBody(String.class), "the pool has no receiveBody");
        }
    }

    @Test
    void aTransactedSessionCommitsAndRollsBack() throws JMSException {
        try (Connection connection = pool.createConnection()) {
            connection.start();
            Session reading = connection.createSession();
            MessageConsumer consumer = reading.createConsumer(reading.createTopic("quotes.us"));
            try (Session writing = connection.createSession(Session.SESSION_TRANSACTED)) {
                MessageProducer producer = writing.createProducer(writing.createTopic("quotes.us"));
                producer.send(writing.createTextMessage("rolled back"));
                writing.rollback();
                producer.send(writing.createTextMessage("committed"));
                writing.commit();
            }

            assertEquals("committed", ((TextMessage) consumer.receive()).getText());
            assertNull(consumer.receiveNoWait());
        }
    }

    @Test
    void aGapWithMarkLeavesThePooledConnectionInPlace() throws Exception {
        PgmConnectionFactory heard = factory("epgm://lo;" + HEARD_ON + ":" + PORT + "?pgm.gapDeadline=250ms");
        BlockingQueue<LossReport> losses = new LinkedBlockingQueue<>();
        heard.setJmsLossPolicy("mark");
        heard.setLossListener(losses::add);
        JmsPoolConnectionFactory listening = new JmsPoolConnectionFactory();
        listening.setConnectionFactory(heard);
        try (Relay relay = new Relay(SENT_TO, HEARD_ON, PORT);
                Connection connection = listening.createConnection()) {
            connection.start();
            Session session = connection.createSession();
            MessageConsumer consumer = session.createConsumer(session.createTopic("quotes.us"));
            for (String text : new String[] {"before", Relay.LOST + 1, Relay.LOST + 2, "after"}) {
                publish(text);
                relay.awaitPassing(text);
            }

            assertEquals("before", ((TextMessage) consumer.receive()).getText());
            TextMessage after = (TextMessage) consumer.receive();
            assertEquals("after", after.getText());
            assertEquals(2, after.getLongProperty("JMS_PGM_GapBefore"));
            assertEquals(2, losses.take().count());
            listening.createConnection().close();
            assertEquals(2, connections.get(), "one of each pool");
        } finally {
            listening.stop();
        }
    }

    @Test
    void whoIsNotAcceptedIsRefusedThroughThePool() throws JMSException {
        PgmConnectionFactory guarded = new PgmConnectionFactory("epgm://lo;" + SENT_TO + ":" + PORT);
        guarded.setAuthenticator((user, password) -> "ann".equals(user) && "s3cret".equals(password));
        pool.setConnectionFactory(guarded);

        pool.createConnection("ann", "s3cret").close();
        assertThatThrownBy(() -> pool.createConnection("ann", "guess")).isInstanceOf(JMSSecurityException.class);
        assertThat(pool.getNumConnections()).isEqualTo(1);
    }

    private void publish(String text) throws JMSException {
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession()) {
            session.createProducer(session.createTopic("quotes.us")).send(session.createTextMessage(text));
        }
    }

    private PgmConnectionFactory factory(String url) {
        PgmConnectionFactory factory = new PgmConnectionFactory(url);
        factory.setAuthenticator((user, password) -> connections.incrementAndGet() > 0);
        return factory;
    }
}
