package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Section 7.3: sends that complete in the background. */
class AsynchronousSendTest extends JmsContract {
    private Connection connection;
    private Session session;
    private Topic topic;
    private MessageConsumer consumer;
    private MessageProducer producer;

    @BeforeEach
    void open() throws JMSException {
        connection = startedConnection();
        session = connection.createSession();
        topic = topic(session);
        consumer = session.createConsumer(topic);
        producer = session.createProducer(topic);
    }

    /** What may be done when a send has completed. */
    @FunctionalInterface
    private interface Inside {
        void on(Message message) throws Exception;
    }

    /** Keeps what completes. */
    private static final class Completed implements CompletionListener {
        private final BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();
        private final Inside inside;

        Completed() {
            this(message -> {});
        }

        Completed(Inside inside) {
            this.inside = inside;
        }

        @Override
        public void onCompletion(Message message) {
            try {
                inside.on(message);
                outcomes.add(text(message));
            } catch (Exception failed) {
                outcomes.add(failed);
            }
        }

        @Override
        public void onException(Message message, Exception failure) {
            outcomes.add(failure);
        }

        Object next() throws InterruptedException {
            return outcomes.poll(SOON_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    @Spec("7.3")
    @Spec("7.3.1")
    void everySendCompletesOnceAndInOrder() throws Exception {
        Completed completed = new Completed();
        for (int i = 0; i < 50; i++) {
            producer.send(session.createTextMessage("" + i), completed);
        }

        for (int i = 0; i < 50; i++) {
            assertThat(completed.next()).isEqualTo("" + i);
        }
        producer.close();
        assertThat(completed.outcomes).isEmpty();
        for (int i = 0; i < 50; i++) {
            assertThat(receiveText(consumer)).isEqualTo("" + i);
        }
    }

    @Test
    @Spec("7.3.3")
    void bothKindsOfSendShareOneOrder() throws Exception {
        Completed completed = new Completed();
        for (int i = 0; i < 20; i++) {
            if (i % 3 == 0) {
                producer.send(session.createTextMessage("" + i));
            } else {
                producer.send(session.createTextMessage("" + i), completed);
            }
        }

        for (int i = 0; i < 20; i++) {
            assertThat(receiveText(consumer)).isEqualTo("" + i);
        }
    }

    @Test
    @Spec("7.3.6")
    @Spec("3.4.11")
    void theHeadersCanBeReadOnCompletion() throws Exception {
        CompletableFuture<List<Object>> headers = new CompletableFuture<>();
        Completed completed = new Completed(message -> headers.complete(List.of(
                message.getJMSMessageID(),
                message.getJMSPriority(),
                message.getJMSDeliveryMode(),
                message.getJMSDestination())));

        producer.send(session.createTextMessage("x"), DeliveryMode.NON_PERSISTENT, 7, 0, completed);

        String messageId = consumer.receive(SOON_MS).getJMSMessageID();
        assertThat(headers.get(SOON_MS, TimeUnit.MILLISECONDS))
                .containsExactly(messageId, 7, DeliveryMode.NON_PERSISTENT, topic);
    }

    @Test
    @Spec("7.3.8")
    void theSendersThreadIsNotUsed() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();

        producer.send(
                session.createTextMessage("x"), new Completed(message -> thread.complete(Thread.currentThread())));

        assertThat(thread.get(SOON_MS, TimeUnit.MILLISECONDS)).isNotSameAs(Thread.currentThread());
    }

    @Test
    @Spec("7.3.8")
    void oneCallbackAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Completed completed = new Completed(message -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            inside.decrementAndGet();
        });
        MessageProducer other = session.createProducer(topic);
        for (int i = 0; i < 20; i++) {
            producer.send(session.createTextMessage("a"), completed);
            other.send(session.createTextMessage("b"), completed);
        }

        for (int i = 0; i < 40; i++) {
            assertThat(completed.next()).isIn("a", "b");
        }
        assertThat(most).hasValue(1);
    }

