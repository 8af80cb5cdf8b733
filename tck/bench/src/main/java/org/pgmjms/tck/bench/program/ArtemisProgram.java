package org.pgmjms.tck.bench.program;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A topic of an Artemis broker over TCP; {@link ArtemisBroker} runs in a process beside the sender. */
final class ArtemisProgram implements Program {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int HEAD_BYTES = 2 * Long.BYTES;

    @Override
    public void send(Arguments arguments, Governor governor) throws JMSException {
        try (Connection connection = connect(arguments)) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createTopic("md"));
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            producer.setDisableMessageID(true);
            producer.setDisableMessageTimestamp(true);
            byte[] rest = new byte[arguments.number("size") - HEAD_BYTES];
            for (long sequence = 0; governor.admit(sequence); sequence++) {
                BytesMessage message = session.createBytesMessage();
                message.writeLong(sequence);
                message.writeLong(governor.stampNs());
                message.writeBytes(rest);
                producer.send(message);
                governor.sent(sequence + 1);
            }
        }
    }

    @Override
    public void receive(Arguments arguments, Receipts receipts) throws Exception {
        try (Connection connection = connect(arguments)) {
            Session session = connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
            session.createConsumer(session.createTopic("md"))
                    .setMessageListener(message -> JmsProgram.take(message, receipts));
            connection.start();
            receipts.ready();
            Waiting.untilStopped(receipts);
        }
    }

    private static Connection connect(Arguments arguments) throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(arguments.text("url"));
        factory.setProducerWindowSize(WINDOW_BYTES);
        factory.setConsumerWindowSize(WINDOW_BYTES);
        return factory.createConnection();
    }
}
