package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A shared subscription on real sockets, fed by the same and by another transport, with packets dropped on purpose. */
class SharedSubscriptionOnLoopbackTest {
    private static final int MESSAGES = 5_000;
    private static final String NETWORK = "epgm://lo;239.192.91.9:17593?pgm.linger=0";

    @Test
    void twoConnectionsShareWhatIsSentAndOutliveTheFirstOfThem() throws Exception {
        PgmConnectionFactory sharing = new PgmConnectionFactory(NETWORK + "&pgm.simulatedLoss=2,seed=3");
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        List<Object> losses = new ArrayList<>();
        Connection first = consumer(sharing, heard, losses);
        try (Connection second = consumer(sharing, heard, losses)) {
            send(sharing, "local");
            assertThat(take(heard)).containsExactlyInAnyOrderElementsOf(bodies("local"));

            first.close();
            send(new PgmConnectionFactory(NETWORK), "remote");

            assertThat(take(heard)).containsExactlyInAnyOrderElementsOf(bodies("remote"));
            assertThat(second.getExceptionListener()).isNotNull();
        }
        assertThat(heard).isEmpty();
        assertThat(losses).isEmpty();
    }

    private static Connection consumer(PgmConnectionFactory factory, BlockingQueue<String> heard, List<Object> losses)
            throws JMSException {
        Connection connection = factory.createConnection();
        connection.setExceptionListener(losses::add);
        for (int i = 0; i < 2; i++) {
            Session session = connection.createSession();
            session.createSharedConsumer(session.createTopic("shared.quotes"), "desk")
                    .setMessageListener(message -> {
                        try {
                            heard.add(((TextMessage) message).getText());
                        } catch (JMSException e) {
                            throw new AssertionError(e);
                        }
                    });
        }
        connection.start();
        return connection;
    }

    private static void send(PgmConnectionFactory factory, String prefix) throws JMSException {
        try (Connection connection = factory.createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(session.createTopic("shared.quotes"));
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (String body : bodies(prefix)) {
                producer.send(session.createTextMessage(body));
            }
        }
    }

    private static List<String> bodies(String prefix) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            bodies.add(prefix + " " + i);
        }
        return bodies;
    }

    private static List<String> take(BlockingQueue<String> heard) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            taken.add(heard.take());
        }
        return taken;
    }
}
