package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 7.2 and 7.4 to 7.10: producers of the simplified API. */
class JmsProducerTest extends JmsContract {
    private JMSContext context;
    private Topic topic;
    private JMSConsumer consumer;
    private JMSProducer producer;

    @BeforeEach
    void open() throws JMSException {
        context = context();
        topic = topic(context);
        consumer = context.createConsumer(topic);
        producer = context.createProducer();
    }

    @Test
    @Spec("7.2")
    void aJmsProducerSendsBodiesOfEachKind() {
        producer.send(topic, "text").send(topic, new byte[] {1, 2}).send(topic, Map.of("price", 39.81));

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("text");
        assertThat(consumer.receiveBody(byte[].class, SOON_MS)).containsExactly(1, 2);
        assertThat((Object) consumer.receiveBody(Map.class, SOON_MS)).isEqualTo(Map.of("price", 39.81));
    }

    @Test
    @Spec("7.2")
    void aNullBodyIsAMessageWithoutBody() throws JMSException {
        producer.send(topic, (String) null).send(topic, (Map<String, Object>) null);

        assertThat(text(consumer.receive(SOON_MS))).isNull();
        assertThat(consumer.receive(SOON_MS)).isNotNull();
    }

    @Test
    @Spec("7.2")
    @Spec("10.3")
    void aMapOfOtherClassesIsRefused() {
        assertThatThrownBy(() -> producer.send(topic, Map.of("list", List.of())))
                .isInstanceOf(MessageFormatRuntimeException.class);
        assertThatThrownBy(() -> producer.send(topic, (Message) null)).isInstanceOf(JMSRuntimeException.class);
    }

