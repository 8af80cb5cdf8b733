package org.pgmjms.tck.conformance;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/**
 * What the contracts share. A contract says what Jakarta Messaging demands of any provider; it runs on this one and on an
 * embedded Artemis, so that a test that is wrong is found out.
 */
abstract class JmsContract {
    /** How long to wait for what must come. */
    static final long SOON_MS = 10_000;

    /** How long to wait for what must not come. */
    static final long A_WHILE_MS = 300;

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** The provider under test. */
    abstract ConnectionFactory factory() throws JMSException;

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    /** A connection that is closed after the test; not started. */
    Connection connection() throws JMSException {
        Connection connection = factory().createConnection();
        opened.add(connection);
        return connection;
    }

    Connection startedConnection() throws JMSException {
        Connection connection = connection();
        connection.start();
        return connection;
    }

    JMSContext context() throws JMSException {
        JMSContext context = factory().createContext();
        opened.add(context);
        return context;
    }

    /** A topic that no other test uses. */
    static Topic topic(Session session) throws JMSException {
        return session.createTopic("contract." + TOPICS.incrementAndGet());
    }

    static Topic topic(JMSContext context) {
        return context.createTopic("contract." + TOPICS.incrementAndGet());
    }

    static void sendTexts(Session session, Topic topic, String... texts) throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        for (String text : texts) {
            producer.send(session.createTextMessage(text));
        }
        producer.close();
    }

    static String receiveText(MessageConsumer consumer) throws JMSException {
        Message message = consumer.receive(SOON_MS);
        return message == null ? null : ((TextMessage) message).getText();
    }

    static List<String> receiveTexts(MessageConsumer consumer, int count) throws JMSException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(receiveText(consumer));
        }
        return texts;
    }

    /** The strings of one of the enumerations without a type that Jakarta Messaging answers. */
    static List<String> strings(Enumeration<?> names) {
        return Collections.list(names).stream().map(String.class::cast).toList();
    }

    /** Sends a message through the provider and answers what a subscriber gets. */
    @SuppressWarnings("unchecked")
    <M extends Message> M roundTrip(Session session, M message) throws JMSException {
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        session.createProducer(topic).send(message);
        return (M) consumer.receive(SOON_MS);
    }
}
