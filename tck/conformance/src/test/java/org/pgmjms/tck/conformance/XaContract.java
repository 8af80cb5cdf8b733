package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import org.junit.jupiter.api.BeforeEach;

/** A session for global transactions that sends to a queue and a topic, and another session that sees what of it is there. */
abstract class XaContract extends JmsContract {
    XAConnection connection;
    XASession session;
    Session reading;
    Queue queue;
    Topic topic;
    MessageConsumer queued;
    MessageConsumer published;

    @BeforeEach
    void openReader() throws JMSException {
        reading = session();
        topic = topic(reading);
        published = reading.createConsumer(topic);
    }

    /** What needs a broker, which is why it is not done before a test begins. */
    void openXa() throws JMSException {
        connection = xaConnection();
        session = connection.createXASession();
        queue = session.createQueue(uniqueName());
        queued = reading.createConsumer(queue);
    }

    /** A started connection that is closed after the test. */
    XAConnection xaConnection() throws JMSException {
        XAConnection opened = closedLater(closedLater(provider.xaFactory()).createXAConnection());
        opened.start();
        return opened;
    }

    void sendToBoth(Session sender, String text) throws JMSException {
        sendTexts(sender, queue, text);
        sendTexts(sender, topic, text);
    }

    /** What was sent in the branch is not there: what others send now comes first. */
    void assertNothingBefore(String text) throws JMSException {
        sendToBoth(reading, text);
        assertBothGot(text);
    }

    void assertBothGot(String text) throws JMSException {
        assertThat(receiveText(queued)).isEqualTo(text);
        assertThat(receiveText(published)).isEqualTo(text);
    }
}
