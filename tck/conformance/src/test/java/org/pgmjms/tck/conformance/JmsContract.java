package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * What the contracts share. A contract says what a chapter of Jakarta Messaging 3.1 demands of any provider; it runs on
 * this one and on an embedded Artemis, so that a test that is wrong is found out.
 */
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(Providers.class)
@ExtendWith({Providers.class, DifferenceWatch.class})
abstract class JmsContract {
    /** How long to wait for what must come. */
    static final long SOON_MS = 10_000;

    /** How long to wait for what must not come, where nothing else can be waited for. */
    static final long A_WHILE_MS = 100;

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Whom this instance runs on. */
    @Parameter
    Provider provider;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    ConnectionFactory factory() throws JMSException {
        return closedLater(provider.factory());
    }

    /** Closes it after the test, if that can be done. */
    <T> T closedLater(T thing) {
        if (thing instanceof AutoCloseable closeable) {
            opened.add(closeable);
        }
        return thing;
    }

    /** A connection that is closed after the test; not started. */
    Connection connection() throws JMSException {
        return closedLater(factory().createConnection());
    }

    Connection startedConnection() throws JMSException {
        Connection connection = connection();
        connection.start();
        return connection;
    }

    /** A session of a started connection of its own. */
    Session session() throws JMSException {
        return startedConnection().createSession();
    }

    Session session(int mode) throws JMSException {
        return startedConnection().createSession(mode);
    }

    JMSContext context() throws JMSException {
        return closedLater(factory().createContext());
    }

    JMSContext context(int mode) throws JMSException {
        return closedLater(factory().createContext(mode));
    }

    /** A name that no other test uses. */
    static String uniqueName() {
        return "contract." + NAMES.incrementAndGet();
    }

    static Topic topic(Session session) throws JMSException {
        return session.createTopic(uniqueName());
    }

    static Topic topic(JMSContext context) {
        return context.createTopic(uniqueName());
    }

    static void sendTexts(Session session, Destination destination, String... texts) throws JMSException {
        try (MessageProducer producer = session.createProducer(destination)) {
            for (String text : texts) {
                producer.send(session.createTextMessage(text));
            }
        }
    }

    static String receiveText(MessageConsumer consumer) throws JMSException {
        return text(consumer.receive(SOON_MS));
    }

    static List<String> receiveTexts(MessageConsumer consumer, int count) throws JMSException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message message = consumer.receive(SOON_MS);
            assertThat(message).as("message after %s", texts).isNotNull();
            texts.add(text(message));
        }
        return texts;
    }

    static String text(Message message) throws JMSException {
        return message == null ? null : ((TextMessage) message).getText();
    }

    /** A text with how often it was delivered before, such as {@code a/1}. */
    static String delivery(Message message) throws JMSException {
        int count = message.getIntProperty("JMSXDeliveryCount");
        assertThat(message.getJMSRedelivered()).isEqualTo(count > 1);
        return text(message) + "/" + count;
    }

    static List<String> deliveries(MessageConsumer consumer, int count) throws JMSException {
        List<String> deliveries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message message = consumer.receive(SOON_MS);
            assertThat(message).as("message after %s", deliveries).isNotNull();
            deliveries.add(delivery(message));
        }
        return deliveries;
    }

    /** Sends one more message: it has to be the next to come, so nothing was left before it. */
    static void assertNothingLeft(Session session, Destination destination, MessageConsumer consumer)
            throws JMSException {
        sendTexts(session, destination, "the end");

        assertThat(receiveText(consumer)).isEqualTo("the end");
    }

    /** A provider may look at its clock more than once in a send. */
    static void assertSameTime(long actualMs, long expectedMs) {
        assertThat(actualMs).isCloseTo(expectedMs, within(A_WHILE_MS));
    }

    /** The strings of one of the enumerations without a type that Jakarta Messaging answers. */
    static List<String> strings(Enumeration<?> names) {
        return Collections.list(names).stream().map(String.class::cast).toList();
    }

    /** Sends a message through the provider and answers what a subscriber gets. */
    @SuppressWarnings("unchecked")
    <M extends Message> M roundTrip(Session session, M message) throws JMSException {
        Topic topic = topic(session);
        try (MessageConsumer consumer = session.createConsumer(topic);
                MessageProducer producer = session.createProducer(topic)) {
            producer.send(message);
            return (M) consumer.receive(SOON_MS);
        }
    }
}
