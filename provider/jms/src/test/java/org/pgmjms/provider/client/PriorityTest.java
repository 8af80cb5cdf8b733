package org.pgmjms.provider.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Higher priorities overtake what waits: Jakarta Messaging 3.1, sections 3.4.10 and 6.2.9.2. */
class PriorityTest extends JmsFixture {

    private void send(int priority, String... texts) throws JMSException {
        producer.setPriority(priority);
        send(texts);
    }

    private List<String> receiveAll() throws JMSException {
        List<String> all = new ArrayList<>();
        for (Message next = consumer.receiveNoWait(); next != null; next = consumer.receiveNoWait()) {
            all.add(text(next));
        }
        return all;
    }

    @Test
    void higherPrioritiesComeFirstAndEqualOnesInTheOrderOfSending() throws JMSException {
        send(4, "n1", "n2");
        send(0, "z1");
        send(9, "h1", "h2");
        send(4, "n3");
        send(5, "m1");
        send(0, "z2");
        send(9, "h3");

        assertEquals(List.of("h1", "h2", "h3", "m1", "n1", "n2", "n3", "z1", "z2"), receiveAll());
    }

    @Test
    void aMessageOvertakesWhatWaitsBetweenTwoReceives() throws JMSException {
        send(4, "n1", "n2", "n3");
        assertEquals("n1", text(consumer.receiveNoWait()));
        send(9, "h1");

        assertEquals(List.of("h1", "n2", "n3"), receiveAll());
    }

    @Test
    void nothingOvertakesAGap() throws JMSException {
        send(4, "n1", "n2");
        provider.network().loseNext(1);
        send(4, "lost");
        send(9, "h1");
        send(4, "n3");
        send(9, "h2");

        assertEquals("n1", text(consumer.receiveNoWait()));
        assertEquals("n2", text(consumer.receiveNoWait()));
        Message afterGap = consumer.receiveNoWait();
        assertEquals("h1", text(afterGap));
        assertEquals(1, afterGap.getLongProperty("JMS_PGM_GapBefore"));
        assertEquals(List.of("h2", "n3"), receiveAll());
    }

    @Test
    void whatComesAgainComesBeforeHigherPriorities() throws JMSException {
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        consumer = client.createConsumer(topic);
        send(4, "n1", "n2");
        consumer.receiveNoWait();
        consumer.receiveNoWait();
        send(9, "h1");

        client.recover();

        assertEquals(List.of("n1", "n2", "h1"), receiveAll());
    }

    @Test
    void aDelayedMessageHasItsPriorityWhenItIsDue() throws JMSException {
        producer.setDeliveryDelay(10);
        send(9, "h1");
        producer.setDeliveryDelay(0);
        send(4, "n1", "n2");
        assertEquals("n1", text(consumer.receiveNoWait()));
        provider.clock().advance(java.time.Duration.ofMillis(10));

        assertEquals(List.of("h1", "n2"), receiveAll());
    }

    @Test
    void lowPrioritiesAreTheFirstToGiveWay() throws JMSException {
        PgmConnection small = provider.connection("jms.prefetch.messages=3&jms.lossPolicy=mark");
        consumer = small.createSession().createConsumer(topic);
        producer = small.createSession().createProducer(topic);
        send(9, "h1");
        send(1, "z1", "z2");
        send(4, "n1", "n2");

        Message first = consumer.receiveNoWait();
        assertEquals("h1", text(first));
        assertEquals(2, first.getLongProperty("JMS_PGM_GapBefore"));
        assertEquals(List.of("n1", "n2"), receiveAll());
    }

    @Test
    void aListenerGetsTheHighestThatIsThere() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        consumer.setMessageListener(message -> {
            try {
                entered.countDown();
                leave.await();
                heard.add(text(message));
            } catch (JMSException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        send(4, "n1");
        entered.await();
        send(4, "n2");
        send(9, "h1");
        leave.countDown();

        assertEquals("n1", heard.take());
        assertEquals("h1", heard.take());
        assertEquals("n2", heard.take());
    }
}
