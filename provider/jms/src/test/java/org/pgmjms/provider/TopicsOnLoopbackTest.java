package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.destination.GroupPool;

/** Pools, rules, wildcards and ZeroMQ's framing on real sockets, with packets dropped on purpose. */
class TopicsOnLoopbackTest {
    private static final int TOPICS = 12;
    private static final int ROUNDS = 200;
    private static final String POOL = "239.192.91.16/30";
    private static final String RULES = "jms.topics=quotes.special=239.192.91.30:17597,feed=239.192.91.31?format=zmq";
    private static final String URL = "epgm://lo;" + POOL + ":17596?" + RULES;

    @Test
    void aWildcardTakesTopicsOfAllGroupsThroughLoss() throws Exception {
        try (PgmConnection subscriber = connection("pgm.simulatedLoss=5,seed=7");
                Connection publisher = connection("pgm.linger=2s")) {
            List<Object> losses = new ArrayList<>();
            subscriber.setExceptionListener(losses::add);
            Session session = subscriber.createSession();
            MessageConsumer consumer = session.createConsumer(session.createTopic("quotes.*"));
            subscriber.start();

            publish(publisher);

            Map<String, Integer> next = new HashMap<>();
            for (int i = 0; i < (TOPICS + 1) * ROUNDS; i++) {
                TextMessage message = (TextMessage) consumer.receive();
                String topic = ((Topic) message.getJMSDestination()).getTopicName();
                assertEquals(String.valueOf(next.merge(topic, 1, Integer::sum)), message.getText(), topic);
            }
            assertThat(next).hasSize(TOPICS + 1).containsKey("quotes.special");
            assertThat(next.keySet().stream()
                            .map(GroupPool.parse(POOL)::groupOf)
                            .distinct())
                    .as("groups in use")
                    .hasSizeGreaterThan(2);
            assertThat(losses).isEmpty();
            assertThat(subscriber.statistics().get("receiver.simulated_loss")).isPositive();
        }
    }

    private static void publish(Connection publisher) throws JMSException {
        Session session = publisher.createSession();
        MessageProducer producer = session.createProducer(null);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        for (int round = 1; round <= ROUNDS; round++) {
            for (int topic = 0; topic < TOPICS; topic++) {
                producer.send(session.createTopic("quotes." + topic), session.createTextMessage("" + round));
            }
            producer.send(session.createTopic("quotes.special"), session.createTextMessage("" + round));
            producer.send(session.createTopic("orders." + round), session.createTextMessage("not for it"));
        }
    }

    @Test
    void messagesInZeroMqsFramesArriveThroughLoss() throws Exception {
        try (PgmConnection subscriber = connection("pgm.simulatedLoss=5,seed=9");
                Connection publisher = connection("pgm.linger=2s")) {
            List<Object> losses = new ArrayList<>();
            subscriber.setExceptionListener(losses::add);
            Session receiving = subscriber.createSession();
            MessageConsumer consumer = receiving.createConsumer(receiving.createTopic("feed"));
            subscriber.start();
            Session session = publisher.createSession();
            MessageProducer producer = session.createProducer(session.createTopic("feed"));

            for (int i = 0; i < 1_000; i++) {
                BytesMessage message = session.createBytesMessage();
                message.writeInt(i);
                message.writeBytes(new byte[i % 50 == 0 ? 10_000 : i % 300]);
                producer.send(message);
            }
            StreamMessage parts = session.createStreamMessage();
            parts.writeBytes(new byte[] {1});
            parts.writeBytes(new byte[3_000]);
            producer.send(parts);

            for (int i = 0; i < 1_000; i++) {
                BytesMessage message = (BytesMessage) consumer.receive();
                assertEquals(i, message.readInt());
                assertEquals(4 + (i % 50 == 0 ? 10_000 : i % 300), message.getBodyLength());
            }
            StreamMessage last = (StreamMessage) consumer.receive();
            assertArrayEquals(new byte[] {1}, (byte[]) last.readObject());
            assertEquals(3_000, ((byte[]) last.readObject()).length);
            assertThat(losses).isEmpty();
            assertThat(subscriber.statistics().get("receiver.simulated_loss")).isPositive();
        }
    }

    @Test
    void repliesComeOnAnotherGroupOfThePool() throws Exception {
        try (PgmConnection client = connection("pgm.linger=0");
                PgmConnection server = connection("pgm.linger=1s")) {
            Session answering = server.createSession();
            answering
                    .createConsumer(answering.createTopic("requests"))
                    .setMessageListener(request -> answer(answering, request));
            server.start();
            client.start();
            Session asking = client.createSession();
            for (int i = 0; i < 5; i++) {
                Topic replyTo = asking.createTemporaryTopic();
                MessageConsumer replies = asking.createConsumer(replyTo);
                Message request = asking.createTextMessage("question " + i);
                request.setJMSReplyTo(replyTo);
                asking.createProducer(asking.createTopic("requests")).send(request);

                Message reply = replies.receive();
                assertEquals("answer to question " + i, ((TextMessage) reply).getText());
            }
        }
    }

    private static void answer(Session session, Message request) {
        try {
            session.createProducer(request.getJMSReplyTo())
                    .send(session.createTextMessage("answer to " + ((TextMessage) request).getText()));
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static PgmConnection connection(String option) throws JMSException {
        return (PgmConnection) new PgmConnectionFactory(URL + "&" + option).createConnection();
    }
}
