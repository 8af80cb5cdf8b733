package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.client.PgmConnection;

/** Real sockets on the loopback interface, with packets dropped on purpose. */
class LoopbackTest {
    private static final int MESSAGES = 10_000;
    private static final String URL = "epgm://lo;239.192.91.7:17591";

    @Test
    void twoSubscribersGetEverythingInOrderThoughPacketsAreLost() throws Exception {
        try (PgmConnection first = subscriber(7);
                PgmConnection second = subscriber(8);
                Connection publisher = new PgmConnectionFactory(URL).createConnection()) {
            List<BlockingQueue<Message>> queues = new ArrayList<>();
            List<Object> losses = new ArrayList<>();
            for (PgmConnection each : List.of(first, second)) {
                BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
                queues.add(queue);
                each.setExceptionListener(losses::add);
                Session session = each.createSession();
                session.createConsumer(session.createTopic("quotes.us")).setMessageListener(queue::add);
                each.start();
            }

            send(publisher, "quotes.us");

            for (BlockingQueue<Message> queue : queues) {
                for (int i = 0; i < MESSAGES; i++) {
                    assertEquals("message " + i, ((TextMessage) queue.take()).getText());
                }
            }
            assertThat(losses).isEmpty();
            for (PgmConnection each : List.of(first, second)) {
                assertThat(each.statistics().get("receiver.simulated_loss")).isPositive();
            }
        }
    }

    @Test
    void aConsumerOfTheSameJvmReceivesFromTheFirstMessageOn() throws Exception {
        try (Connection connection = new PgmConnectionFactory(URL).createConnection()) {
            connection.start();
            Session session = connection.createSession();
            MessageConsumer consumer = session.createConsumer(session.createTopic("quotes.de"));

            send(connection, "quotes.de");

            for (int i = 0; i < MESSAGES; i++) {
                assertEquals("message " + i, ((TextMessage) consumer.receive()).getText());
            }
        }
    }

    private static PgmConnection subscriber(int seed) throws JMSException {
        return (PgmConnection) new PgmConnectionFactory(URL + "?pgm.simulatedLoss=5,seed=" + seed).createConnection();
    }

    private static void send(Connection connection, String topic) throws JMSException {
        try (Session session = connection.createSession()) {
            MessageProducer producer = session.createProducer(session.createTopic(topic));
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (int i = 0; i < MESSAGES; i++) {
                producer.send(session.createTextMessage("message " + i));
            }
        }
    }
}
