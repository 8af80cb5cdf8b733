package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.pgmjms.provider.TestProvider;

/** A started connection with a consumer on one session and a producer on another, both of one topic. */
abstract class JmsFixture {
    final TestProvider provider = new TestProvider();
    PgmConnection connection;
    PgmSession session;
    Topic topic;
    MessageConsumer consumer;
    MessageProducer producer;

    /** The session mode of the consumer. */
    int mode() {
        return Session.AUTO_ACKNOWLEDGE;
    }

    /** Options of the connection. */
    String options() {
        return "";
    }

    @BeforeEach
    void open() throws JMSException {
        connection = provider.connection(options());
        session = (PgmSession) connection.createSession(mode());
        topic = session.createTopic("quotes.us");
        consumer = session.createConsumer(topic);
        producer = connection.createSession().createProducer(topic);
    }

    @AfterEach
    void close() throws JMSException {
        provider.close();
    }

    void send(String... texts) throws JMSException {
        for (String text : texts) {
            producer.send(session.createTextMessage(text));
        }
    }

    static String text(Message message) throws JMSException {
        return ((TextMessage) message).getText();
    }

    static int deliveryCount(Message message) throws JMSException {
        return message.getIntProperty("JMSXDeliveryCount");
    }
}
