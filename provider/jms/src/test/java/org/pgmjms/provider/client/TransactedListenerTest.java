package org.pgmjms.provider.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.CompletionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;
import org.pgmjms.provider.testing.Call;

/** Transactions of sessions with listeners, message and completion: Jakarta Messaging 3.1, sections 6.2.7, 7.3.4, 8.7. */
class TransactedListenerTest extends JmsFixture {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();

    @Override
    int mode() {
        return Session.SESSION_TRANSACTED;
    }

    @Override
    String options() {
        return "jms.redelivery.max=2";
    }

    private interface Then {
        void run(Message message) throws JMSException;
    }

    private void listen(Then then) throws JMSException {
        consumer.setMessageListener(message -> {
            try {
                heard.add(text(message) + deliveryCount(message));
                then.run(message);
            } catch (JMSException e) {
                failures.add(e);
            }
        });
    }

    private void expect(String... texts) throws InterruptedException {
        for (String text : texts) {
            assertEquals(text, heard.take());
        }
    }

    @Test
    void aCommitInTheListenerAcknowledgesTheCurrentMessage() throws Exception {
        listen(message -> {
            session.commit();
            if (text(message).equals("b")) {
                session.rollback();
            }
        });
        send("a", "b", "c");

        expect("a1", "b1", "c1");
        assertTrue(failures.isEmpty());
    }

    @Test
    void aRollbackInTheListenerDeliversFromTheFirstMessageAgain() throws Exception {
        listen(message -> {
            if (text(message).equals("b") && deliveryCount(message) == 1) {
                session.rollback();
            }
        });
        send("a", "b", "c");

        expect("a1", "b1", "a2", "b2", "c1");
    }

    @Test
    void aRollbackFromOutsideDeliversAgain() throws Exception {
        listen(message -> {});
        send("a", "b");
        expect("a1", "b1");

        session.rollback();

        expect("a2", "b2");
    }

    @Test
    void aCommitFromOutsideWaitsForTheListener() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        listen(message -> {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            order.add("listener");
        });
        send("a");
        entered.await();

        Call<Void> commit = Call.of(() -> {
            session.commit();
            order.add("commit");
        });
        commit.awaitBlocked();
        leave.countDown();
        commit.result();

