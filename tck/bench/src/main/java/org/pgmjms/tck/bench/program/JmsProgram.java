package org.pgmjms.tck.bench.program;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import org.pgmjms.provider.PgmConnectionFactory;

/**
 * pgmjms through its JMS API: a bytes message for each unit, {@code mode=listener} or {@code mode=receive}, on
 * {@code topics} topics, with {@code others} consumers in the receiver's JVM that do not match; with {@code queue=1} the
 * session has also used a queue of its companion broker.
 */
final class JmsProgram implements Program {
    private static final long RECEIVE_MS = 100;
    private static final long QUEUE_MS = 10_000;

    @Override
    public void send(Arguments arguments, Governor governor) throws JMSException {
        try (Connection connection = connect(arguments)) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            useQueue(connection, session, arguments);
            int topics = arguments.number("topics", 1);
            MessageProducer[] producers = new MessageProducer[topics];
            for (int i = 0; i < topics; i++) {
                producers[i] = BytesMessages.producer(session, topics == 1 ? "md" : "md." + i);
            }
            BytesMessages.send(session, producers, arguments, governor);
        }
    }

    @Override
    public void receive(Arguments arguments, Receipts receipts) throws Exception {
        try (Connection connection = connect(arguments)) {
            for (int i = 0; i < arguments.number("others", 0); i++) {
                Session other = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                other.createConsumer(other.createTopic("other." + i)).setMessageListener(message -> {});
            }
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            useQueue(connection, session, arguments);
            String pattern = arguments.number("topics", 1) == 1 ? "md" : "md.*";
            MessageConsumer consumer = session.createConsumer(session.createTopic(pattern));
            if (arguments.text("mode").equals("listener")) {
                consumer.setMessageListener(message -> BytesMessages.take(message, receipts));
                connection.start();
                receipts.ready();
                Waiting.untilStopped(receipts);
            } else {
                connection.start();
                receipts.ready();
                while (!receipts.isStopped()) {
                    Message message = consumer.receive(RECEIVE_MS);
                    if (message != null) {
                        BytesMessages.take(message, receipts);
                    }
                }
            }
        }
    }

    private static void useQueue(Connection connection, Session session, Arguments arguments) throws JMSException {
        if (arguments.is("queue")) {
            connection.start();
            Queue queue = session.createQueue("bench");
            try (MessageProducer producer = session.createProducer(queue);
                    MessageConsumer consumer = session.createConsumer(queue)) {
                producer.send(session.createMessage());
                if (consumer.receive(QUEUE_MS) == null) {
                    throw new JMSException("the companion broker gave nothing back");
                }
            }
        }
    }

    private static Connection connect(Arguments arguments) throws JMSException {
        return new PgmConnectionFactory(arguments.text("url")).createConnection();
    }
}
