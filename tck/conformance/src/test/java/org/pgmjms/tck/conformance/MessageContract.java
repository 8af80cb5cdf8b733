package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Chapter 3: the message model. */
abstract class MessageContract extends JmsContract {
    Session session;

    @BeforeEach
    void openSession() throws JMSException {
        session = startedConnection().createSession();
    }

    @Test
    @Spec("3.11")
    void textArrivesAsItWasSent() throws JMSException {
        String text = "Grüße, \u65e5\u672c \ud83d\ude00 \u0000 end";

        assertThat(roundTrip(session, session.createTextMessage(text)).getText())
                .isEqualTo(text);
    }

    @Test
    @Spec("3.11")
    void aTextMessageWithoutTextArrivesWithoutText() throws JMSException {
        assertThat(roundTrip(session, session.createTextMessage()).getText()).isNull();
    }

    @Test
    @Spec("3.11")
    void bytesArriveAsTheyWereWritten() throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBoolean(true);
        message.writeByte((byte) -7);
        message.writeShort((short) -300);
        message.writeChar('\u20ac');
        message.writeInt(Integer.MIN_VALUE);
        message.writeLong(Long.MAX_VALUE);
        message.writeFloat(1.5f);
        message.writeDouble(-2.25);
        message.writeUTF("prix");
        message.writeBytes(new byte[] {1, 2, 3});

        BytesMessage received = roundTrip(session, message);

        assertThat(received.readBoolean()).isTrue();
        assertThat(received.readByte()).isEqualTo((byte) -7);
        assertThat(received.readShort()).isEqualTo((short) -300);
        assertThat(received.readChar()).isEqualTo('\u20ac');
        assertThat(received.readInt()).isEqualTo(Integer.MIN_VALUE);
        assertThat(received.readLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(received.readFloat()).isEqualTo(1.5f);
        assertThat(received.readDouble()).isEqualTo(-2.25);
        assertThat(received.readUTF()).isEqualTo("prix");
        byte[] rest = new byte[10];
        assertThat(received.readBytes(rest)).isEqualTo(3);
        assertThat(received.readBytes(rest)).isEqualTo(-1);
    }

    @Test
    @Spec("3.11")
    void mapEntriesArriveWithTheirTypes() throws JMSException {
        MapMessage message = session.createMapMessage();
        message.setString("symbol", "MSFT");
        message.setDouble("price", 39.81);
        message.setLong("volume", 1L << 40);
        message.setBytes("raw", new byte[] {9, 8});
        message.setObject("nothing", null);

        MapMessage received = roundTrip(session, message);

        assertThat(strings(received.getMapNames()))
                .containsExactlyInAnyOrder("symbol", "price", "volume", "raw", "nothing");
        assertThat(received.getString("symbol")).isEqualTo("MSFT");
        assertThat(received.getObject("price")).isEqualTo(39.81);
        assertThat(received.getObject("volume")).isEqualTo(1L << 40);
        assertThat(received.getBytes("raw")).containsExactly(9, 8);
        assertThat(received.itemExists("nothing")).isTrue();
        assertThat(received.getObject("nothing")).isNull();
    }

    @Test
    @Spec("3.11.2")
    void aReceivedBodyIsReadOnly() throws JMSException {
        TextMessage text = roundTrip(session, session.createTextMessage("x"));
        BytesMessage bytes = roundTrip(session, session.createBytesMessage());

        assertThatThrownBy(() -> text.setText("y")).isInstanceOf(MessageNotWriteableException.class);
        assertThatThrownBy(() -> bytes.writeInt(1)).isInstanceOf(MessageNotWriteableException.class);
    }

    @Test
    @Spec("3.11.1")
    void clearingTheBodyMakesItWritable() throws JMSException {
        TextMessage received = roundTrip(session, session.createTextMessage("x"));

        received.clearBody();
        received.setText("y");

        assertThat(received.getText()).isEqualTo("y");
    }

    @Test
    @Spec("3.11.2")
    void bytesCannotBeReadWhileTheyAreWritten() throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeInt(1);

