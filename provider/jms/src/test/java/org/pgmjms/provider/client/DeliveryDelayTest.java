package org.pgmjms.provider.client;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;
import org.pgmjms.provider.testing.Call;

/** Messages that are held until they are due: Jakarta Messaging 3.1, sections 3.4.13 and 7.9. */
class DeliveryDelayTest extends JmsFixture {

    private void sendDelayed(String text, long delayMillis) throws JMSException {
        producer.setDeliveryDelay(delayMillis);
        send(text);
        producer.setDeliveryDelay(0);
    }

    private void advance(long millis) {
        provider.clock().advance(Duration.ofMillis(millis));
    }

    private List<String> receiveAll() throws JMSException {
        List<String> all = new ArrayList<>();
        for (Message next = consumer.receiveNoWait(); next != null; next = consumer.receiveNoWait()) {
            all.add(text(next));
        }
        return all;
    }

    @Test
    void aMessageIsNotDeliveredBeforeItsTime() throws JMSException {
        long sentAt = provider.clock().wallMillis();
        sendDelayed("a", 100);
        advance(99);
        assertNull(consumer.receiveNoWait());

        advance(1);

        Message message = consumer.receiveNoWait();
        assertEquals("a", text(message));
        assertEquals(sentAt + 100, message.getJMSDeliveryTime());
        assertEquals(sentAt, message.getJMSTimestamp());
        assertEquals(1, deliveryCount(message));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void theSenderKnowsTheDeliveryTimeAfterSending() throws JMSException {
        long now = provider.clock().wallMillis();
        Message message = session.createTextMessage("a");
        producer.send(message);
        assertEquals(now, message.getJMSDeliveryTime());
        producer.setDeliveryDelay(5);
        assertEquals(5, producer.getDeliveryDelay());
        producer.send(message);
        assertEquals(now + 5, message.getJMSDeliveryTime());
        producer.setDisableMessageTimestamp(true);
        producer.send(message);
        assertEquals(now + 5, message.getJMSDeliveryTime());
        assertThrows(JMSException.class, () -> producer.setDeliveryDelay(-1));
    }

    /** A receiver whose clock is late would keep it back otherwise. */
    @Test
    void withoutTimestampAndDelayNoTimeTravels() throws JMSException {
        producer.setDisableMessageTimestamp(true);

        producer.send(session.createTextMessage("a"));

        assertEquals(0, requireNonNull(consumer.receiveNoWait()).getJMSDeliveryTime());
    }

    @Test
    void theSimplifiedApiDelaysToo() {
        try (JMSContext context = provider.factory().createContext()) {
            var own = context.createConsumer(topic);
            context.createProducer().setDeliveryDelay(100).send(topic, "a");
            assertNull(own.receiveNoWait());
            advance(100);
            assertNotNull(own.receiveNoWait());
        }
    }

    @Test
    void theOrderIsThatOfTheDeliveryTimes() throws JMSException {
        sendDelayed("late", 200);
        sendDelayed("early", 100);
        send("now");
        sendDelayed("same", 100);
        advance(150);
        send("afterEarly");
        advance(100);
        send("last");

        assertEquals(List.of("now", "early", "same", "afterEarly", "late", "last"), receiveAll());
    }

    @Test
    void othersAreNotHeldUp() throws JMSException {
        sendDelayed("late", 200);
        send("a", "b");

        assertEquals(List.of("a", "b"), receiveAll());
    }

    @Test
    void aReceiveWakesWhenAMessageBecomesDue() throws Exception {
        sendDelayed("a", 5_000);
        for (long timeout : new long[] {0, 60_000}) {
            Call<Message> receive = new Call<>(() -> consumer.receive(timeout));
            provider.clock().awaitParked(receive.thread());
            assertFalse(receive.isDone());
            advance(5_000);
            assertEquals("a", text(receive.result()));
            sendDelayed("a", 5_000);
        }
    }

    @Test
    void aReceiveWhoseTimeIsOverBeforeReturnsNothing() throws Exception {
        sendDelayed("a", 5_000);
        Call<Message> receive = new Call<>(() -> consumer.receive(4_000));
        provider.clock().awaitParked(receive.thread());
        advance(4_000);
        assertNull(receive.result());
        advance(1_000);
        assertEquals(List.of("a"), receiveAll());
    }

    @Test
    void aListenerHearsWhenAMessageBecomesDue() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        consumer.setMessageListener(message -> {
            try {
                heard.add(text(message));
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });
        sendDelayed("a", 5_000);
        send("b");
        assertEquals("b", heard.take());
        provider.clock().awaitParked(provider.threads().get(0));

        advance(5_000);

        assertEquals("a", heard.take());
    }

    @Test
    void aMessageThatBecomesDueWhileTheConnectionIsStoppedComesAfterTheStart() throws JMSException {
        sendDelayed("a", 10);
        connection.stop();
        advance(10);
        assertNull(consumer.receiveNoWait());
        connection.start();

        assertEquals(List.of("a"), receiveAll());
    }

    @Test
    void onlySubscriptionsOfTheTimeOfSendingGetIt() throws JMSException {
        sendDelayed("a", 100);
        MessageConsumer later = session.createConsumer(topic);
        advance(100);

        assertNull(later.receiveNoWait());
        assertEquals(List.of("a"), receiveAll());
    }

    @Test
    void aMessageThatExpiresBeforeItIsDueIsNeverDelivered() throws JMSException {
        producer.setTimeToLive(50);
        sendDelayed("never", 100);
        producer.setTimeToLive(150);
        sendDelayed("intime", 100);
        advance(100);

        assertEquals(List.of("intime"), receiveAll());
    }

    @Test
    void aMessageMayExpireAfterItWasDue() throws JMSException {
        producer.setTimeToLive(150);
        sendDelayed("a", 100);
        advance(151);

        assertNull(consumer.receiveNoWait());
    }

    @Test
    void inATransactionTheDelayCountsFromTheSend() throws JMSException {
        Session transacted = connection.createSession(true, 0);
        var own = transacted.createProducer(topic);
        own.setDeliveryDelay(100);
        own.send(session.createTextMessage("a"));
        advance(60);
        transacted.commit();
        assertNull(consumer.receiveNoWait());
        advance(40);

        assertEquals(List.of("a"), receiveAll());
    }

    @Test
    void aMessageThatComesAgainIsNotDelayedAgain() throws JMSException {
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer own = client.createConsumer(topic);
        sendDelayed("a", 100);
        advance(100);
        assertEquals(1, deliveryCount(own.receiveNoWait()));

        client.recover();

        assertEquals(2, deliveryCount(own.receiveNoWait()));
    }

    @Test
    void theClockSkewIsWaitedFor() throws JMSException {
        PgmConnection skewed = provider.connection("jms.clockSkew=20ms");
        MessageConsumer own = skewed.createSession().createConsumer(topic);
        var ofSkewed = skewed.createSession().createProducer(topic);
        ofSkewed.setDeliveryDelay(100);
        ofSkewed.send(session.createTextMessage("a"));
        advance(119);
        assertNull(own.receiveNoWait());
        advance(1);

        assertNotNull(own.receiveNoWait());
    }

    @Test
    void aWallClockThatIsSetForwardReleasesThem() throws Exception {
        sendDelayed("a", 3_600_000);
        Call<Message> receive = new Call<>(() -> consumer.receive());
        provider.clock().awaitParked(receive.thread());
        provider.clock().shiftWall(Duration.ofHours(1));
        advance(1_000);

        assertEquals("a", text(receive.result()));
    }

    @Test
    void delayedMessagesCountInTheLimitsAndWhatGivesWayIsReported() throws Exception {
        PgmConnection small = provider.connection("jms.prefetch.messages=3");
        BlockingQueue<JMSException> exceptions = new LinkedBlockingQueue<>();
        small.setExceptionListener(exceptions::add);
        consumer = small.createSession().createConsumer(topic);
        producer = small.createSession().createProducer(topic);
        for (int i = 1; i <= 5; i++) {
            sendDelayed("d" + i, 100 * i);
        }
        send("now");
        advance(10_000);

        assertEquals(List.of("now", "d4", "d5"), receiveAll());
        LossReport report = ((MessageLossException) exceptions.take()).getReport();
        assertEquals(new LossReport(topic, report.source(), 1, 3, 3, LossCause.CONSUMER_OVERRUN), report);
    }

    @Test
    void neitherDelayedNorOtherMessagesStarveTheOthers() throws Exception {
        PgmConnection small = provider.connection("jms.prefetch.messages=4&jms.lossPolicy=mark");
        consumer = small.createSession().createConsumer(topic);
        producer = small.createSession().createProducer(topic);
        for (int i = 1; i <= 10; i++) {
            sendDelayed("d" + i, 1_000);
        }
        send("a", "b", "c", "d", "e");
        advance(1_000);

        assertEquals(List.of("d", "e", "d9", "d10"), receiveAll());
    }

    @Test
    void anAbsurdDeliveryTimeHoldsNothingElseUp() throws JMSException {
        sendDelayed("never", Long.MAX_VALUE);
        send("a");

        assertEquals(List.of("a"), receiveAll());
        assertNull(consumer.receiveNoWait());
    }
}
