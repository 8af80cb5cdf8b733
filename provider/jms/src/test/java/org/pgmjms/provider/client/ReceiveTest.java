package org.pgmjms.provider.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.testing.Call;

/** Jakarta Messaging 3.1, section 8.5. */
class ReceiveTest extends JmsFixture {

    @Test
    void takesMessagesInTheOrderOfSending() throws JMSException {
        send("a", "b");

        assertEquals("a", text(consumer.receive()));
        assertEquals("b", text(consumer.receive(1)));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void waitsUntilThereIsAMessage() throws Exception {
        Call<Message> receive = parkedReceive(0);

        send("late");

        assertEquals("late", text(receive.result()));
    }

    @Test
    void waitsNoLongerThanTold() throws Exception {
        Call<Message> receive = parkedReceive(250);

        provider.clock().advance(Duration.ofMillis(249));
        assertFalse(receive.isDone());
        provider.clock().advance(Duration.ofMillis(1));

        assertNull(receive.result());
    }

    @Test
    void closeOfTheConsumerWakesAReceive() throws Exception {
        Call<Message> receive = parkedReceive(0);

        consumer.close();

        assertNull(receive.result());
    }

    @Test
    void closeOfTheSessionWakesATimedReceive() throws Exception {
        Call<Message> receive = parkedReceive(1_000);

        session.close();

        assertNull(receive.result());
    }

    @Test
    void closeOfTheConnectionWakesAReceive() throws Exception {
        Call<Message> receive = parkedReceive(0);

        connection.close();

        assertNull(receive.result());
    }

    @Test
    void givesNothingWhileStoppedThoughTheTimeRuns() throws Exception {
        connection.stop();
        send("kept");
        Call<Message> receive = parkedReceive(100);

        provider.clock().advance(Duration.ofMillis(100));

        assertNull(receive.result());
        assertNull(consumer.receiveNoWait());
        connection.start();
        assertEquals("kept", text(consumer.receiveNoWait()));
    }

    @Test
    void aWaitingReceiveGoesOnAfterStart() throws Exception {
        connection.stop();
        send("kept");
        Call<Message> receive = parkedReceive(0);

        connection.start();

        assertEquals("kept", text(receive.result()));
    }

    @Test
    void anInterruptEndsAReceiveWithAnExceptionAndLosesNothing() throws Exception {
        Call<Message> receive = parkedReceive(0);

        receive.thread().interrupt();

        ExecutionException failure = assertThrows(ExecutionException.class, receive::result);
        assertInstanceOf(JMSException.class, failure.getCause());
        send("after");
        assertEquals("after", text(consumer.receiveNoWait()));
    }

    @Test
    void twoThreadsCannotReceiveInOneSession() throws Exception {
        MessageConsumer other = session.createConsumer(session.createTopic("other"));
        Call<Message> receive = parkedReceive(0);

        assertThrows(IllegalStateException.class, other::receiveNoWait);

        consumer.close();
        assertNull(receive.result());
    }

    @Test
    void aNegativeTimeOutIsRefused() {
        assertThrows(JMSException.class, () -> consumer.receive(-1));
    }

    @Test
    void expiredMessagesAreSkippedAndTheTimeOutStands() throws Exception {
        producer.setTimeToLive(10);
        send("short-lived");
        provider.clock().advance(Duration.ofMillis(11));
        Call<Message> receive = parkedReceive(100);

        provider.clock().advance(Duration.ofMillis(100));

        assertNull(receive.result());
    }

    @Test
    void aMessageLivesUntilItsExpirationHasPassed() throws Exception {
        producer.setTimeToLive(10);
        send("alive");
        provider.clock().advance(Duration.ofMillis(10));

        assertEquals("alive", text(consumer.receiveNoWait()));
    }

    @Test
    void aTimeToLiveBeyondTheEndOfTimeIsForEver() throws JMSException {
        producer.setTimeToLive(Long.MAX_VALUE);
        send("a");
        provider.clock().shiftWall(Duration.ofDays(400_000));

        Message message = consumer.receiveNoWait();
        assertEquals(Long.MAX_VALUE, message.getJMSExpiration());
    }

    @Test
    void theClockSkewLetsMessagesLiveLonger() throws Exception {
        PgmConnection tolerant = provider.connection("jms.clockSkew=50ms");
        MessageConsumer patient = tolerant.createSession().createConsumer(topic);
        MessageProducer sender = tolerant.createSession().createProducer(topic);
        sender.setTimeToLive(10);
        sender.send(session.createTextMessage("a"));
        sender.send(session.createTextMessage("b"));

        provider.clock().shiftWall(Duration.ofMillis(60));
        assertEquals("a", text(patient.receiveNoWait()));
        provider.clock().shiftWall(Duration.ofMillis(1));
        assertNull(patient.receiveNoWait());
    }

    @Test
    void aFailedTransportIsToldAfterWhatHasArrived() throws Exception {
        send("before");
        provider.network().fail(new IOException("the cable is out"));

        assertEquals("before", text(consumer.receiveNoWait()));
        JMSException failure = assertThrows(JMSException.class, consumer::receiveNoWait);
        assertTrue(failure.getMessage().contains("quotes.us"), failure.getMessage());
    }

    private Call<Message> parkedReceive(long timeoutMillis) {
        Call<Message> receive = new Call<>(() -> consumer.receive(timeoutMillis));
        provider.clock().awaitParked(receive.thread());
        return receive;
    }
}
