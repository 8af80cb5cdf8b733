package org.pgmjms.tck.faults;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.pgmjms.provider.PgmConnectionFactory;

/**
 * {@code MixedSessionProgram url= broker= mode=}: a session with listeners on a queue and on a topic gets a message from
 * each. While it has that of the topic, another one comes to the queue; then the listener ends its transaction, or
 * acknowledges, says so and does not return.
 */
public final class MixedSessionProgram {
    static final String QUEUE = "orders";
    static final String DONE = "DONE";
    static final String TRANSACTED = "transacted";

    private MixedSessionProgram() {}

    public static void main(String[] arguments) throws JMSException, InterruptedException {
        List<String> values = List.of(arguments).stream()
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .toList();
        PgmConnectionFactory factory = new PgmConnectionFactory(values.get(0));
        factory.setBrokerUrl(values.get(1));
        boolean isTransacted = values.get(2).equals(TRANSACTED);
        CountDownLatch hasFirst = new CountDownLatch(1);
        try (Connection connection = factory.createConnection()) {
            Session other = connection.createSession();
            Session session =
                    connection.createSession(isTransacted ? Session.SESSION_TRANSACTED : Session.CLIENT_ACKNOWLEDGE);
            Queue queue = session.createQueue(QUEUE);
            Topic topic = session.createTopic("news");
            session.createConsumer(queue).setMessageListener(message -> hasFirst.countDown());
            session.createConsumer(topic).setMessageListener(checked(message -> {
                other.createProducer(queue).send(other.createTextMessage("second"));
                if (isTransacted) {
                    session.commit();
                } else {
                    message.acknowledge();
                }
                System.out.println(DONE);
                new CountDownLatch(1).await();
            }));
            connection.start();
            other.createProducer(queue).send(other.createTextMessage("first"));
            hasFirst.await();
            other.createProducer(topic).send(other.createTextMessage("news"));
            new CountDownLatch(1).await();
        }
    }

    @FunctionalInterface
    private interface Work {
        void on(Message message) throws JMSException, InterruptedException;
    }

    private static MessageListener checked(Work work) {
        return message -> {
            try {
                work.on(message);
            } catch (JMSException e) {
                throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
