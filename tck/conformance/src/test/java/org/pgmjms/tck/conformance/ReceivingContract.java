package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Chapter 8: receiving. */
abstract class ReceivingContract extends JmsContract {

    @Test
    @Spec("8.5")
    void receivingWithoutWaitingAnswersAtOnce() throws JMSException {
        Session session = startedConnection().createSession();
        MessageConsumer consumer = session.createConsumer(topic(session));

        assertThat(consumer.receiveNoWait()).isNull();
    }

    @Test
    @Spec("8.5")
    void aTimedReceiveEndsWithNothing() throws JMSException {
        Session session = startedConnection().createSession();
        MessageConsumer consumer = session.createConsumer(topic(session));

        assertThat(consumer.receive(50)).isNull();
    }

    @Test
    @Spec("8.7")
    void aListenerGetsWhatArrives() throws Exception {
        Connection connection = connection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        CountDownLatch three = new CountDownLatch(3);
        session.createConsumer(topic).setMessageListener(message -> three.countDown());
        connection.start();

        sendTexts(connection.createSession(), topic, "a", "b", "c");

        assertThat(three.await(SOON_MS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    @Spec("8.7")
    void aConsumerWithAListenerDoesNotReceive() throws JMSException {
        Session session = startedConnection().createSession();
        MessageConsumer consumer = session.createConsumer(topic(session));
        MessageListener listener = message -> {};
        consumer.setMessageListener(listener);

        assertThat(consumer.getMessageListener()).isSameAs(listener);
        assertThatThrownBy(consumer::receiveNoWait).isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("8.8")
    void aClosedConsumerGetsNothingMore() throws JMSException {
        Session session = startedConnection().createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);

        consumer.close();

        assertThatThrownBy(consumer::receiveNoWait).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("8.8")
    void aListenerMayCloseItsOwnConsumer() throws Exception {
        Connection connection = connection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        CountDownLatch closed = new CountDownLatch(1);
        consumer.setMessageListener(message -> {
            try {
                consumer.close();
                closed.countDown();
            } catch (JMSException refused) {
                throw new AssertionError(refused);
            }
        });
        connection.start();

        sendTexts(connection.createSession(), topic, "x");

        assertThat(closed.await(SOON_MS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    @Spec("8.4")
    void creatingAConsumerStartsAContext() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);

        context.createProducer().send(topic, "x");

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("x");
    }

    @Test
    @Spec("8.4")
    void withoutAutoStartAContextWaitsForStart() throws JMSException {
        JMSContext context = context();
        context.setAutoStart(false);
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        context.createProducer().send(topic, "x");

        assertThat(consumer.receive(A_WHILE_MS)).isNull();
        context.start();
        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("x");
    }

    @Test
    @Spec("8.6")
    void aBodyOfAnotherTypeIsRefused() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        context.createProducer().send(topic, "x");

        assertThatThrownBy(() -> consumer.receiveBody(byte[].class, SOON_MS))
                .isInstanceOf(MessageFormatRuntimeException.class);
    }
}
