package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.jms.Connection;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Section 6.2.7: local transactions. */
class TransactionTest extends JmsContract {
    private Connection connection;
    private Session transacted;
    private Topic topic;

    /** A plain consumer of the topic, in a session of its own. */
    private MessageConsumer observer;

    private Session plain;

    @BeforeEach
    void open() throws JMSException {
        connection = startedConnection();
        transacted = connection.createSession(Session.SESSION_TRANSACTED);
        topic = topic(transacted);
        plain = connection.createSession();
        observer = plain.createConsumer(topic);
    }

    @Test
    @Spec("6.2.7")
    void whatIsSentComesWithTheCommit() throws JMSException {
        sendTexts(transacted, topic, "a", "b");

        assertThat(observer.receive(A_WHILE_MS)).isNull();
        transacted.commit();

        assertThat(receiveTexts(observer, 2)).containsExactly("a", "b");
    }

    @Test
    @Spec("6.2.7")
    void whatIsRolledBackIsNeverSent() throws JMSException {
        sendTexts(transacted, topic, "never");
        transacted.rollback();
        sendTexts(transacted, topic, "a");
        transacted.commit();

        assertThat(receiveText(observer)).isEqualTo("a");
        assertNothingLeft(plain, topic, observer);
    }

    @Test
    @Spec("6.2.7")
    void whatIsReceivedIsAcknowledgedByTheCommit() throws JMSException {
        MessageConsumer consumer = transacted.createConsumer(topic);
        sendTexts(plain, topic, "a", "b");
        assertThat(receiveText(consumer)).isEqualTo("a");

        transacted.commit();
        assertThat(receiveText(consumer)).isEqualTo("b");
        transacted.rollback();

        assertThat(deliveries(consumer, 1)).containsExactly("b/2");
    }

    @Test
    @Spec("6.2.7")
    @Spec("3.4.7")
    @Spec("3.5.11")
    void whatIsRolledBackComesAgainInOrder() throws JMSException {
        MessageConsumer consumer = transacted.createConsumer(topic);
        sendTexts(plain, topic, "a", "b", "c");

        for (int i = 1; i <= 3; i++) {
            assertThat(deliveries(consumer, 2)).containsExactly("a/" + i, "b/" + i);
            transacted.rollback();
        }

        assertThat(deliveries(consumer, 3)).containsExactly("a/4", "b/4", "c/1");
        transacted.commit();
    }

    @Test
    @Spec("6.2.7")
    void receivingAndSendingAreOneUnit() throws JMSException {
        Topic results = topic(transacted);
        MessageConsumer outcome = plain.createConsumer(results);
        MessageConsumer consumer = transacted.createConsumer(topic);
        MessageProducer producer = transacted.createProducer(results);
        sendTexts(plain, topic, "a");

        producer.send(transacted.createTextMessage(receiveText(consumer) + " first try"));
        transacted.rollback();
        producer.send(transacted.createTextMessage(receiveText(consumer) + " second try"));
        transacted.commit();

        assertThat(receiveText(outcome)).isEqualTo("a second try");
        assertNothingLeft(plain, results, outcome);
    }

    @Test
    @Spec("6.2.7")
    void aTransactionSpansDestinations() throws JMSException {
        Topic other = topic(transacted);
        MessageConsumer ofOther = plain.createConsumer(other);
        sendTexts(transacted, topic, "a");
        sendTexts(transacted, other, "b");

        assertThat(observer.receiveNoWait()).isNull();
        transacted.commit();

        assertThat(receiveText(observer)).isEqualTo("a");
        assertThat(receiveText(ofOther)).isEqualTo("b");
    }

    @Test
    @Spec("6.2.7")
    @Spec("6.2.9.2")
    void aLargeTransactionKeepsItsOrder() throws JMSException {
        String[] numbers = IntStream.range(0, 500).mapToObj(Integer::toString).toArray(String[]::new);

        sendTexts(transacted, topic, numbers);
        transacted.commit();

        assertThat(receiveTexts(observer, numbers.length)).containsExactly(numbers);
    }

    @Test
    @Spec("6.2.7")
    @Spec("3.4.11")
    void theHeadersAreThoseOfTheSend() throws JMSException {
        MessageProducer producer = transacted.createProducer(topic);
        producer.setTimeToLive(60_000);
        Message message = transacted.createTextMessage("x");

        producer.send(message);
        long sent = System.currentTimeMillis();
        transacted.commit();

        Message received = observer.receive(SOON_MS);
        assertThat(message.getJMSTimestamp()).isLessThanOrEqualTo(sent);
        assertThat(received.getJMSMessageID()).isEqualTo(message.getJMSMessageID());
        assertThat(received.getJMSTimestamp()).isEqualTo(message.getJMSTimestamp());
        assertSameTime(received.getJMSExpiration(), message.getJMSTimestamp() + 60_000);
    }

    @Test
    @Spec("3.9")
    @Spec("6.2.7")
    void aMessageIsAsItWasWhenItWasSent() throws JMSException {
        MessageProducer producer = transacted.createProducer(topic);
        jakarta.jms.TextMessage message = transacted.createTextMessage("one");
        producer.send(message);
        message.setText("two");
        producer.send(message);
        message.setText("three");
        transacted.commit();

        assertThat(receiveTexts(observer, 2)).containsExactly("one", "two");
    }

    @Test
    @Spec("6.2.15")
    @Spec("6.1.8")
    void closingRollsBack() throws JMSException {
        sendTexts(transacted, topic, "lost with the session");
        transacted.close();
        Connection brief = connection();
        sendTexts(brief.createSession(Session.SESSION_TRANSACTED), topic, "lost with the connection");
        brief.close();

        assertNothingLeft(plain, topic, observer);
    }

    @Test
    @Spec("8.8")
    @Spec("6.2.7")
    void closingAConsumerOrProducerLeavesTheTransactionAlone() throws JMSException {
        try (MessageConsumer consumer = transacted.createConsumer(topic)) {
            sendTexts(plain, topic, "in");
            assertThat(receiveText(consumer)).isEqualTo("in");
        }
        assertThat(receiveText(observer)).isEqualTo("in");

        sendTexts(transacted, topic, "out");
        transacted.commit();

        assertThat(receiveText(observer)).isEqualTo("out");
    }

    @Test
    @Spec("6.2.7")
    void anEmptyTransactionEndsSilently() {
        assertThatCode(transacted::commit).doesNotThrowAnyException();
        assertThatCode(transacted::rollback).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.2.7")
    @Spec("8.7")
    void aListenerCommitsAndRollsBack() throws Exception {
        Deliveries listener = new Deliveries(message -> {
            if (message.getJMSRedelivered() || !Deliveries.is(message, "b")) {
                transacted.commit();
            } else {
                transacted.rollback();
            }
        });
        transacted.createConsumer(topic).setMessageListener(listener);

        sendTexts(plain, topic, "a", "b", "c");

        assertThat(listener.next(4)).containsExactly("a/1", "b/1", "b/2", "c/1");
    }

    @Test
    @Spec("6.2.7")
    void aContextHasTransactionsToo() throws JMSException {
        JMSContext context = context(JMSContext.SESSION_TRANSACTED);
        JMSConsumer consumer = context.createConsumer(topic);
        assertThat(context.getTransacted()).isTrue();

        context.createProducer().send(topic, "a");
        context.rollback();
        context.createProducer().send(topic, "b");
        context.commit();

        assertThat(receiveText(observer)).isEqualTo("b");
        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("b");
        context.rollback();
        assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("b/2");
    }
}