    @Test
    @Spec("7.3.2")
    void anExceptionOfTheCallIsNotToldToTheListener() throws Exception {
        Completed completed = new Completed();
        MessageProducer nowhere = session.createProducer(null);

        assertThatThrownBy(() -> nowhere.send(session.createMessage(), completed))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> producer.send(topic, session.createMessage(), completed))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> producer.send(session.createMessage(), null))
                .isInstanceOf(IllegalArgumentException.class);

        producer.send(session.createTextMessage("x"), completed);
        assertThat(completed.next()).isEqualTo("x");
    }

    @Test
    @Spec("7.3.4")
    @Differs(on = Provider.ARTEMIS, how = "closes without waiting for completions", allowedBy = Differs.NOTHING)
    void closeWaitsForCompletions() throws Exception {
        List<AutoCloseable> unfinished = new ArrayList<>();
        for (AutoCloseable thing : new AutoCloseable[] {producer, session, connection}) {
            CountDownLatch closed = new CountDownLatch(1);
            List<String> done = new CopyOnWriteArrayList<>();
            Completed completed = new Completed(message -> {
                closed.await(A_WHILE_MS, TimeUnit.MILLISECONDS);
                done.add(text(message));
            });
            MessageProducer used = thing == producer
                    ? producer
                    : (thing == session ? session : connection.createSession()).createProducer(topic);
            used.send(anothersText(), completed);

            thing.close();
            if (done.isEmpty()) {
                unfinished.add(thing);
            }
            closed.countDown();
        }

        assertThat(unfinished).isEmpty();
    }

    /** A message of a session that stays open. */
    private Message anothersText() throws JMSException {
        return session().createTextMessage("x");
    }

    @Test
    @Spec("7.3.4")
    @Spec("6.2.7")
    @Differs(on = Provider.ARTEMIS, how = "commits without waiting for completions", allowedBy = Differs.NOTHING)
    void commitWaitsForCompletions() throws Exception {
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        CountDownLatch committed = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        Completed completed = new Completed(message -> {
            committed.await(2 * A_WHILE_MS, TimeUnit.MILLISECONDS);
            done.add(text(message));
        });
        transacted.createProducer(topic).send(transacted.createTextMessage("x"), completed);

        transacted.commit();

        List<String> doneByThen = List.copyOf(done);
        committed.countDown();
        assertThat(receiveText(consumer)).isEqualTo("x");
        assertThat(doneByThen).containsExactly("x");
    }

    @Test
    @Spec("7.3.4")
    void aCallbackClosesNothingOfItsOwn() throws Exception {
        for (AutoCloseable own : new AutoCloseable[] {producer, session, connection}) {
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            producer.send(session.createTextMessage("x"), new Completed(message -> {
                try {
                    own.close();
                    outcome.complete(null);
                } catch (JMSException refused) {
                    outcome.complete(refused);
                }
            }));

            assertThat(outcome.get(SOON_MS, TimeUnit.MILLISECONDS)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @Spec("7.3.4")
    @Differs(on = Provider.ARTEMIS, how = "lets a callback end its own transaction", allowedBy = Differs.NOTHING)
    void aCallbackEndsNoTransactionOfItsOwn() throws Exception {
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        MessageProducer used = transacted.createProducer(topic);
        BlockingQueue<Throwable> outcomes = new LinkedBlockingQueue<>();
        used.send(transacted.createTextMessage("x"), new Completed(message -> {
            outcomes.add(refusal(transacted::commit));
            outcomes.add(refusal(transacted::rollback));
        }));

        transacted.commit();

        assertThat(receiveText(consumer)).isEqualTo("x");
        assertThat(outcomes.poll(SOON_MS, TimeUnit.MILLISECONDS)).isInstanceOf(IllegalStateException.class);
        assertThat(outcomes.poll(SOON_MS, TimeUnit.MILLISECONDS)).isInstanceOf(IllegalStateException.class);
    }

    /** How a call was refused, or an error that says that it was not. */
    private static Throwable refusal(ThrowingCallable call) {
        Throwable refusal = catchThrowable(call);
        return refusal == null ? new AssertionError("not refused") : refusal;
    }

    @Test
    @Spec("7.3")
    @Spec("7.3.4")
    void aContextSendsAsynchronouslyAndIsNotClosedByItsCallback() throws Exception {
        JMSContext context = context();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Completed completed = new Completed(message -> {
            try {
                context.close();
                outcome.complete(null);
            } catch (RuntimeException refused) {
                outcome.complete(refused);
            }
        });

        context.createProducer().setAsync(completed).send(topic, "x");

        assertThat(receiveText(consumer)).isEqualTo("x");
        assertThat(outcome.get(SOON_MS, TimeUnit.MILLISECONDS)).isInstanceOf(IllegalStateRuntimeException.class);
    }

    @Test
    @Spec("7.3")
    void aProducerWithoutListenerSendsSynchronouslyAgain() throws Exception {
        JMSContext context = context();
        Completed completed = new Completed();
        jakarta.jms.JMSProducer sender = context.createProducer().setAsync(completed);
        assertThat(sender.getAsync()).isSameAs(completed);
        sender.send(topic, "one");
        assertThat(completed.next()).isEqualTo("one");

        sender.setAsync(null).send(topic, "two");

        assertThat(sender.getAsync()).isNull();
        assertThat(receiveTexts(consumer, 2)).containsExactly("one", "two");
        assertThat(completed.outcomes).isEmpty();
    }
}
