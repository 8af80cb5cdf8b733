package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.tck.kit.Spec;

/** Sections 8.1, 8.5 and 8.7: receiving, and listeners. */
class ConsumerTest extends JmsContract {
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
    @Spec("8.5")
    void receivingWithoutWaitingAnswersAtOnce() throws JMSException {
        MessageConsumer consumer = session.createConsumer(topic);

        assertThat(consumer.receiveNoWait()).isNull();
    }

    @Test
    @Spec("8.5")
    void aTimedReceiveEndsWithNothing() throws JMSException {
        MessageConsumer consumer = session.createConsumer(topic);
        long beforeNs = System.nanoTime();

        assertThat(consumer.receive(50)).isNull();

        assertThat(System.nanoTime() - beforeNs).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
    }

    @Test
    @Spec("8.5")
    void aReceiveWithoutLimitWaits() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);
        for (long timeoutMs : new long[] {-1, 0}) {
            Threads.Call<Message> waiting = Threads.call(
                            () -> timeoutMs < 0 ? consumer.receive() : consumer.receive(timeoutMs))
                    .waiting();

            sendTexts(session(), topic, "x");

            assertThat(text(waiting.result().get(SOON_MS, TimeUnit.MILLISECONDS)))
                    .isEqualTo("x");
        }
    }

    @Test
    @Spec("8.7")
    void aListenerGetsWhatArrivesInOrder() throws Exception {
        Deliveries listener = new Deliveries();
        session.createConsumer(topic).setMessageListener(listener);

        sendTexts(session(), topic, "a", "b", "c");

        assertThat(listener.next(3)).containsExactly("a/1", "b/1", "c/1");
    }

    @Test
    @Spec("8.7")
    void aListenerGetsWhatWaitedForIt() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "a", "b");
        assertThat(receiveText(consumer)).isEqualTo("a");
        Deliveries listener = new Deliveries();

        consumer.setMessageListener(listener);

        assertThat(listener.next(1)).containsExactly("b/1");
    }

    @Test
    @Spec("8.7")
    void aListenerIsReplacedWhileItRuns() throws Exception {
        MessageConsumer consumer = session.createConsumer(topic);
        Deliveries second = new Deliveries();
        Deliveries first = new Deliveries(message -> consumer.setMessageListener(second));
        consumer.setMessageListener(first);

        sendTexts(session(), topic, "a", "b", "c");

        assertThat(first.next(1)).containsExactly("a/1");
        assertThat(second.next(2)).containsExactly("b/1", "c/1");
        assertThat(consumer.getMessageListener()).isSameAs(second);
        assertThat(first.waiting()).isZero();
    }

    @Test
    @Spec("8.7")
    void withoutListenerAConsumerReceivesAgain() throws Exception {
        connection.stop();
        MessageConsumer consumer = session.createConsumer(topic);
        MessageListener listener = new Deliveries();
        consumer.setMessageListener(listener);
        assertThat(consumer.getMessageListener()).isSameAs(listener);

        consumer.setMessageListener(null);

        assertThat(consumer.getMessageListener()).isNull();
        connection.start();
        sendTexts(session(), topic, "x");
        assertThat(receiveText(consumer)).isEqualTo("x");
    }

    @Test
    @Spec("8.7")
    @Spec("6.2.5")
    void aConsumerWithAListenerDoesNotReceive() throws JMSException {
        MessageConsumer consumer = session.createConsumer(topic);
        consumer.setMessageListener(message -> {});

        assertThatThrownBy(consumer::receive).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> consumer.receive(50)).isInstanceOf(JMSException.class);
        assertThatThrownBy(consumer::receiveNoWait).isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("6.2.5")
    @Differs(on = Provider.ARTEMIS, how = "lets another consumer of the session receive", allowedBy = "6.2.5")
    void aSessionWithAListenerDoesNotReceive() throws JMSException {
        session.createConsumer(topic).setMessageListener(message -> {});
        MessageConsumer other = session.createConsumer(topic);

        assertThatThrownBy(other::receiveNoWait).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @Spec("8.7")
    @ValueSource(ints = {Session.AUTO_ACKNOWLEDGE, Session.DUPS_OK_ACKNOWLEDGE})
    void aListenerThatThrowsGetsTheMessageAgain(int mode) throws Exception {
        Deliveries listener = new Deliveries(message -> {
            if (Deliveries.is(message, "b") && message.getIntProperty("JMSXDeliveryCount") < 3) {
                throw new IllegalArgumentException("on purpose");
            }
        });
        connection.createSession(mode).createConsumer(topic).setMessageListener(listener);

        sendTexts(session(), topic, "a", "b", "c");

        assertThat(listener.next(5)).containsExactly("a/1", "b/1", "b/2", "b/3", "c/1");
    }

    @Test
    @Spec("8.7")
    void aListenerThatThrowsInAClientSessionGetsTheNextMessage() throws Exception {
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Deliveries listener = new Deliveries(message -> {
            if (Deliveries.is(message, "a") && !message.getJMSRedelivered()) {
                throw new IllegalArgumentException("on purpose");
            }
            if (Deliveries.is(message, "b") && !message.getJMSRedelivered()) {
                client.recover();
            }
        });
        client.createConsumer(topic).setMessageListener(listener);

        sendTexts(session(), topic, "a", "b");

        assertThat(listener.next(4)).containsExactly("a/1", "b/1", "a/2", "b/2");
    }

    @Test
    @Spec("8.7")
    @Spec("6.2.7")
    void aListenerThatThrowsInATransactionGetsTheNextMessage() throws Exception {
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        Deliveries listener = new Deliveries(message -> {
            if (Deliveries.is(message, "a") && !message.getJMSRedelivered()) {
                throw new IllegalArgumentException("on purpose");
            }
            if (Deliveries.is(message, "b") && !message.getJMSRedelivered()) {
                transacted.rollback();
            } else if (Deliveries.is(message, "b")) {
                transacted.commit();
            }
        });
        transacted.createConsumer(topic).setMessageListener(listener);

        sendTexts(session(), topic, "a", "b", "c");

        assertThat(listener.next(5)).containsExactly("a/1", "b/1", "a/2", "b/2", "c/1");
    }

    @Test
    @Spec("8.7")
    @Spec("6.2.9.1")
    void listenersOfSeveralConsumersKeepEachOrder() throws Exception {
        connection.stop();
        List<Deliveries> listeners = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Deliveries listener = new Deliveries();
            session.createConsumer(topic).setMessageListener(listener);
            listeners.add(listener);
        }
        connection.start();

        sendTexts(session(), topic, "a", "b", "c");

        for (Deliveries listener : listeners) {
            assertThat(listener.next(3)).containsExactly("a/1", "b/1", "c/1");
        }
    }

    @Test
    @Spec("8.7")
    void aListenerMakesConsumersAndProducers() throws Exception {
        Topic results = topic(session);
        Session other = session();
        MessageConsumer outcome = other.createConsumer(results);
        CompletableFuture<MessageConsumer> made = new CompletableFuture<>();
        session.createConsumer(topic).setMessageListener(new Deliveries(message -> {
            made.complete(session.createConsumer(results));
            sendTexts(session, results, "from inside");
        }));

        sendTexts(other, topic, "x");

        assertThat(receiveText(outcome)).isEqualTo("from inside");
        assertThat(made).isCompleted();
    }
}
