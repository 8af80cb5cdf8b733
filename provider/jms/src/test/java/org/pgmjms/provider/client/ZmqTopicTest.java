package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.TestProvider;

/** Topics whose rule says {@code format=zmq}. */
class ZmqTopicTest {
    private final TestProvider provider = new TestProvider();
    private Session session;
    private MessageConsumer consumer;
    private MessageProducer producer;

    @BeforeEach
    void open() throws JMSException {
        session =
                provider.connection("jms.topics=feed.>=239.192.9.9?format=zmq").createSession();
        consumer = session.createConsumer(session.createTopic("feed.a"));
        producer = session.createProducer(session.createTopic("feed.a"));
    }

    @AfterEach
    void close() throws JMSException {
        provider.close();
    }

    @Test
    void aBytesMessageIsAMessageOfOnePart() throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(new byte[] {1, 2, 3});
        message.setStringProperty("lost", "on the way");
        producer.send(message);

        BytesMessage received = (BytesMessage) consumer.receive();
        assertEquals(3, received.getBodyLength());
        assertArrayEquals(new byte[] {1, 2, 3}, received.getBody(byte[].class));
        assertEquals(session.createTopic("feed.a"), received.getJMSDestination());
        assertThat(received.propertyExists("lost")).isFalse();
    }

    @Test
    void aStreamMessageOfByteArraysHasAPartForEach() throws JMSException {
        StreamMessage message = session.createStreamMessage();
        message.writeBytes(new byte[] {1});
        message.writeBytes(new byte[300]);
        producer.send(message);

        StreamMessage received = (StreamMessage) consumer.receive();
        assertArrayEquals(new byte[] {1}, (byte[]) received.readObject());
        assertArrayEquals(new byte[300], (byte[]) received.readObject());
        assertThrows(MessageEOFException.class, received::readObject);
    }

    @Test
    void otherMessagesAreRefused() throws JMSException {
        StreamMessage numbers = session.createStreamMessage();
        numbers.writeInt(1);

        assertThrows(MessageFormatException.class, () -> producer.send(session.createTextMessage("text")));
        assertThrows(MessageFormatException.class, () -> producer.send(numbers));
        assertThrows(MessageFormatException.class, () -> producer.send(session.createStreamMessage()));
    }
}
