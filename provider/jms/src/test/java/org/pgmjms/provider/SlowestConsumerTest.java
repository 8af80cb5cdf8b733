package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.client.PgmConnection;

/** Publishers at full speed and consumers that are slower, on the loopback interface. */
class SlowestConsumerTest {
    private static final int MESSAGES = 40_000;
    private static final int BODY_BYTES = 200;
    private static final int SPINS = 1_000;
    private static final String CONSUMER = "epgm://lo;239.192.91.17:17593?jms.prefetch.messages=2000";
    private static final String PUBLISHER =
            "epgm://lo;239.192.91.17:17593?pgm.sendLimit=min&pgm.sendLimit.receivers=1&pgm.maxRate=10Gbit/s&pgm.sendLimit.patience=";

    private static PgmConnection connect(String url) throws JMSException {
        return (PgmConnection) new PgmConnectionFactory(url).createConnection();
    }

    private static void publish(Connection connection) {
        try (Session session = connection.createSession()) {
            MessageProducer producer = session.createProducer(session.createTopic("quotes"));
            byte[] body = new byte[BODY_BYTES];
            for (int i = 0; i < MESSAGES; i++) {
                BytesMessage message = session.createBytesMessage();
                message.setIntProperty("number", i);
                message.writeBytes(body);
                producer.send(message);
            }
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void workABit() {
        for (int i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aSlowConsumerSlowsThePublisherAndLosesNothing() throws Exception {
        try (PgmConnection subscriber = connect(CONSUMER);
                PgmConnection publisher = connect(PUBLISHER + "0")) {
            List<Exception> losses = new ArrayList<>();
            subscriber.setExceptionListener(losses::add);
            Session session = subscriber.createSession();
            MessageConsumer consumer = session.createConsumer(session.createTopic("quotes"));
            subscriber.start();
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(publisher));

            for (int i = 0; i < MESSAGES; i++) {
                Message message = consumer.receive();
                assertThat(message.getIntProperty("number")).isEqualTo(i);
                workABit();
            }

            publishing.join();
            assertThat(losses).isEmpty();
            assertThat(publisher.statistics().get("source.limit_waits")).isPositive();
            assertThat(publisher.statistics().get("source.receivers_dropped")).isZero();
        }
    }

    @Test
    void aStoppedConsumerHoldsThePublisherNoLongerThanItsPatience() throws Exception {
        try (PgmConnection subscriber = connect(CONSUMER);
                PgmConnection publisher = connect(PUBLISHER + "300ms")) {
            Session session = subscriber.createSession();
            session.createConsumer(session.createTopic("quotes"));

            publish(publisher);

            assertThat(publisher.statistics().get("source.receivers_dropped")).isEqualTo(1);
        }
    }
}
