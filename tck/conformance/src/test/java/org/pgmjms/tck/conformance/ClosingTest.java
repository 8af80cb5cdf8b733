package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 6.1.8, 6.2.15 and 8.8: what closing a connection, a session, a consumer does to all that hangs on it. */
class ClosingTest extends JmsContract {
    private Connection connection;
    private Session session;
    private Topic topic;

    @BeforeEach
    void open() throws JMSException {
        connection = startedConnection();
        session = connection.createSession();
        topic = topic(session);
    }

    @Test
    @Spec("6.1.8")
    @Spec("6.2.15")
    void closingTwiceIsSilent() throws JMSException {
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);

        for (AutoCloseable thing : List.of(consumer, producer, session, connection)) {
            assertThatCode(thing::close).doesNotThrowAnyException();
            assertThatCode(thing::close).doesNotThrowAnyException();
        }
    }

    @Test
    @Spec("6.1.8")
    void closingTheConnectionClosesAllThatCameFromIt() throws JMSException {
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);
        Message message = session.createMessage();

        connection.close();

        assertAllClosed(
                connection::start,
                connection::stop,
                connection::createSession,
                connection::getMetaData,
                connection::getClientID,
                connection::getExceptionListener,
                () -> connection.setExceptionListener(null));
        assertSessionClosed();
        assertAllClosed(consumer::receive, consumer::receiveNoWait, consumer::getMessageListener);
        assertAllClosed(() -> producer.setPriority(3), producer::getDeliveryMode, () -> producer.send(message));
        assertThatCode(session::close).doesNotThrowAnyException();
        assertThatCode(consumer::close).doesNotThrowAnyException();
        assertThatCode(producer::close).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.2.15")
    void closingTheSessionClosesAllThatCameFromIt() throws JMSException {
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);

        session.close();

        assertSessionClosed();
        assertAllClosed(consumer::receiveNoWait, () -> consumer.receive(1));
        assertAllClosed(() -> producer.setDeliveryMode(1), producer::getPriority);
        Session another = connection.createSession();
        assertThat(text(roundTrip(another, another.createTextMessage("x")))).isEqualTo("x");
    }

    @Test
    @Spec("8.8")
    @Spec("7.1")
    void aClosedConsumerOrProducerDoesNothingMore() throws JMSException {
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);
        Message message = session.createMessage();

        consumer.close();
        producer.close();

        assertAllClosed(
                consumer::receive,
                consumer::receiveNoWait,
                consumer::getMessageSelector,
                () -> consumer.setMessageListener(null));
        assertAllClosed(
                () -> producer.send(message),
                producer::getDestination,
                producer::getTimeToLive,
                () -> producer.setDisableMessageID(true));
    }

    private void assertSessionClosed() {
        assertAllClosed(
                session::createMessage,
                session::createTextMessage,
                session::createBytesMessage,
                session::getTransacted,
                session::getAcknowledgeMode,
                session::recover,
                () -> session.createProducer(topic),
                () -> session.createConsumer(topic),
                () -> session.createTopic("x"),
                () -> session.createQueue("x"),
                session::createTemporaryTopic,
                session::createTemporaryQueue);
    }

    /** A call of something. */
    @FunctionalInterface
    private interface Use {
        void call() throws Exception;
    }

    private static void assertAllClosed(Use... uses) {
        for (int i = 0; i < uses.length; i++) {
            Use use = uses[i];
            assertThatThrownBy(use::call).as("call %d", i).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @Spec("6.1.8")
    void closingTheConnectionEndsAReceiveThatWaits() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);

        assertEnds(consumer::receive, connection);
    }

    @Test
    @Spec("6.2.15")
    void closingTheSessionEndsAReceiveThatWaits() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);

        assertEnds(() -> consumer.receive(60_000), session);
    }

    @Test
    @Spec("8.8")
    void closingTheConsumerEndsAReceiveThatWaits() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);

        assertEnds(consumer::receive, consumer);
    }

    private static void assertEnds(Callable<Message> receive, AutoCloseable closed) throws Exception {
        Threads.Call<Message> waiting = Threads.call(receive).waiting();

        closed.close();

        assertThat(waiting.result().get(SOON_MS, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    @Spec("6.1.8")
    void closingAStoppedConnectionEndsAReceiveThatWaits() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);
        connection.stop();

        assertEnds(consumer::receive, connection);
    }

    @Test
    @Spec("6.1.8")
    void closingTheConnectionWaitsForTheListenerThatRuns() throws Exception {
        assertWaitsForListener(session.createConsumer(topic), connection);
    }

    @Test
    @Spec("6.2.15")
    void closingTheSessionWaitsForTheListenerThatRuns() throws Exception {
        assertWaitsForListener(session.createConsumer(topic), session);
    }

    @Test
    @Spec("8.8")
    void closingTheConsumerWaitsForTheListenerThatRuns() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);

        assertWaitsForListener(consumer, consumer);
    }

    /** While it runs, the listener can still use its session. */
    private void assertWaitsForListener(MessageConsumer consumer, AutoCloseable closed) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        Session other = session();
        MessageConsumer outcome = other.createConsumer(other.createTopic(topic.getTopicName() + ".outcome"));
        consumer.setMessageListener(new Deliveries(message -> {
            entered.countDown();
            closing.await();
            sendTexts(session, session.createTopic(topic.getTopicName() + ".outcome"), "done");
            finished.incrementAndGet();
        }));
        sendTexts(other, topic, "x");
        assertThat(entered.await(SOON_MS, TimeUnit.MILLISECONDS)).isTrue();
        Threads.whenWaiting(Thread.currentThread(), closing::countDown);

        closed.close();

        assertThat(finished).hasValue(1);
        assertThat(receiveText(outcome)).isEqualTo("done");
    }

    @Test
    @Spec("6.1.8")
    @Spec("6.2.15")
    void closeFromAListenerIsRefusedOrCloses() throws Exception {
        for (AutoCloseable own : new AutoCloseable[] {session, connection}) {
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Session used = own == session ? session : connection.createSession();
            used.createConsumer(topic).setMessageListener(message -> {
                try {
                    own.close();
                    outcome.complete(null);
                } catch (Exception refused) {
                    outcome.complete(refused);
                }
            });

            sendTexts(session(), topic, "x");

            Throwable refused = outcome.get(SOON_MS, TimeUnit.MILLISECONDS);
            assertThat(refused == null || refused instanceof IllegalStateException)
                    .isTrue();
        }
    }

    @Test
    @Spec("8.8")
    void aListenerClosesItsOwnConsumer() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);
        Deliveries listener = new Deliveries(message -> consumer.close());
        consumer.setMessageListener(listener);

        Session other = session();
        MessageConsumer probe = other.createConsumer(topic);
        sendTexts(other, topic, "a", "b");

        assertThat(listener.next(1)).containsExactly("a/1");
        assertThat(receiveTexts(probe, 2)).containsExactly("a", "b");
        session.close();
        assertThat(listener.waiting()).isZero();
    }

    @Test
    @Spec("8.8")
    @Spec("6.2.10")
    void aConsumerClosedByItsListenerLeavesTheAcknowledgementToTheSession() throws Exception {
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = client.createConsumer(topic);
        CompletableFuture<Message> kept = new CompletableFuture<>();
        consumer.setMessageListener(new Deliveries(message -> {
            consumer.close();
            kept.complete(message);
        }));

        sendTexts(session(), topic, "a");

        Message message = kept.get(SOON_MS, TimeUnit.MILLISECONDS);
        assertThatCode(message::acknowledge).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.1.8")
    @Spec("6.2.15")
    void aMessageOutlivesItsSessionExceptToBeAcknowledged() throws Exception {
        for (boolean whole : new boolean[] {false, true}) {
            Connection mine = startedConnection();
            Session client = mine.createSession(Session.CLIENT_ACKNOWLEDGE);
            Message received = roundTrip(client, client.createTextMessage("x"));

            (whole ? mine : client).close();

            assertThat(text(received)).isEqualTo("x");
            assertThatThrownBy(received::acknowledge).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @Spec("6.1.8")
    void whatWasSentBeforeCloseArrives() throws JMSException {
        Session listening = session();
        MessageConsumer consumer = listening.createConsumer(topic);

        for (int i = 0; i < 5; i++) {
            Connection brief = connection();
            sendTexts(brief.createSession(), topic, "" + i);
            brief.close();
        }

        assertThat(receiveTexts(consumer, 5)).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    @Spec("6.1.8")
    void aConnectionIsClosedByAnyThreadWhileOthersUseIt() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);
        Threads.Call<Message> receiving = Threads.call(consumer::receive).waiting();
        Threads.Call<Object> one = Threads.call(() -> closed(connection));
        Threads.Call<Object> other = Threads.call(() -> closed(connection));

        assertThat(one.result().get(SOON_MS, TimeUnit.MILLISECONDS)).isEqualTo("closed");
        assertThat(other.result().get(SOON_MS, TimeUnit.MILLISECONDS)).isEqualTo("closed");
        assertThat(receiving.result().get(SOON_MS, TimeUnit.MILLISECONDS)).isNull();
    }

    private static Object closed(AutoCloseable thing) throws Exception {
        thing.close();
        return "closed";
    }
}
