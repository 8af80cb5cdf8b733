package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.StreamMessage;
import jakarta.jms.Topic;
import java.io.Serializable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.tck.kit.Spec;

/** Section 8.6: bodies received without their messages. */
class ReceiveBodyTest extends JmsContract {

    @Test
    @Spec("8.6")
    void bodiesOfEveryKindAreReceived() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);

        context.createProducer()
                .send(topic, "text")
                .send(topic, new byte[] {1, 2})
                .send(topic, Map.of("price", 39.81))
                .send(topic, (Serializable) Long.valueOf(7));

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("text");
        assertThat(consumer.receiveBody(byte[].class, SOON_MS)).containsExactly(1, 2);
        assertThat((Object) consumer.receiveBody(Map.class, SOON_MS)).isEqualTo(Map.of("price", 39.81));
        assertThat(consumer.receiveBody(Serializable.class)).isEqualTo(7L);
    }

    @Test
    @Spec("8.6")
    void aBodyIsReceivedAsAnythingItIs() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);

        context.createProducer().send(topic, "a").send(topic, "b").send(topic, new byte[] {1});

        assertThat(consumer.receiveBody(Object.class, SOON_MS)).isEqualTo("a");
        assertThat(consumer.receiveBody(CharSequence.class, SOON_MS)).isEqualTo("b");
        assertThat((byte[]) consumer.receiveBody(Object.class, SOON_MS)).containsExactly(1);
    }

    @Test
    @Spec("8.6")
    void withoutAMessageThereIsNoBody() throws JMSException {
        JMSContext context = context();
        JMSConsumer consumer = context.createConsumer(topic(context));

        assertThat(consumer.receiveBodyNoWait(String.class)).isNull();
        assertThat(consumer.receiveBody(String.class, 20)).isNull();
    }

    @ParameterizedTest
    @Spec("8.6")
    @ValueSource(ints = {JMSContext.AUTO_ACKNOWLEDGE, JMSContext.DUPS_OK_ACKNOWLEDGE})
    @Differs(
            on = Provider.ARTEMIS,
            how = "delivers the message again as a redelivery, or not at all",
            allowedBy = Differs.NOTHING)
    void aBodyOfAnotherTypeStaysInPlaceInAnAutomaticSession(int mode) throws JMSException {
        JMSContext context = context(mode);
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        context.createProducer().send(topic, "a").send(topic, "b");

        assertThatThrownBy(() -> consumer.receiveBody(byte[].class, SOON_MS))
                .isInstanceOf(MessageFormatRuntimeException.class);

        assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("a/1");
        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("b");
    }

    @Test
    @Spec("8.6")
    void aBodyOfAnotherTypeIsRefused() throws JMSException {
        JMSContext context = context();
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        context.createProducer().send(topic, "a");

        assertThatThrownBy(() -> consumer.receiveBody(byte[].class, SOON_MS))
                .isInstanceOf(MessageFormatRuntimeException.class);
    }

    @Test
    @Spec("8.6")
    void aStreamIsRefused() throws JMSException {
        JMSContext context = context(JMSContext.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        StreamMessage stream = context.createStreamMessage();
        stream.writeInt(1);
        context.createProducer().send(topic, stream);

        assertThatThrownBy(() -> consumer.receiveBody(Object.class, SOON_MS))
                .isInstanceOf(MessageFormatRuntimeException.class);
    }

    @Test
    @Spec("8.6")
    @Differs(on = Provider.ARTEMIS, how = "answers null", allowedBy = Differs.NOTHING)
    void aMessageWithoutBodyIsRefused() throws JMSException {
        JMSContext context = context(JMSContext.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        context.createProducer().send(topic, context.createMessage()).send(topic, context.createTextMessage());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> consumer.receiveBody(Object.class, SOON_MS))
                    .isInstanceOf(MessageFormatRuntimeException.class);
        }
    }

    @Test
    @Spec("8.6")
    void inAClientSessionAFailedBodyCountsAsReceived() throws JMSException {
        JMSContext context = context(JMSContext.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        context.createProducer().send(topic, "a").send(topic, "b");

        assertThatThrownBy(() -> consumer.receiveBody(byte[].class, SOON_MS))
                .isInstanceOf(MessageFormatRuntimeException.class);

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("b");
        context.recover();
        assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("a/2");
        assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("b/2");
        context.acknowledge();
        context.recover();
        context.createProducer().send(topic, "the end");
        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("the end");
    }

    @Test
    @Spec("8.6")
    void inATransactionAFailedBodyCountsAsReceived() throws JMSException {
        JMSContext context = context(JMSContext.SESSION_TRANSACTED);
        Topic topic = topic(context);
        JMSConsumer consumer = context.createConsumer(topic);
        MapMessage map = context.createMapMessage();
        map.setInt("i", 1);
        context.createProducer().send(topic, "a").send(topic, map);
        context.commit();

        assertThatThrownBy(() -> consumer.receiveBody(Map.class, SOON_MS))
                .isInstanceOf(MessageFormatRuntimeException.class);

        assertThat((Object) consumer.receiveBody(Map.class, SOON_MS)).isEqualTo(Map.of("i", 1));
        context.rollback();
        assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("a/2");
        assertThat((Object) consumer.receiveBody(Map.class, SOON_MS)).isEqualTo(Map.of("i", 1));
        context.commit();
    }
}