        assertThatThrownBy(message::readInt).isInstanceOf(MessageNotReadableException.class);
        message.reset();
        assertThat(message.readInt()).isEqualTo(1);
    }

    @Test
    @Spec("3.5.2")
    void propertiesArriveWithTheirTypes() throws JMSException {
        Message message = session.createMessage();
        message.setBooleanProperty("b", true);
        message.setByteProperty("y", (byte) 1);
        message.setShortProperty("s", (short) 2);
        message.setIntProperty("i", 3);
        message.setLongProperty("l", 4);
        message.setFloatProperty("f", 5.5f);
        message.setDoubleProperty("d", 6.5);
        message.setStringProperty("t", "seven");

        Message received = roundTrip(session, message);

        assertThat(received.getObjectProperty("b")).isEqualTo(true);
        assertThat(received.getObjectProperty("y")).isEqualTo((byte) 1);
        assertThat(received.getObjectProperty("s")).isEqualTo((short) 2);
        assertThat(received.getObjectProperty("i")).isEqualTo(3);
        assertThat(received.getObjectProperty("l")).isEqualTo(4L);
        assertThat(received.getObjectProperty("f")).isEqualTo(5.5f);
        assertThat(received.getObjectProperty("d")).isEqualTo(6.5);
        assertThat(received.getObjectProperty("t")).isEqualTo("seven");
    }

    @Test
    @Spec("3.5.4")
    void propertiesAreConvertedUpwardsOnly() throws JMSException {
        Message message = session.createMessage();
        message.setIntProperty("i", 3);

        assertThat(message.getLongProperty("i")).isEqualTo(3);
        assertThat(message.getStringProperty("i")).isEqualTo("3");
        assertThatThrownBy(() -> message.getShortProperty("i")).isInstanceOf(MessageFormatException.class);
    }

    @Test
    @Spec("3.5.8")
    void aMissingPropertyReadsAsNull() throws JMSException {
        Message message = session.createMessage();

        assertThat(message.getStringProperty("no")).isNull();
        assertThat(message.getObjectProperty("no")).isNull();
        assertThat(message.getBooleanProperty("no")).isFalse();
        assertThatThrownBy(() -> message.getIntProperty("no")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    @Spec("3.5.3")
    void receivedPropertiesAreReadOnlyUntilCleared() throws JMSException {
        Message message = session.createMessage();
        message.setIntProperty("i", 3);
        Message received = roundTrip(session, message);

        assertThatThrownBy(() -> received.setIntProperty("i", 4)).isInstanceOf(MessageNotWriteableException.class);
        received.clearProperties();
        received.setIntProperty("i", 4);

        assertThat(received.getIntProperty("i")).isEqualTo(4);
    }

    @Test
    @Spec("3.5.1")
    void anEmptyPropertyNameIsRefused() throws JMSException {
        Message message = session.createMessage();

        assertThatThrownBy(() -> message.setIntProperty("", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Spec("3.4.11")
    void sendingSetsTheHeadersOfTheMessage() throws JMSException {
        Topic topic = topic(session);
        MessageProducer producer = session.createProducer(topic);
        TextMessage message = session.createTextMessage("x");
        long before = System.currentTimeMillis();

        producer.send(message, DeliveryMode.NON_PERSISTENT, 7, 60_000);

        assertThat(message.getJMSDestination()).isEqualTo(topic);
        assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
        assertThat(message.getJMSPriority()).isEqualTo(7);
        assertThat(message.getJMSMessageID()).startsWith("ID:");
        assertThat(message.getJMSTimestamp()).isBetween(before, System.currentTimeMillis());
        assertThat(message.getJMSExpiration()).isEqualTo(message.getJMSTimestamp() + 60_000);
    }

    @Test
    @Spec("3.4")
    void headersArriveAsTheyWereSent() throws JMSException {
        Topic topic = topic(session);
        jakarta.jms.MessageConsumer consumer = session.createConsumer(topic);
        Topic replyTo = session.createTopic("answers");
        TextMessage message = session.createTextMessage("x");
        message.setJMSCorrelationID("order 7");
        message.setJMSType("quote");
        message.setJMSReplyTo(replyTo);

        session.createProducer(topic).send(message, DeliveryMode.NON_PERSISTENT, 2, 60_000);

        Message received = consumer.receive(SOON_MS);
        assertThat(received.getJMSDestination()).isEqualTo(topic);
        assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
        assertThat(received.getJMSPriority()).isEqualTo(2);
        assertThat(received.getJMSMessageID()).isEqualTo(message.getJMSMessageID());
        assertThat(received.getJMSTimestamp()).isEqualTo(message.getJMSTimestamp());
        assertThat(received.getJMSExpiration()).isEqualTo(message.getJMSExpiration());
        assertThat(received.getJMSCorrelationID()).isEqualTo("order 7");
        assertThat(received.getJMSType()).isEqualTo("quote");
        assertThat(received.getJMSReplyTo()).isEqualTo(replyTo);
        assertThat(received.getJMSRedelivered()).isFalse();
    }

    @Test
    @Spec("3.5.11")
    void theFirstDeliveryCountsOne() throws JMSException {
        Message received = roundTrip(session, session.createTextMessage("x"));

        assertThat(received.getIntProperty("JMSXDeliveryCount")).isEqualTo(1);
    }

    @Test
    @Spec("3.9")
    void aSentMessageCanBeChangedAndSentAgain() throws JMSException {
        Topic topic = topic(session);
        jakarta.jms.MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);
        TextMessage message = session.createTextMessage("first");
        producer.send(message);
        String firstId = message.getJMSMessageID();

        message.setText("second");
        producer.send(message);

        assertThat(message.getJMSMessageID()).isNotEqualTo(firstId);
        assertThat(receiveTexts(consumer, 2)).isEqualTo(List.of("first", "second"));
    }

    @Test
    @Spec("3.11")
    void theBodyIsReadWithoutACast() throws JMSException {
        TextMessage text = roundTrip(session, session.createTextMessage("x"));

        assertThat(text.isBodyAssignableTo(String.class)).isTrue();
        assertThat(text.isBodyAssignableTo(byte[].class)).isFalse();
        assertThat(text.getBody(String.class)).isEqualTo("x");
        assertThatThrownBy(() -> text.getBody(byte[].class)).isInstanceOf(MessageFormatException.class);
    }
}
