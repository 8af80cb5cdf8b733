package org.pgmjms.tck.bench.program;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A topic of an Artemis broker over TCP; {@link ArtemisBroker} runs in a process beside the sender. */
final class ArtemisProgram implements Program {
    private static final int WINDOW_BYTES = 1 << 20;

    @Override
    public void send(Arguments arguments, Governor governor) throws JMSException {
        try (Connection connection = connect(arguments)) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer[] producers = {BytesMessages.producer(session, "md")};
            BytesMessages.send(session, producers, arguments, governor);
        }
    }

    @Override
    public void receive(Arguments arguments, Receipts receipts) throws Exception {
        try (Connection connection = connect(arguments)) {
            Session session = connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
            session.createConsumer(session.createTopic("md"))
                    .setMessageListener(message -> BytesMessages.take(message, receipts));
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