        assertEquals(List.of("listener", "commit"), order);
        session.rollback();
        send("b");
        expect("a1", "b1");
    }

    @Test
    void anExceptionInTheListenerDoesNotRollBack() throws Exception {
        listen(message -> {
            throw new IllegalArgumentException("on purpose");
        });
        send("a", "b");
        expect("a1", "b1");

        session.rollback();

        expect("a2", "b2");
    }

    @Test
    void aMessageThatIsAlwaysRolledBackIsGivenUpAndReported() throws Exception {
        BlockingQueue<JMSException> exceptions = new LinkedBlockingQueue<>();
        connection.setExceptionListener(exceptions::add);
        BlockingQueue<Long> gaps = new LinkedBlockingQueue<>();
        listen(message -> {
            if (text(message).equals("poison")) {
                session.rollback();
            } else {
                gaps.add(
                        message.propertyExists("JMS_PGM_GapBefore") ? message.getLongProperty("JMS_PGM_GapBefore") : 0);
                session.commit();
            }
        });
        send("poison", "b");

        expect("poison1", "poison2", "poison3", "b1");
        LossReport report = ((MessageLossException) exceptions.take()).getReport();
        assertEquals(new LossReport(topic, report.source(), 1, 1, 1, LossCause.REDELIVERY_EXHAUSTED), report);
        assertEquals(1, gaps.take());
    }

    @Test
    void theNextMessageKnowsOfTheOneThatWasGivenUpBeforeIt() throws Exception {
        BlockingQueue<String> gaps = new LinkedBlockingQueue<>();
        listen(message -> {
            boolean gap = message.propertyExists("JMS_PGM_GapBefore");
            gaps.add(text(message) + (gap ? message.getLongProperty("JMS_PGM_GapBefore") : 0));
            int deliveries = deliveryCount(message);
            if (text(message).equals("a") && deliveries == 1 || text(message).equals("b") && deliveries < 3) {
                session.rollback();
            }
        });
        send("a", "b", "c");

        expect("a1", "a2", "b1", "a3", "b2", "b3", "c1");
        for (String expected : new String[] {"a0", "a0", "b0", "a0", "b0", "b1", "c0"}) {
            assertEquals(expected, gaps.take());
        }
    }

    @Test
    void whatCameAfterTheMessageThatIsGivenUpKeepsItsPlace() throws Exception {
        connection.setExceptionListener(failures::add);
        listen(message -> {
            if (text(message).equals("c")) {
                session.rollback();
            }
        });
        send("a", "b", "c");

        expect("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3");
        for (int sequence = 1; sequence <= 3; sequence++) {
            LossReport report = ((MessageLossException) failures.take()).getReport();
            assertEquals(sequence, report.firstMissing());
            assertEquals(LossCause.REDELIVERY_EXHAUSTED, report.cause());
        }
    }

    @Test
    void sendsOfTheListenerGoOutWithItsCommit() throws Exception {
        Topic replies = session.createTopic("replies");
        MessageConsumer observer = connection.createSession().createConsumer(replies);
        MessageProducer own = session.createProducer(replies);
        listen(message -> {
            own.send(session.createTextMessage("re:" + text(message) + deliveryCount(message)));
            if (deliveryCount(message) == 1) {
                session.rollback();
            } else {
                session.commit();
            }
        });
        send("a");

        assertEquals("re:a2", text(observer.receive()));
        assertNull(observer.receiveNoWait());
    }

    private CompletionListener onCompletion(Call.Action action) {
        return new CompletionListener() {
            @Override
            public void onCompletion(Message message) {
                try {
                    action.run();
                    heard.add(text(message));
                } catch (Exception e) {
                    failures.add(e);
                }
            }

            @Override
            public void onException(Message message, Exception exception) {
                failures.add(exception);
            }
        };
    }

    @Test
    void completionComesBeforeTheCommitWhichWaitsForIt() throws Exception {
        Topic replies = session.createTopic("replies");
        MessageConsumer observer = connection.createSession().createConsumer(replies);
        MessageProducer own = session.createProducer(replies);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        own.send(session.createTextMessage("a"), onCompletion(() -> {
            entered.countDown();
            leave.await();
        }));
        entered.await();
        Call<Void> commit = Call.of(session::commit).awaitBlocked();
        assertNull(observer.receiveNoWait());

        leave.countDown();
        commit.result();

        expect("a");
        assertEquals("a", text(observer.receiveNoWait()));
    }

    @Test
    void aCompletionListenerCannotEndTheTransactionItWasCalledIn() throws Exception {
        MessageProducer own = session.createProducer(topic);
        own.send(session.createTextMessage("a"), onCompletion(session::commit));
        assertInstanceOf(IllegalStateException.class, failures.take());
        own.send(session.createTextMessage("b"), onCompletion(session::rollback));
        assertInstanceOf(IllegalStateException.class, failures.take());

        session.commit();

        assertEquals("a", text(consumer.receiveNoWait()));
        assertEquals("b", text(consumer.receiveNoWait()));
    }

    @Test
    void aCompletionListenerMayEndTheTransactionOfAnotherSessionUnlessItHadToWait() throws Exception {
        Session other = connection.createSession(true, 0);
        MessageProducer ofOther = other.createProducer(topic);
        CountDownLatch sent = new CountDownLatch(1);
        producer.send(session.createTextMessage("x"), onCompletion(() -> {
            sent.await();
            other.commit();
        }));
        ofOther.send(session.createTextMessage("y"), onCompletion(() -> {}));
        sent.countDown();
        assertInstanceOf(IllegalStateException.class, failures.take());
        expect("y");

        producer.send(session.createTextMessage("z"), onCompletion(other::commit));

        expect("z");
        assertEquals("x", text(consumer.receiveNoWait()));
        assertEquals("z", text(consumer.receiveNoWait()));
        assertEquals("y", text(consumer.receiveNoWait()));
    }
}
