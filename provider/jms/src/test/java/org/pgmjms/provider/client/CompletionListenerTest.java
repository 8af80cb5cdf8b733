package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.CompletionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.testing.Call;

/** Jakarta Messaging 3.1, section 7.3. */
class CompletionListenerTest extends JmsFixture {
    private final BlockingQueue<Object> completed = new LinkedBlockingQueue<>();

    /** Calls something for each message. */
    private record Then(Call.Action action, BlockingQueue<Object> outcomes) implements CompletionListener {
        @Override
        public void onCompletion(Message message) {
            try {
                action.run();
                outcomes.add(message);
            } catch (Exception e) {
                outcomes.add(e);
            }
        }

        @Override
        public void onException(Message message, Exception exception) {
            outcomes.add(exception);
        }
    }

    @Test
    void isCalledInTheOrderOfSendingOnAThreadOfItsOwn() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        CompletionListener listener = new Then(() -> threads.add(Thread.currentThread()), completed);
        List<Message> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Message message = session.createTextMessage("m" + i);
            sent.add(message);
            producer.send(message, listener);
        }

        for (Message message : sent) {
            assertEquals(message, completed.take());
            assertThat(message.getJMSMessageID()).startsWith("ID:");
        }
        assertThat(threads)
                .doesNotContain(Thread.currentThread())
                .allSatisfy(thread -> assertThat(thread.getName()).endsWith("-completions"));
        for (int i = 0; i < 100; i++) {
            assertEquals("m" + i, text(consumer.receiveNoWait()));
        }
    }

    @Test
    void everyFormOfSendHasItsTwin() throws Exception {
        CompletionListener listener = new Then(() -> {}, completed);
        var anonymous = connection.createSession().createProducer(null);
        Message message = session.createTextMessage("a");
        producer.send(message, 1, 9, 1_000, listener);
        anonymous.send(topic, message, listener);
        anonymous.send(topic, message, 1, 3, 0, listener);

        for (int i = 0; i < 3; i++) {
            assertEquals(message, completed.take());
        }
        assertEquals(9, consumer.receiveNoWait().getJMSPriority());
        assertEquals(4, consumer.receiveNoWait().getJMSPriority());
        assertEquals(3, consumer.receiveNoWait().getJMSPriority());
    }

    @Test
    void badArgumentsAreThrownToTheCallerAndTheListenerHearsNothing() throws Exception {
        CompletionListener listener = new Then(() -> {}, completed);
        var anonymous = connection.createSession().createProducer(null);
        Message message = session.createTextMessage("a");

        assertThrows(IllegalArgumentException.class, () -> producer.send(message, (CompletionListener) null));
        assertThrows(MessageFormatException.class, () -> producer.send(null, listener));
        assertThrows(UnsupportedOperationException.class, () -> anonymous.send(message, listener));
        assertThrows(UnsupportedOperationException.class, () -> producer.send(topic, message, listener));
        assertThrows(InvalidDestinationException.class, () -> anonymous.send(null, message, listener));
        connection.close();
        assertTrue(completed.isEmpty());
    }

    @Test
    void closeOfProducerSessionAndConnectionWaitForTheListener() throws Exception {
        for (int level = 0; level < 3; level++) {
            provider.close();
            open();
            PgmSession sending = (PgmSession) connection.createSession();
            var own = sending.createProducer(topic);
            AutoCloseable closed = List.of(own, sending, connection).get(level);
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            List<String> finished = new CopyOnWriteArrayList<>();
            own.send(
                    session.createTextMessage("a"),
                    new Then(
                            () -> {
                                entered.countDown();
                                leave.await();
                                finished.add("listener");
                            },
                            completed));
            entered.await();

            Call<Void> close = Call.of(() -> {
                closed.close();
                finished.add("close");
            });
            close.awaitBlocked();
            leave.countDown();
            close.result();

            assertEquals(List.of("listener", "close"), finished);
        }
    }

    /** Another provider's message that says when its text is asked for, and answers when told to. */
    private static Message slow(CountDownLatch asked, CountDownLatch answer) {
        return (Message) Proxy.newProxyInstance(
                TextMessage.class.getClassLoader(), new Class<?>[] {TextMessage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getText")) {
                        asked.countDown();
                        answer.await();
                    }
                    return switch (method.getName()) {
                        case "getPropertyNames" -> Collections.emptyEnumeration();
                        case "hashCode" -> 1;
                        case "equals" -> proxy.equals(arguments[0]);
                        default -> null;
                    };
                });
    }

    @Test
    void aSendThatRunsWhenItsSessionIsClosedIsCompletedFirst() throws Exception {
        for (int level = 0; level < 3; level++) {
            provider.close();
            open();
            PgmSession sending = (PgmSession) connection.createSession();
            var own = sending.createProducer(topic);
            AutoCloseable closed = List.of(own, sending, connection).get(level);
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch answer = new CountDownLatch(1);
            List<String> finished = new CopyOnWriteArrayList<>();
            Message slow = slow(asked, answer);
            Call<Void> send = Call.of(() -> own.send(slow, new Then(() -> finished.add("listener"), completed)));
            asked.await();

            Call<Void> close = Call.of(() -> {
                closed.close();
                finished.add("close");
            });
            close.awaitBlocked();
            answer.countDown();
            close.result();
            send.result();

            assertEquals(List.of("listener", "close"), finished);
            Message late = slow(new CountDownLatch(1), new CountDownLatch(0));
            assertThrows(IllegalStateException.class, () -> own.send(late, new Then(() -> {}, completed)));
        }
    }

    @Test
    void aSendThatFailsKeepsNoCloseWaiting() throws Exception {
        PgmSession sending = (PgmSession) connection.createSession();
        var own = sending.createProducer(topic);
        provider.network().full("239.192.0.1", true);

        assertThrows(JMSException.class, () -> own.send(session.createTextMessage("a"), new Then(() -> {}, completed)));

        own.close();
        sending.close();
        assertTrue(completed.isEmpty());
    }

    @Test
    void theListenerCannotCloseWhatItWasCalledFor() throws Exception {
        PgmSession sending = (PgmSession) connection.createSession();
        var own = sending.createProducer(topic);
        for (AutoCloseable each : List.of(own, sending, connection)) {
            own.send(session.createTextMessage("a"), new Then(each::close, completed));

            assertInstanceOf(IllegalStateException.class, completed.take());
        }
    }

    @Test
    void theListenerCannotCloseWhatHasToWaitForALaterOne() throws Exception {
        PgmSession other = (PgmSession) connection.createSession();
        var ofOther = other.createProducer(topic);
        for (AutoCloseable each : List.of(ofOther, other)) {
            CountDownLatch sent = new CountDownLatch(1);
            producer.send(
                    session.createTextMessage("a"),
                    new Then(
                            () -> {
                                sent.await();
                                each.close();
                            },
                            completed));
            Message later = session.createTextMessage("b");
            ofOther.send(later, new Then(() -> {}, completed));
            sent.countDown();

            assertInstanceOf(IllegalStateException.class, completed.take());
            assertEquals(later, completed.take());
        }
    }

    @Test
    void theListenerMaySendAgain() throws Exception {
        Message second = session.createTextMessage("b");
        producer.send(
                session.createTextMessage("a"),
                new Then(() -> producer.send(second, new Then(() -> {}, completed)), completed));

        completed.take();
        assertEquals(second, completed.take());
        assertEquals("a", text(consumer.receiveNoWait()));
        assertEquals("b", text(consumer.receiveNoWait()));
    }

    @Test
    void synchronousAndAsynchronousSendsKeepOneOrder() throws Exception {
        CompletionListener listener = new Then(() -> {}, completed);
        for (int i = 0; i < 10; i++) {
            send("s" + i);
            producer.send(session.createTextMessage("a" + i), listener);
        }
        for (int i = 0; i < 10; i++) {
            assertEquals("s" + i, text(consumer.receiveNoWait()));
            assertEquals("a" + i, text(consumer.receiveNoWait()));
        }
    }

    @Test
    void theListenerMayCloseAnotherSession() throws Exception {
        PgmSession other = (PgmSession) connection.createSession();
        Message message = session.createTextMessage("a");
        producer.send(message, new Then(other::close, completed));

        assertEquals(message, completed.take());
        assertThrows(IllegalStateException.class, other::getTransacted);
    }

    @Test
    void aListenerThatThrowsDoesNotKeepTheOthersFromBeingCalled() throws Exception {
        producer.send(session.createTextMessage("a"), new CompletionListener() {
            @Override
            public void onCompletion(Message message) {
                throw new IllegalArgumentException("on purpose");
            }

            @Override
            public void onException(Message message, Exception exception) {
                completed.add(exception);
            }
        });
        Message second = session.createTextMessage("b");
        producer.send(second, new Then(() -> {}, completed));

        assertEquals(second, completed.take());
        producer.close();
    }

    @Test
    void thereIsNoThreadBeforeTheFirstAsynchronousSend() throws JMSException {
        send("a");

        assertThat(provider.threads()).isEmpty();
    }
}
