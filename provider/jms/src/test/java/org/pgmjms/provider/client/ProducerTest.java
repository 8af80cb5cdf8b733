package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageProducer;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.destination.PgmTopic;

/** Jakarta Messaging 3.1, chapter 7 and section 3.4. */
class ProducerTest extends JmsFixture {

    @Test
    void sendSetsTheHeadersThatAreTheProvidersAndTheReceiverSeesThem() throws JMSException {
        TextMessage sent = session.createTextMessage("a");
        sent.setJMSCorrelationID("c");
        sent.setJMSType("t");
        sent.setJMSReplyTo(session.createTopic("replies"));
        sent.setJMSPriority(9);
        sent.setJMSExpiration(1);
        producer.setTimeToLive(5_000);
        producer.setPriority(7);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);

        producer.send(sent);

        Message received = consumer.receiveNoWait();
        for (Message message : new Message[] {sent, received}) {
            assertEquals(topic, message.getJMSDestination());
            assertEquals(DeliveryMode.NON_PERSISTENT, message.getJMSDeliveryMode());
            assertEquals(7, message.getJMSPriority());
            assertEquals(provider.clock().wallMillis(), message.getJMSTimestamp());
            assertEquals(provider.clock().wallMillis(), message.getJMSDeliveryTime());
            assertEquals(provider.clock().wallMillis() + 5_000, message.getJMSExpiration());
            assertThat(message.getJMSMessageID()).startsWith("ID:").isEqualTo(sent.getJMSMessageID());
            assertEquals("c", message.getJMSCorrelationID());
            assertEquals("t", message.getJMSType());
            assertEquals(session.createTopic("replies"), message.getJMSReplyTo());
            assertFalse(message.getJMSRedelivered());
        }
    }

    @Test
    void defaultsAreThoseOfTheSpecification() throws JMSException {
        assertEquals(DeliveryMode.PERSISTENT, producer.getDeliveryMode());
        assertEquals(4, producer.getPriority());
        assertEquals(0, producer.getTimeToLive());
        assertEquals(0, producer.getDeliveryDelay());
        assertFalse(producer.getDisableMessageID());
        assertFalse(producer.getDisableMessageTimestamp());
        assertEquals(topic, producer.getDestination());

        send("a");

        Message received = consumer.receiveNoWait();
        assertEquals(DeliveryMode.PERSISTENT, received.getJMSDeliveryMode());
        assertEquals(4, received.getJMSPriority());
        assertEquals(0, received.getJMSExpiration());
    }

    @Test
    void argumentsOfASendWinForThatSend() throws JMSException {
        producer.send(session.createTextMessage("a"), DeliveryMode.NON_PERSISTENT, 2, 9_000);

        Message first = consumer.receiveNoWait();
        assertEquals(2, first.getJMSPriority());
        assertEquals(DeliveryMode.NON_PERSISTENT, first.getJMSDeliveryMode());
        assertEquals(provider.clock().wallMillis() + 9_000, first.getJMSExpiration());
        send("b");
        assertEquals(4, consumer.receiveNoWait().getJMSPriority());
    }

    @Test
    void theSameMessageCanBeSentAgainAndGetsANewIdentifier() throws JMSException {
        TextMessage message = session.createTextMessage("a");
        producer.send(message);
        String first = message.getJMSMessageID();
        message.setText("b");
        producer.send(message);

        assertNotEquals(first, message.getJMSMessageID());
        assertEquals("a", text(consumer.receiveNoWait()));
        assertEquals("b", text(consumer.receiveNoWait()));
    }

    @Test
    void identifierAndTimestampAreLeftOutWhenNobodyNeedsThem() throws JMSException {
        producer.setDisableMessageID(true);
        producer.setDisableMessageTimestamp(true);
        producer.setTimeToLive(1_000);
        send("a");

        Message received = consumer.receiveNoWait();
        assertNull(received.getJMSMessageID());
        assertEquals(0, received.getJMSTimestamp());
        assertEquals(provider.clock().wallMillis() + 1_000, received.getJMSExpiration());
    }

    @Test
    void anUnidentifiedProducerNeedsADestinationWithEachMessage() throws JMSException {
        MessageProducer anonymous = session.createProducer(null);
        Message message = session.createTextMessage("a");

        assertNull(anonymous.getDestination());
        assertThrows(UnsupportedOperationException.class, () -> anonymous.send(message));
        assertThrows(UnsupportedOperationException.class, () -> anonymous.send(message, 1, 4, 0));
        assertThrows(InvalidDestinationException.class, () -> anonymous.send((Destination) null, message));
        anonymous.send(topic, message);
        anonymous.send(topic, message, DeliveryMode.NON_PERSISTENT, 1, 0);

        assertEquals("a", text(consumer.receiveNoWait()));
        assertEquals(1, consumer.receiveNoWait().getJMSPriority());
    }

    @Test
    void anIdentifiedProducerTakesNoOtherDestination() throws JMSException {
        Message message = session.createTextMessage("a");

        assertThrows(UnsupportedOperationException.class, () -> producer.send(topic, message));
        assertThrows(UnsupportedOperationException.class, () -> producer.send(topic, message, 1, 4, 0));
    }

    @Test
    void badArgumentsAreRefused() throws JMSException {
        Message message = session.createTextMessage("a");

        assertThrows(MessageFormatException.class, () -> producer.send(null));
        assertThrows(JMSException.class, () -> producer.setPriority(10));
        assertThrows(JMSException.class, () -> producer.setPriority(-1));
        assertThrows(JMSException.class, () -> producer.setDeliveryMode(0));
        assertThrows(JMSException.class, () -> producer.setTimeToLive(-1));
        assertThrows(JMSException.class, () -> producer.setDeliveryDelay(-1));
        assertThrows(JMSException.class, () -> producer.send(message, 3, 4, 0));
        assertThrows(JMSException.class, () -> producer.send(message, 1, 10, 0));
        assertThrows(JMSException.class, () -> producer.send(message, 1, 4, -1));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void nothingCanBePublishedToAPatternOrToAnotherProvidersTopic() {
        assertThrows(InvalidDestinationException.class, () -> session.createProducer(session.createTopic("quotes.*")));
        assertThrows(InvalidDestinationException.class, () -> session.createProducer(session.createTopic("quotes.>")));
        Topic foreign = () -> "quotes.us";
        assertThrows(InvalidDestinationException.class, () -> session.createProducer(foreign));
    }

    @Test
    void aMessageAboveTheLimitIsRefusedWithTheSettingAndBothSizes() throws JMSException {
        PgmConnection small = provider.connection("jms.maxMessageSize=1KiB");
        MessageProducer ofSmall = small.createSession().createProducer(topic);

        assertThatThrownBy(() -> ofSmall.send(session.createTextMessage("x".repeat(2_000))))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("jms.maxMessageSize")
                .hasMessageContaining("1024");
        ofSmall.send(session.createTextMessage("x".repeat(900)));
    }

    @Test
    void persistentMessagesAreRefusedWhenToldSo() throws JMSException {
        PgmConnection strict = provider.connection("jms.persistentWithoutBroker=reject");
        MessageProducer own = strict.createSession().createProducer(topic);

        assertThatThrownBy(() -> own.send(session.createTextMessage("a")))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("jms.persistentWithoutBroker");
        own.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        own.send(session.createTextMessage("a"));
    }

    @Test
    void persistentIsWarnedOfOnce() {
        PersistentWarnings warnings = new PersistentWarnings();

        assertThat(warnings.onPersistent(new PgmTopic("a"))).isTrue();
        assertThat(warnings.onPersistent(new PgmTopic("a"))).isFalse();
        assertThat(warnings.onPersistent(new PgmTopic("b"))).isFalse();
    }

    @Test
    void aMessageOfAnotherProviderIsSentAndGetsItsHeaders() throws JMSException {
        Map<String, Object> calls = new HashMap<>();
        TextMessage foreign = (TextMessage) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TextMessage.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("set")) {
                        calls.put(method.getName(), arguments[0]);
                    }
                    return switch (method.getName()) {
                        case "getText" -> "foreign";
                        case "getPropertyNames" -> Collections.emptyEnumeration();
                        default -> method.getReturnType() == int.class ? (Object) 0 : null;
                    };
                });

        producer.send(foreign);

        Message received = consumer.receiveNoWait();
        assertEquals("foreign", text(received));
        assertEquals(received.getJMSMessageID(), calls.get("setJMSMessageID"));
        assertEquals(topic, calls.get("setJMSDestination"));
        assertEquals(received.getJMSTimestamp(), calls.get("setJMSTimestamp"));
    }

    @Test
    void sendingWorksWhileTheConnectionIsStopped() throws JMSException {
        connection.stop();
        send("a");
        connection.start();

        assertEquals("a", text(consumer.receiveNoWait()));
    }

    @Test
    void aRawTopicCarriesTheBytesOfABytesMessageAndNothingElse() throws JMSException {
        Topic raw = session.createTopic("feed?format=raw");
        MessageConsumer ofRaw = session.createConsumer(raw);
        MessageProducer toRaw = session.createProducer(raw);
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(new byte[] {1, 2, 3});
        toRaw.send(bytes);

        BytesMessage received = (BytesMessage) ofRaw.receiveNoWait();

        byte[] body = new byte[(int) received.getBodyLength()];
        received.readBytes(body);
        assertArrayEquals(new byte[] {1, 2, 3}, body);
        assertEquals(1, received.getLongProperty("JMS_PGM_Sequence"));
        assertThrows(MessageFormatException.class, () -> toRaw.send(session.createTextMessage("text")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"window", "none"})
    void lateJoinAndItsTimeOutReachTheLink(String lateJoin) throws JMSException {
        PgmConnection late = provider.connection("jms.joinTimeout=7ms&jms.lateJoin=" + lateJoin);
        late.createSession().createConsumer(topic);

        var options = provider.network().options();
        assertEquals(lateJoin.equals("window"), options.get(options.size() - 1).lateJoin());
        assertEquals(7_000_000, options.get(options.size() - 1).joinTimeoutNs());
    }
}
