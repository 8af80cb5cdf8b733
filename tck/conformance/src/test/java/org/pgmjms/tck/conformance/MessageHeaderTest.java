package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 3.4 and 3.5.11: who sets which header, and what arrives. */
class MessageHeaderTest extends JmsContract {
    private Session session;
    private Topic topic;
    private MessageConsumer consumer;
    private MessageProducer producer;

    @BeforeEach
    void open() throws JMSException {
        session = session();
        topic = topic(session);
        consumer = session.createConsumer(topic);
        producer = session.createProducer(topic);
    }

    @Test
    @Spec("3.4.1")
    @Spec("3.4.11")
    void theDestinationIsThatOfTheSend() throws JMSException {
        Message message = session.createMessage();
        message.setJMSDestination(session.createTopic("elsewhere"));

        producer.send(message);

        assertThat(message.getJMSDestination()).isEqualTo(topic);
        assertThat(consumer.receive(SOON_MS).getJMSDestination()).isEqualTo(topic);
    }

    @Test
    @Spec("3.4.2")
    @Spec("3.4.11")
    void theDeliveryModeIsThatOfTheSend() throws JMSException {
        Message message = session.createMessage();
        message.setJMSDeliveryMode(DeliveryMode.NON_PERSISTENT);

        producer.send(message);
        producer.send(session.createMessage(), DeliveryMode.NON_PERSISTENT, 4, 0);

        assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(consumer.receive(SOON_MS).getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(consumer.receive(SOON_MS).getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
    }

    @Test
    @Spec("3.4.3")
    void everySendGivesAnIdentifierOfItsOwn() throws JMSException {
        Message message = session.createMessage();
        message.setJMSMessageID("ID:mine");
        Set<String> identifiers = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            producer.send(message);
            identifiers.add(message.getJMSMessageID());
            assertThat(consumer.receive(SOON_MS).getJMSMessageID()).isEqualTo(message.getJMSMessageID());
        }

        assertThat(identifiers).hasSize(100).doesNotContain("ID:mine").allMatch(id -> id.startsWith("ID:"));
    }

    @Test
    @Spec("3.4.3")
    void withoutAnIdentifierItIsNullOrAsUsual() throws JMSException {
        Message message = session.createMessage();
        producer.setDisableMessageID(true);

        producer.send(message);

        assertThat(producer.getDisableMessageID()).isTrue();
        String received = consumer.receive(SOON_MS).getJMSMessageID();
        assertThat(received == null || received.startsWith("ID:")).isTrue();
        assertThat(message.getJMSMessageID()).isEqualTo(received);
    }

    @Test
    @Spec("3.4.4")
    void theTimestampIsFromDuringTheSend() throws JMSException {
        Message message = session.createMessage();
        message.setJMSTimestamp(1);
        long before = System.currentTimeMillis();

        producer.send(message);

        assertThat(message.getJMSTimestamp()).isBetween(before, System.currentTimeMillis());
        assertThat(consumer.receive(SOON_MS).getJMSTimestamp()).isEqualTo(message.getJMSTimestamp());
    }

    @Test
    @Spec("3.4.4")
    void withoutATimestampItIsZeroOrAsUsual() throws JMSException {
        Message message = session.createMessage();
        long before = System.currentTimeMillis();
        producer.setDisableMessageTimestamp(true);

        producer.send(message);

        assertThat(producer.getDisableMessageTimestamp()).isTrue();
        long received = consumer.receive(SOON_MS).getJMSTimestamp();
        assertThat(received == 0 || received >= before).isTrue();
        assertThat(message.getJMSTimestamp()).isEqualTo(received);
    }

    @Test
    @Spec("3.4.5")
    void aCorrelationIdentifierIsTextOrAnotherMessages() throws JMSException {
        Message request = session.createMessage();
        producer.send(request);
        consumer.receive(SOON_MS);
        Message reply = session.createMessage();
        reply.setJMSCorrelationID(request.getJMSMessageID());
        Message other = session.createMessage();
        other.setJMSCorrelationID("order 7");

        assertThat(roundTrip(session, reply).getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
        assertThat(roundTrip(session, other).getJMSCorrelationID()).isEqualTo("order 7");
        assertThat(roundTrip(session, session.createMessage()).getJMSCorrelationID())
                .isNull();
    }

    @Test
    @Spec("3.4.5")
    void aCorrelationIdentifierOfBytesArrivesOrIsRefused() throws JMSException {
        Message message = session.createMessage();
        byte[] correlation = {7, 0, -1};

        try {
            message.setJMSCorrelationIDAsBytes(correlation);
        } catch (UnsupportedOperationException allowed) {
            assertThatThrownBy(message::getJMSCorrelationIDAsBytes).isInstanceOf(UnsupportedOperationException.class);
            return;
        }

        assertThat(roundTrip(session, message).getJMSCorrelationIDAsBytes()).containsExactly(correlation);
    }

    @Test
    @Spec("3.4.6")
    void aReplyIsSentWhereTheMessageSays() throws JMSException {
        Topic replies = topic(session);
        Message message = session.createMessage();
        message.setJMSReplyTo(replies);

        assertThat(roundTrip(session, message).getJMSReplyTo()).isEqualTo(replies);
        assertThat(roundTrip(session, session.createMessage()).getJMSReplyTo()).isNull();
    }

    @Test
    @Spec("3.4.6")
    void theKindOfTheReplyDestinationArrives() throws JMSException {
        Queue queue = session.createQueue("contract.replies");
        TemporaryTopic temporaryTopic = session.createTemporaryTopic();
        TemporaryQueue temporaryQueue = session.createTemporaryQueue();

        Message[] messages = {session.createMessage(), session.createMessage(), session.createMessage()};
        messages[0].setJMSReplyTo(queue);
        messages[1].setJMSReplyTo(temporaryTopic);
        messages[2].setJMSReplyTo(temporaryQueue);

        assertThat(((Queue) roundTrip(session, messages[0]).getJMSReplyTo()).getQueueName())
                .isEqualTo(queue.getQueueName());
        assertThat(((TemporaryTopic) roundTrip(session, messages[1]).getJMSReplyTo()).getTopicName())
                .isEqualTo(temporaryTopic.getTopicName());
        assertThat(((TemporaryQueue) roundTrip(session, messages[2]).getJMSReplyTo()).getQueueName())
                .isEqualTo(temporaryQueue.getQueueName());
    }

    @Test
    @Spec("3.4.7")
    @Spec("3.5.11")
    void theFirstDeliveryCountsOne() throws JMSException {
        producer.send(session.createTextMessage("x"));

        Message received = consumer.receive(SOON_MS);

        assertThat(received.getJMSRedelivered()).isFalse();
        assertThat(received.getIntProperty("JMSXDeliveryCount")).isEqualTo(1);
        assertThat(strings(received.getPropertyNames())).contains("JMSXDeliveryCount");
    }

    @Test
    @Spec("3.4.8")
    void theTypeArrives() throws JMSException {
        Message message = session.createMessage();
        message.setJMSType("quote");

        assertThat(roundTrip(session, message).getJMSType()).isEqualTo("quote");
        assertThat(roundTrip(session, session.createMessage()).getJMSType()).isNull();
    }

    @Test
    @Spec("3.4.9")
    @Spec("7.8")
    void theExpirationIsTheTimestampAndTheTimeToLive() throws JMSException {
        Message message = session.createMessage();
        message.setJMSExpiration(1);

        producer.send(message, DeliveryMode.NON_PERSISTENT, 4, 60_000);
        producer.send(session.createMessage());

        assertSameTime(message.getJMSExpiration(), message.getJMSTimestamp() + 60_000);
        assertThat(consumer.receive(SOON_MS).getJMSExpiration()).isEqualTo(message.getJMSExpiration());
        assertThat(consumer.receive(SOON_MS).getJMSExpiration()).isZero();
    }

    @Test
    @Spec("3.4.10")
    void thePriorityIsThatOfTheSend() throws JMSException {
        Message message = session.createMessage();
        message.setJMSPriority(9);

        producer.send(message);
        assertThat(message.getJMSPriority()).isEqualTo(4);
        producer.send(message, DeliveryMode.PERSISTENT, 7, 0);
        assertThat(message.getJMSPriority()).isEqualTo(7);

        Message first = consumer.receive(SOON_MS);
        Message second = consumer.receive(SOON_MS);
        assertThat(Set.of(first.getJMSPriority(), second.getJMSPriority())).containsExactlyInAnyOrder(4, 7);
    }

    @Test
    @Spec("3.4.13")
    void theDeliveryTimeIsTheTimestampAndTheDelay() throws JMSException {
        Message message = session.createMessage();
        message.setJMSDeliveryTime(1);
        producer.setDeliveryDelay(50);

        producer.send(message);

        assertSameTime(message.getJMSDeliveryTime(), message.getJMSTimestamp() + 50);
        assertThat(consumer.receive(SOON_MS).getJMSDeliveryTime()).isEqualTo(message.getJMSDeliveryTime());
    }

    @Test
    @Spec("3.4.13")
    @Differs(
            on = Provider.ARTEMIS,
            how = "leaves JMSDeliveryTime zero when there is no delay",
            allowedBy = Differs.NOTHING)
    void withoutDelayTheDeliveryTimeIsThatOfTheSend() throws JMSException {
        Message message = session.createMessage();

        producer.send(message);

        assertThat(message.getJMSDeliveryTime()).isEqualTo(message.getJMSTimestamp());
        assertThat(consumer.receive(SOON_MS).getJMSDeliveryTime()).isEqualTo(message.getJMSTimestamp());
    }

    @Test
    @Spec("3.9")
    void aSentMessageCanBeChangedAndSentAgain() throws JMSException {
        TextMessage message = session.createTextMessage("first");
        message.setIntProperty("n", 1);
        producer.send(message);
        String firstId = message.getJMSMessageID();

        message.setText("second");
        message.setIntProperty("n", 2);
        producer.send(message);

        assertThat(message.getJMSMessageID()).isNotEqualTo(firstId);
        Message first = consumer.receive(SOON_MS);
        Message second = consumer.receive(SOON_MS);
        assertThat(text(first)).isEqualTo("first");
        assertThat(first.getIntProperty("n")).isEqualTo(1);
        assertThat(text(second)).isEqualTo("second");
        assertThat(second.getIntProperty("n")).isEqualTo(2);
    }

    @Test
    @Spec("3.10")
    void headersOfAReceivedMessageCanBeChanged() throws JMSException {
        Message received = roundTrip(session, session.createMessage());

        received.setJMSType("mine");
        received.setJMSCorrelationID("mine too");

        assertThat(received.getJMSType()).isEqualTo("mine");
        assertThat(received.getJMSCorrelationID()).isEqualTo("mine too");
    }
}
