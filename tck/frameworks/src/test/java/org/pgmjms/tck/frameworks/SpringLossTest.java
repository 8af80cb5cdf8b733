package org.pgmjms.tck.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;
import org.springframework.jms.connection.CachingConnectionFactory;

/** A gap that nobody can repair, under {@code CachingConnectionFactory} and {@code @JmsListener}. */
class SpringLossTest {
    private static final int PORT = 17935;
    private static final String SENT_TO = "239.192.93.4";
    private static final String HEARD_ON = "239.192.93.5";
    private static final String GAP = "JMS_PGM_GapBefore";
    private static final int LOST = 3;

    private final AtomicInteger connections = new AtomicInteger();
    private final BlockingQueue<LossReport> losses = new LinkedBlockingQueue<>();
    private final BlockingQueue<JMSException> exceptions = new LinkedBlockingQueue<>();

    private Relay relay;
    private Connection publisher;
    private Session session;
    private MessageProducer producer;

    @BeforeEach
    void publish() throws Exception {
        relay = new Relay(SENT_TO, HEARD_ON, PORT);
        publisher = new PgmConnectionFactory("epgm://lo;" + SENT_TO + ":" + PORT).createConnection();
        session = publisher.createSession();
        producer = session.createProducer(session.createTopic(SpringApp.QUOTES));
    }

    @AfterEach
    void close() throws JMSException {
        publisher.close();
        relay.close();
    }

    @Test
    void markLeavesConnectionAndConsumerInPlace() throws Exception {
        try (SpringApp app = SpringApp.withContainersOn(cached("mark"))) {
            sendAndLose(app);

            assertEquals("after the gap", text(app.quotes().take(), LOST));
            send("later");
            assertEquals("later", text(app.quotes().take(), 0));
            LossReport loss = losses.take();
            assertEquals(LOST, loss.count());
            assertEquals(SpringApp.QUOTES, loss.destination().toString());
            assertThat(losses).isEmpty();
            assertThat(exceptions).isEmpty();
            assertEquals(1, connections.get(), "connections");
        }
    }

    @Test
    void withReportTheContainerRecoversByItselfWithinTwoSeconds() throws Exception {
        try (SpringApp app = SpringApp.withContainersOn(cached("report"))) {
            sendAndLose(app);

            MessageLossException reported = (MessageLossException) exceptions.take();
            await().atMost(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        send("again");
                        return app.quotes().stream().anyMatch(message -> isText(message, "again"));
                    });

            assertEquals(LOST, reported.getReport().count());
            assertThat(exceptions).isEmpty();
            assertEquals(2, connections.get(), "connections");
        }
    }

    /** Three messages arrive, three are lost, one comes after them. */
    private void sendAndLose(SpringApp app) throws Exception {
        for (int i = 0; i < LOST; i++) {
            send("before " + i);
            assertEquals("before " + i, text(app.quotes().take(), 0));
        }
        for (int i = 0; i < LOST; i++) {
            send(Relay.LOST + i);
        }
        send("after the gap");
    }

    private void send(String text) throws JMSException, InterruptedException {
        producer.send(session.createTextMessage(text));
        relay.awaitPassing(text);
    }

    private static String text(Message message, int gapBefore) throws JMSException {
        if (gapBefore == 0) {
            assertFalse(message.propertyExists(GAP));
        } else {
            assertEquals(gapBefore, message.getLongProperty(GAP));
        }
        return ((TextMessage) message).getText();
    }

    private static boolean isText(Message message, String text) {
        try {
            return ((TextMessage) message).getText().equals(text);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private CachingConnectionFactory cached(String policy) {
        PgmConnectionFactory factory = new PgmConnectionFactory("epgm://lo;" + HEARD_ON + ":" + PORT);
        factory.setPgmGapDeadline("250ms");
        factory.setJmsLossPolicy(policy);
        factory.setLossListener(losses::add);
        factory.setAuthenticator((user, password) -> connections.incrementAndGet() > 0);
        CachingConnectionFactory cached = new CachingConnectionFactory(factory);
        cached.setExceptionListener(exceptions::add);
        return cached;
    }
}
