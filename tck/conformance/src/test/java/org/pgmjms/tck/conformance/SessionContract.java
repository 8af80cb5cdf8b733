package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Chapter 6.2: sessions, order, acknowledgement. */
abstract class SessionContract extends JmsContract {

    @Test
    @Spec("6.2.9.1")
    void messagesArriveInTheOrderTheyWereSent() throws JMSException {
        Session session = startedConnection().createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        String[] numbers = IntStream.range(0, 2000).mapToObj(Integer::toString).toArray(String[]::new);

        sendTexts(session, topic, numbers);

        assertThat(receiveTexts(consumer, numbers.length)).containsExactly(numbers);
    }

    @Test
    @Spec("4.2.2")
    void everySubscriberGetsEveryMessage() throws JMSException {
        Connection connection = startedConnection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer first = session.createConsumer(topic);
        MessageConsumer second = connection.createSession().createConsumer(topic);
        MessageConsumer third = startedConnection().createSession().createConsumer(topic);

        sendTexts(session, topic, "a", "b");

        for (MessageConsumer consumer : List.of(first, second, third)) {
            assertThat(receiveTexts(consumer, 2)).containsExactly("a", "b");
        }
    }

    @Test
    @Spec("4.2.2")
    void topicsAreKeptApart() throws JMSException {
        Session session = startedConnection().createSession();
        Topic one = topic(session);
        Topic other = topic(session);
        MessageConsumer consumer = session.createConsumer(other);

        sendTexts(session, one, "for one");
        sendTexts(session, other, "for other");

        assertThat(receiveText(consumer)).isEqualTo("for other");
        assertThat(consumer.receive(A_WHILE_MS)).isNull();
    }

    @Test
    @Spec("8.3.1")
    void aSubscriberGetsNothingFromBeforeItWasThere() throws JMSException {
        Session session = startedConnection().createSession();
        Topic topic = topic(session);
        sendTexts(session, topic, "before");

        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "after");

        assertThat(receiveText(consumer)).isEqualTo("after");
    }

    @Test
    @Spec("6.2.10")
    void clientAcknowledgementCoversAllThatWasConsumed() throws JMSException {
        Session session = startedConnection().createSession(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "a", "b", "c");
        consumer.receive(SOON_MS);
        consumer.receive(SOON_MS).acknowledge();

        session.recover();

        Message third = consumer.receive(SOON_MS);
        assertThat(((TextMessage) third).getText()).isEqualTo("c");
    }

    @Test
    @Spec("6.2.10")
    @Spec("3.4.7")
    @Spec("3.5.11")
    void recoverDeliversAgainInOrderAndSaysSo() throws JMSException {
        Session session = startedConnection().createSession(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "a", "b");
        receiveTexts(consumer, 2);

        session.recover();

        TextMessage first = (TextMessage) consumer.receive(SOON_MS);
        assertThat(first.getText()).isEqualTo("a");
        assertThat(first.getJMSRedelivered()).isTrue();
        assertThat(first.getIntProperty("JMSXDeliveryCount")).isEqualTo(2);
        assertThat(receiveText(consumer)).isEqualTo("b");
    }

    @Test
    @Spec("8.7")
    void aListenerThatThrowsGetsTheMessageAgain() throws Exception {
        Connection connection = connection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        List<String> deliveries = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(2);
        session.createConsumer(topic).setMessageListener(message -> {
            try {
                deliveries.add(((TextMessage) message).getText() + " " + message.getJMSRedelivered());
            } catch (JMSException unreadable) {
                deliveries.add(unreadable.toString());
            }
            done.countDown();
            if (deliveries.size() == 1) {
                throw new IllegalArgumentException("on purpose");
            }
        });
        connection.start();

        sendTexts(connection.createSession(), topic, "x");

        assertThat(done.await(SOON_MS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(deliveries).containsExactly("x false", "x true");
    }

    @Test
    @Spec("6.2.13")
    void listenersOfASessionRunOneAtATime() throws Exception {
        Connection connection = connection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(100);
        for (int i = 0; i < 2; i++) {
            session.createConsumer(topic).setMessageListener(message -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
                all.countDown();
            });
        }
        connection.start();

        sendTexts(
                connection.createSession(),
                topic,
                IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new));

        assertThat(all.await(SOON_MS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    @Spec("6.2.15")
    void aClosedSessionCanDoNothingMore() throws JMSException {
        Session session = startedConnection().createSession();
        Topic topic = topic(session);

        session.close();
        session.close();

        assertThatThrownBy(() -> session.createConsumer(topic)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::recover).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("6.2.15")
    void closingWaitsForTheListenerThatRuns() throws Exception {
        Connection connection = connection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        CountDownLatch entered = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        session.createConsumer(topic).setMessageListener(message -> {
            entered.countDown();
            long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(A_WHILE_MS);
            while (System.nanoTime() - endNs < 0) {
                Thread.onSpinWait();
            }
            finished.incrementAndGet();
        });
        connection.start();
        sendTexts(connection.createSession(), topic, "x");
        assertThat(entered.await(SOON_MS, TimeUnit.MILLISECONDS)).isTrue();

        session.close();

        assertThat(finished).hasValue(1);
    }

    @Test
    @Spec("6.2.7")
    void commitNeedsATransactedSession() throws JMSException {
        Session session = connection().createSession();

        assertThat(session.getTransacted()).isFalse();
        assertThat(session.getAcknowledgeMode()).isEqualTo(Session.AUTO_ACKNOWLEDGE);
        assertThatThrownBy(session::commit).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::rollback).isInstanceOf(IllegalStateException.class);
    }
}
