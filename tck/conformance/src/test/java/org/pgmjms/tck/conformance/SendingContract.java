package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Chapter 7: sending. */
abstract class SendingContract extends JmsContract {

    @Test
    @Spec("7.1")
    void aProducerWithoutDestinationTakesItAtEachSend() throws JMSException {
        Session session = startedConnection().createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(null);

        producer.send(topic, session.createTextMessage("x"));

        assertThat(receiveText(consumer)).isEqualTo("x");
        assertThatThrownBy(() -> producer.send(session.createTextMessage("nowhere")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Spec("7.1")
    void aProducerWithADestinationTakesNoOther() throws JMSException {
        Session session = startedConnection().createSession();
        Topic topic = topic(session);
        MessageProducer producer = session.createProducer(topic);

        assertThatThrownBy(() -> producer.send(topic, session.createTextMessage("x")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Spec("7.4")
    void theProducersOptionsApplyToWhatItSends() throws JMSException {
        Session session = startedConnection().createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setPriority(8);
        producer.setTimeToLive(50_000);

        producer.send(session.createTextMessage("x"));

        Message received = consumer.receive(SOON_MS);
        assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
        assertThat(received.getJMSPriority()).isEqualTo(8);
        assertThat(received.getJMSExpiration()).isEqualTo(received.getJMSTimestamp() + 50_000);
    }

    @Test
    @Spec("7.7")
    @Spec("3.4.10")
    void theDefaultsArePersistentAndPriorityFour() throws JMSException {
        Session session = connection().createSession();
        MessageProducer producer = session.createProducer(topic(session));

        assertThat(producer.getDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(producer.getPriority()).isEqualTo(4);
        assertThat(producer.getTimeToLive()).isZero();
        assertThat(producer.getDeliveryDelay()).isZero();
    }

    @Test
    @Spec("3.4.10")
    void anImpossiblePriorityIsRefused() throws JMSException {
        Session session = connection().createSession();
        MessageProducer producer = session.createProducer(topic(session));

        assertThatThrownBy(() -> producer.setPriority(10)).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> producer.setDeliveryMode(3)).isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("7.8")
    void anExpiredMessageIsNotDelivered() throws Exception {
        jakarta.jms.Connection connection = connection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);
        producer.send(session.createTextMessage("short"), DeliveryMode.NON_PERSISTENT, 4, 50);
        producer.send(session.createTextMessage("long"), DeliveryMode.NON_PERSISTENT, 4, 0);
        org.awaitility.Awaitility.await()
                .pollDelay(java.time.Duration.ofMillis(A_WHILE_MS))
                .until(() -> true);

        connection.start();

        assertThat(receiveText(consumer)).isEqualTo("long");
    }

    @Test
    @Spec("7.2")
    void aNullDestinationIsRefused() throws JMSException {
        Session session = connection().createSession();
        MessageProducer producer = session.createProducer(null);

        assertThatThrownBy(() -> producer.send(null, session.createTextMessage("x")))
                .isInstanceOf(InvalidDestinationException.class);
    }

    @Test
    @Spec("7.5")
    @Spec("7.10")
    void aJmsProducerSetsPropertiesAndHeaders() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        var consumer = context.createConsumer(topic);
        JMSProducer producer = context.createProducer()
                .setProperty("currency", "USD")
                .setJMSType("quote")
                .setJMSCorrelationID("7")
                .setPriority(6);

        producer.send(topic, "39.81");

        TextMessage received = (TextMessage) consumer.receive(SOON_MS);
        assertThat(received.getText()).isEqualTo("39.81");
        assertThat(received.getStringProperty("currency")).isEqualTo("USD");
        assertThat(received.getJMSType()).isEqualTo("quote");
        assertThat(received.getJMSCorrelationID()).isEqualTo("7");
        assertThat(received.getJMSPriority()).isEqualTo(6);
    }

    @Test
    @Spec("7.2")
    void aJmsProducerSendsBodiesOfEachKind() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        var consumer = context.createConsumer(topic);

        context.createProducer()
                .send(topic, "text")
                .send(topic, new byte[] {1, 2})
                .send(topic, Map.of("price", 39.81));

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("text");
        assertThat(consumer.receiveBody(byte[].class, SOON_MS)).containsExactly(1, 2);
        assertThat((Object) consumer.receiveBody(Map.class, SOON_MS)).isEqualTo(Map.of("price", 39.81));
    }
}
