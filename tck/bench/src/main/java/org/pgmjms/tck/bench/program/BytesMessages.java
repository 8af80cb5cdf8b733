package org.pgmjms.tck.bench.program;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

/** What JMS programs do the same with every provider: a bytes message for each unit, without what costs extra. */
final class BytesMessages {
    private static final int HEAD_BYTES = 2 * Long.BYTES;

    private BytesMessages() {}

    /** A producer for a topic, NON_PERSISTENT, without message id and timestamp. */
    static MessageProducer producer(Session session, String topic) throws JMSException {
        MessageProducer producer = session.createProducer(session.createTopic(topic));
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setDisableMessageID(true);
        producer.setDisableMessageTimestamp(true);
        return producer;
    }

    /** Sends while the governor admits it, through one producer after another. */
    static void send(Session session, MessageProducer[] producers, Arguments arguments, Governor governor)
            throws JMSException {
        byte[] rest = new byte[arguments.number("size") - HEAD_BYTES];
        for (long sequence = 0; governor.admit(sequence); sequence++) {
            BytesMessage message = session.createBytesMessage();
            message.writeLong(sequence);
            message.writeLong(governor.stampNs());
            message.writeBytes(rest);
            producers[(int) (sequence % producers.length)].send(message);
            governor.sent(sequence + 1);
        }
    }

    /** Reads the head of a message. */
    static void take(Message message, Receipts receipts) {
        try {
            BytesMessage bytes = (BytesMessage) message;
            long sequence = bytes.readLong();
            receipts.onMessage(sequence, bytes.readLong());
            receipts.publish();
        } catch (JMSException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
