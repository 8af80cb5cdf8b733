package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.testing.Call;

/** Transactions over two groups on the loopback interface, with packets dropped on purpose. */
class LoopbackTransactionTest {
    private static final int REQUESTS = 1_000;
    private static final int BATCH = 7;
    private static final String URL = "epgm://lo;239.192.91.8:17592";
    private static final String SECOND_GROUP = "?group=239.192.91.9";

    /** Takes requests in batches, rolls every other batch back at first, and answers on two groups with the commit. */
    private static void relay(Session session, MessageConsumer requests, Topic left, Topic right) throws JMSException {
        MessageProducer producer = session.createProducer(null);
        int answered = 0;
        for (int batch = 0; answered < REQUESTS; batch++) {
            boolean isRolledBack = batch % 2 == 0;
            int size = Math.min(BATCH, REQUESTS - answered);
            for (int i = 0; i < size; i++) {
                TextMessage request = (TextMessage) requests.receive();
                assertEquals("request " + (answered + i), request.getText());
                assertEquals(batch > 0 && !isRolledBack, request.getJMSRedelivered());
                producer.send(left, session.createTextMessage("left of " + request.getText()));
                producer.send(right, session.createTextMessage("right of " + request.getText()));
            }
            if (isRolledBack) {
                session.rollback();
            } else {
                session.commit();
                answered += size;
            }
        }
    }

    @Test
    void requestsAreAnsweredOnceInOrderOnBothGroupsThoughPacketsAreLostAndBatchesRolledBack() throws Exception {
        List<Object> losses = new CopyOnWriteArrayList<>();
        try (PgmConnection relaying = connection("pgm.simulatedLoss=3,seed=5", losses);
                PgmConnection asking = connection("", losses);
                PgmConnection observing = connection("pgm.simulatedLoss=3,seed=6", losses)) {
            Session transacted = relaying.createSession(true, Session.SESSION_TRANSACTED);
            Topic left = transacted.createTopic("left");
            Topic right = transacted.createTopic("right" + SECOND_GROUP);
            MessageConsumer requests = transacted.createConsumer(transacted.createTopic("requests"));
            List<MessageConsumer> observers = new ArrayList<>();
            for (Topic each : List.of(left, right)) {
                observers.add(observing.createSession().createConsumer(each));
            }
            Call<Void> relay = Call.of(() -> relay(transacted, requests, left, right));
            try (Session session = asking.createSession()) {
                MessageProducer producer = session.createProducer(session.createTopic("requests"));
                for (int i = 0; i < REQUESTS; i++) {
                    producer.send(session.createTextMessage("request " + i));
                }
            }

            for (int i = 0; i < REQUESTS; i++) {
                assertEquals("left of request " + i, text(observers.get(0).receive()));
                assertEquals("right of request " + i, text(observers.get(1).receive()));
            }
            relay.result();
            assertThat(losses).isEmpty();
            assertThat(observing.statistics().get("receiver.simulated_loss")).isPositive();
        }
    }

    private static PgmConnection connection(String options, List<Object> losses) throws JMSException {
        PgmConnection connection = (PgmConnection) new PgmConnectionFactory(URL + "?" + options).createConnection();
        connection.setExceptionListener(losses::add);
        connection.start();
        return connection;
    }

    private static String text(Message message) throws JMSException {
        return ((TextMessage) message).getText();
    }
}