    @Test
    @Spec("7.4")
    @Spec("7.10")
    void optionsAreChainedAndKept() throws JMSException {
        JMSProducer same = producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                .setPriority(8)
                .setTimeToLive(50_000)
                .setDisableMessageID(false)
                .setDisableMessageTimestamp(false);

        assertThat(same).isSameAs(producer);
        assertThat(producer.getDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
        assertThat(producer.getPriority()).isEqualTo(8);
        assertThat(producer.getTimeToLive()).isEqualTo(50_000);
        for (int i = 0; i < 2; i++) {
            producer.send(topic, "x");
            Message received = consumer.receive(SOON_MS);
            assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
            assertThat(received.getJMSPriority()).isEqualTo(8);
            assertSameTime(received.getJMSExpiration(), received.getJMSTimestamp() + 50_000);
        }
    }

    @Test
    @Spec("7.4")
    void theDefaultsAreThoseOfAProducer() {
        assertThat(producer.getDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(producer.getPriority()).isEqualTo(4);
        assertThat(producer.getTimeToLive()).isZero();
        assertThat(producer.getDeliveryDelay()).isZero();
        assertThat(producer.getAsync()).isNull();
        assertThat(producer.getPropertyNames()).isEmpty();
    }

    @Test
    @Spec("7.4")
    void impossibleOptionsAreRefused() {
        assertThatThrownBy(() -> producer.setPriority(10)).isInstanceOf(JMSRuntimeException.class);
        assertThatThrownBy(() -> producer.setDeliveryMode(3)).isInstanceOf(JMSRuntimeException.class);
    }

    @Test
    @Spec("7.9")
    void aDelayIsKept() throws JMSException {
        producer.setDeliveryDelay(60).send(topic, "x");

        assertThat(producer.getDeliveryDelay()).isEqualTo(60);
        Message received = consumer.receive(SOON_MS);
        assertSameTime(received.getJMSDeliveryTime(), received.getJMSTimestamp() + 60);
        assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(received.getJMSDeliveryTime());
    }

    @Test
    @Spec("7.5")
    void propertiesOfEveryTypeAreSet() throws JMSException {
        producer.setProperty("b", true)
                .setProperty("y", (byte) 1)
                .setProperty("s", (short) 2)
                .setProperty("i", 3)
                .setProperty("l", 4L)
                .setProperty("f", 5.5f)
                .setProperty("d", 6.5)
                .setProperty("t", "seven")
                .setProperty("o", (Object) 8);

        assertThat(producer.getPropertyNames()).isEqualTo(Set.of("b", "y", "s", "i", "l", "f", "d", "t", "o"));
        assertThat(producer.propertyExists("b")).isTrue();
        assertThat(producer.getBooleanProperty("b")).isTrue();
        assertThat(producer.getByteProperty("y")).isEqualTo((byte) 1);
        assertThat(producer.getShortProperty("s")).isEqualTo((short) 2);
        assertThat(producer.getIntProperty("i")).isEqualTo(3);
        assertThat(producer.getLongProperty("l")).isEqualTo(4);
        assertThat(producer.getFloatProperty("f")).isEqualTo(5.5f);
        assertThat(producer.getDoubleProperty("d")).isEqualTo(6.5);
        assertThat(producer.getStringProperty("i")).isEqualTo("3");
        assertThat(producer.getObjectProperty("o")).isEqualTo(8);
        producer.send(topic, "x");
        Message received = consumer.receive(SOON_MS);
        assertThat(received.getObjectProperty("s")).isEqualTo((short) 2);
        assertThat(received.getObjectProperty("t")).isEqualTo("seven");
    }

    @Test
    @Spec("7.5")
    void theProducersPropertiesGoBeforeThoseOfTheMessage() throws JMSException {
        TextMessage message = context.createTextMessage("x");
        message.setStringProperty("both", "message");
        message.setStringProperty("only", "message");
        producer.setProperty("both", "producer");

        producer.send(topic, message);

        Message received = consumer.receive(SOON_MS);
        assertThat(received.getStringProperty("both")).isEqualTo("producer");
        assertThat(received.getStringProperty("only")).isEqualTo("message");
    }

    @Test
    @Spec("7.5")
    void clearedPropertiesAreNotSent() throws JMSException {
        producer.setProperty("gone", 1)
                .clearProperties()
                .setProperty("there", 2)
                .send(topic, "x");

        Message received = consumer.receive(SOON_MS);
        assertThat(received.propertyExists("gone")).isFalse();
        assertThat(received.getIntProperty("there")).isEqualTo(2);
    }

    @Test
    @Spec("7.5")
    @Spec("3.5.1")
    @Spec("10.3")
    void impossiblePropertiesAreRefused() {
        assertThatThrownBy(() -> producer.setProperty("", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> producer.setProperty(null, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> producer.setProperty("list", List.of()))
                .isInstanceOf(MessageFormatRuntimeException.class);
    }

    @Test
    @Spec("7.5")
    @Spec("3.5.4")
    void propertiesAreConvertedAsThoseOfAMessage() {
        producer.setProperty("i", 3).setProperty("t", "7");

        assertThat(producer.getLongProperty("i")).isEqualTo(3);
        assertThat(producer.getIntProperty("t")).isEqualTo(7);
        assertThatThrownBy(() -> producer.getShortProperty("i")).isInstanceOf(MessageFormatRuntimeException.class);
        assertThatThrownBy(() -> producer.getIntProperty("missing")).isInstanceOf(NumberFormatException.class);
        assertThat(producer.getStringProperty("missing")).isNull();
    }

    @Test
    @Spec("7.6")
    void theProducersHeadersGoBeforeThoseOfTheMessage() throws JMSException {
        TextMessage message = context.createTextMessage("x");
        message.setJMSType("message");
        message.setJMSCorrelationID("message");
        Topic replies = topic(context);

        producer.setJMSType("producer").setJMSReplyTo(replies).send(topic, message);

        assertThat(producer.getJMSType()).isEqualTo("producer");
        assertThat(producer.getJMSReplyTo()).isEqualTo(replies);
        Message received = consumer.receive(SOON_MS);
        assertThat(received.getJMSType()).isEqualTo("producer");
        assertThat(received.getJMSCorrelationID()).isEqualTo("message");
        assertThat(received.getJMSReplyTo()).isEqualTo(replies);
    }

    @Test
    @Spec("7.6")
    void theCorrelationIdentifierIsSetForABody() throws JMSException {
        producer.setJMSCorrelationID("order 7").send(topic, "x");

        assertThat(producer.getJMSCorrelationID()).isEqualTo("order 7");
        assertThat(consumer.receive(SOON_MS).getJMSCorrelationID()).isEqualTo("order 7");
    }

    @Test
    @Spec("2.8")
    @Spec("7.10")
    @Differs(on = Provider.ARTEMIS, how = "shares delivery options among the producers", allowedBy = Differs.NOTHING)
    void producersOfAContextAreIndependent() throws JMSException {
        producer.setPriority(9).setProperty("p", 1);

        context.createProducer().send(topic, "x");

        Message received = consumer.receive(SOON_MS);
        assertThat(received.getJMSPriority()).isEqualTo(4);
        assertThat(received.propertyExists("p")).isFalse();
    }
}
