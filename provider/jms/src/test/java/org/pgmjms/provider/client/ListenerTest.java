package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.testing.Call;

/** Jakarta Messaging 3.1, sections 6.1.5, 6.1.8, 6.2.13, 8.7 and 8.8. */
class ListenerTest extends JmsFixture {
    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();

    @Test
    void hearsMessagesInOrderOnOneNamedThreadThatIsNoDaemon() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        consumer.setMessageListener(message -> {
            thread.set(Thread.currentThread());
            heard.add(message);
        });

        send("a", "b", "c");

        assertEquals("a", text(heard.take()));
        assertEquals("b", text(heard.take()));
        assertEquals("c", text(heard.take()));
        assertThat(thread.get().getName()).matches("pgmjms-\\d+-session-\\d+");
        assertFalse(thread.get().isDaemon());
        assertEquals(List.of(thread.get()), provider.threads());
    }

    @Test
    void theThreadIsGoneWhenCloseReturns() throws Exception {
        consumer.setMessageListener(heard::add);
        send("a");
        heard.take();

        session.close();

        assertThat(provider.threads()).hasSize(1).noneMatch(Thread::isAlive);
    }

    @Test
    void whatCameBeforeTheListenerIsHeardToo() throws Exception {
        send("before");

        consumer.setMessageListener(heard::add);

        assertEquals("before", text(heard.take()));
    }

    @Test
    void listenersOfOneSessionRunOneAtATime() throws Exception {
        MessageConsumer other = session.createConsumer(topic);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        MessageListener listener = message -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
            heard.add(message);
        };
        consumer.setMessageListener(listener);
        other.setMessageListener(listener);

        for (int i = 0; i < 50; i++) {
            send("m" + i);
        }

        for (int i = 0; i < 100; i++) {
            heard.take();
        }
        assertEquals(1, most.get());
    }

    @Test
    void canBeReplacedWhileItRuns() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        BlockingQueue<Message> heardByNew = new LinkedBlockingQueue<>();
        consumer.setMessageListener(message -> {
            entered.countDown();
            await(leave);
            heard.add(message);
        });
        send("old", "new");
        entered.await();

        MessageListener replacement = heardByNew::add;
        consumer.setMessageListener(replacement);
        leave.countDown();

        assertEquals("old", text(heard.take()));
        assertEquals("new", text(heardByNew.take()));
        assertSame(replacement, consumer.getMessageListener());
    }

    @Test
    void withoutListenerAgainTheConsumerReceives() throws Exception {
        consumer.setMessageListener(heard::add);
        send("a");
        heard.take();

        consumer.setMessageListener(null);
        send("b");

        assertEquals("b", text(consumer.receive()));
    }

    @Test
    void aSessionWithAListenerCannotReceive() throws Exception {
        MessageConsumer other = session.createConsumer(topic);
        consumer.setMessageListener(heard::add);

        assertThrows(IllegalStateException.class, consumer::receiveNoWait);
        assertThrows(IllegalStateException.class, () -> other.receive(1));
    }

    @Test
    void aSessionThatReceivesCannotGetAListener() throws Exception {
        MessageConsumer other = session.createConsumer(topic);
        Call<Message> receive = new Call<>(consumer::receive);
        provider.clock().awaitParked(receive.thread());

        assertThrows(IllegalStateException.class, () -> other.setMessageListener(heard::add));

        consumer.close();
        assertNull(receive.result());
    }

    @Test
    void stopWaitsForTheRunningListenerAndHoldsTheNextMessage() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        List<String> finished = new CopyOnWriteArrayList<>();
        consumer.setMessageListener(message -> {
            entered.countDown();
            await(leave);
            finished.add("listener");
            heard.add(message);
        });
        send("a", "b");
        entered.await();

        Call<Void> stop = Call.of(() -> {
            connection.stop();
            finished.add("stop");
        });
        stop.awaitBlocked();
        leave.countDown();
        stop.result();

        assertEquals(List.of("listener", "stop"), finished);
        assertEquals("a", text(heard.take()));
        assertTrue(heard.isEmpty());
        connection.start();
        assertEquals("b", text(heard.take()));
    }

    @Test
    void closeOfConnectionSessionAndConsumerWaitForTheRunningListener() throws Exception {
        for (int level = 0; level < 3; level++) {
            provider.close();
            open();
            AutoCloseable closed = List.of(connection, session, consumer).get(level);
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            List<String> finished = new CopyOnWriteArrayList<>();
            consumer.setMessageListener(message -> {
                entered.countDown();
                await(leave);
                finished.add("listener");
            });
            send("a");
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

    @Test
    void aRunningListenerHasTheFullServicesOfAConnectionThatIsBeingClosed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        AtomicReference<Object> outcome = new AtomicReference<>("nothing");
        MessageConsumer reader = provider.connection().createSession().createConsumer(session.createTopic("replies"));
        consumer.setMessageListener(message -> {
            try {
                entered.countDown();
                awaitClosing();
                session.createProducer(session.createTopic("replies")).send(session.createTextMessage("reply"));
                outcome.set("sent");
            } catch (JMSException e) {
                outcome.set(e);
            }
        });
        send("request");
        entered.await();

        connection.close();

        assertEquals("sent", outcome.get());
        assertEquals("reply", text(reader.receiveNoWait()));
    }

    private void awaitClosing() {
        while (!session.delivery().gate().isClosing()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aListenerCannotCloseOrStopItsOwnConnectionOrSession() throws Exception {
        BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();
        consumer.setMessageListener(message -> {
            outcomes.add(outcome(connection::close));
            outcomes.add(outcome(connection::stop));
            outcomes.add(outcome(session::close));
        });

        send("a");

        for (int i = 0; i < 3; i++) {
            assertInstanceOf(IllegalStateException.class, outcomes.take());
        }
        send("still delivered");
        assertInstanceOf(IllegalStateException.class, outcomes.take());
    }

    @Test
    void aListenerMayCommitWhileItsConnectionIsBeingClosed() throws Exception {
        PgmConnection closing = provider.connection();
        Session transacted = closing.createSession(true, 0);
        MessageProducer own = transacted.createProducer(session.createTopic("replies"));
        MessageConsumer observer = connection.createSession().createConsumer(session.createTopic("replies"));
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
        transacted.createConsumer(topic).setMessageListener(message -> {
            try {
                entered.countDown();
                leave.await();
                own.send(transacted.createTextMessage("re"));
                transacted.commit();
                outcome.add("committed");
            } catch (JMSException | InterruptedException e) {
                outcome.add(e);
            }
        });
        send("a");
        entered.await();
        Call<Void> close = Call.of(closing::close).awaitBlocked();
        leave.countDown();
        close.result();

        assertEquals("committed", outcome.take());
        assertEquals("re", text(observer.receiveNoWait()));
    }

    @Test
    void anExceptionListenerMayCloseSessionAndConnection() throws Exception {
        PgmConnection failing = provider.connection();
        Session own = failing.createSession();
        MessageConsumer waiting = own.createConsumer(topic);
        BlockingQueue<String> outcome = new LinkedBlockingQueue<>();
        failing.setExceptionListener(exception -> {
            try {
                own.close();
                failing.close();
                outcome.add("closed");
            } catch (JMSException e) {
                outcome.add(e.toString());
            }
        });
        provider.network().loseNext(1);
        send("lost", "a");
        assertEquals("a", text(waiting.receiveNoWait()));

        assertEquals("closed", outcome.take());
        assertThrows(IllegalStateException.class, own::getTransacted);
    }

    @Test
    void aListenerCanCloseItsOwnConsumerAndIsHeardOut() throws Exception {
        BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();
        consumer.setMessageListener(message -> {
            outcomes.add(outcome(consumer::close));
            outcomes.add("completed");
        });

        send("a", "b");

        assertEquals("fine", outcomes.take());
        assertEquals("completed", outcomes.take());
        session.close();
        assertTrue(outcomes.isEmpty());
        assertEquals(0, provider.network().subscriptions());
    }

    @Test
    void aListenerCanCloseAnotherSessionOfItsConnection() throws Exception {
        PgmSession other = (PgmSession) connection.createSession();
        MessageConsumer ofOther = other.createConsumer(topic);
        BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();
        consumer.setMessageListener(message -> outcomes.add(outcome(other::close)));

        send("a");

        assertEquals("fine", outcomes.take());
        assertThrows(IllegalStateException.class, ofOther::receiveNoWait);
    }

    @Test
    void aMessageThatWasBeingHeardAtTheCloseOfTheConsumerIsAcknowledged() throws Exception {
        consumer.setMessageListener(message -> {
            outcome(consumer::close);
            heard.add(message);
        });
        send("a");
        heard.take();

        session.recover();
        MessageConsumer next = session.createConsumer(topic);

        assertNull(next.receiveNoWait());
    }

    private static Object outcome(Call.Action action) {
        try {
            action.run();
            return "fine";
        } catch (Exception e) {
            return e;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
