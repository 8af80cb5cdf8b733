package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 6.2 and 6.2.13 to 6.2.14: sessions, and who runs when. */
class SessionTest extends JmsContract {

    @Test
    @Spec("6.2")
    void aSessionHasTheModeItWasMadeWith() throws JMSException {
        Connection connection = connection();

        for (int mode : new int[] {Session.AUTO_ACKNOWLEDGE, Session.CLIENT_ACKNOWLEDGE, Session.DUPS_OK_ACKNOWLEDGE}) {
            assertThat(connection.createSession(mode).getAcknowledgeMode()).isEqualTo(mode);
            assertThat(connection.createSession(false, mode).getAcknowledgeMode())
                    .isEqualTo(mode);
            assertThat(connection.createSession(mode).getTransacted()).isFalse();
        }
        assertThat(connection.createSession().getAcknowledgeMode()).isEqualTo(Session.AUTO_ACKNOWLEDGE);
        assertThat(connection.createSession(Session.SESSION_TRANSACTED).getTransacted())
                .isTrue();
        Session transacted = connection.createSession(true, Session.CLIENT_ACKNOWLEDGE);
        assertThat(transacted.getTransacted()).isTrue();
        assertThat(transacted.getAcknowledgeMode()).isEqualTo(Session.SESSION_TRANSACTED);
    }

    @Test
    @Spec("6.2")
    @Differs(on = Provider.ARTEMIS, how = "throws IllegalArgumentException", allowedBy = Differs.NOTHING)
    void aModeThatDoesNotExistIsRefused() throws JMSException {
        Connection connection = connection();

        assertThatThrownBy(() -> connection.createSession(77)).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> connection.createSession(false, Session.SESSION_TRANSACTED))
                .isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("6.2.7")
    @Spec("10.3")
    void commitNeedsATransactedSession() throws JMSException {
        Session session = connection().createSession();

        assertThatThrownBy(session::commit).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::rollback).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("6.2.7")
    @Spec("6.2.10")
    void aTransactedSessionIsNotRecovered() throws JMSException {
        Session session = connection().createSession(Session.SESSION_TRANSACTED);

        assertThatThrownBy(session::recover).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("6.2.3")
    void aDestinationIsOnlyAName() throws JMSException {
        Session session = connection().createSession();

        assertThat(session.createTopic("a.b").getTopicName()).isEqualTo("a.b");
        assertThat(session.createQueue("a.b").getQueueName()).isEqualTo("a.b");
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
    @Spec("6.2.14")
    void listenersOfSeveralSessionsRunAtTheSameTime() throws Exception {
        Connection connection = startedConnection();
        Topic topic = topic(connection.createSession());
        CountDownLatch both = new CountDownLatch(2);
        Deliveries listener = new Deliveries(message -> {
            both.countDown();
            both.await();
        });
        connection.createSession().createConsumer(topic).setMessageListener(listener);
        connection.createSession().createConsumer(topic).setMessageListener(listener);

        sendTexts(connection.createSession(), topic, "x");

        assertThat(both.await(SOON_MS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    @Spec("6.2.5")
    void aListenerUsesItsSession() throws Exception {
        Connection connection = connection();
        Session session = connection.createSession();
        Topic requests = topic(session);
        Topic answers = topic(session);
        session.createConsumer(requests)
                .setMessageListener(
                        new Deliveries(message -> sendTexts(session, answers, text(message) + " answered")));
        connection.start();
        Session other = session();
        jakarta.jms.MessageConsumer consumer = other.createConsumer(answers);

        sendTexts(other, requests, "one", "two");

        assertThat(receiveTexts(consumer, 2)).containsExactly("one answered", "two answered");
    }
}
