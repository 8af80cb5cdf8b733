package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Section 3.12: messages that another provider made. Each provider gets those of the other. */
class ForeignMessageTest extends JmsContract {
    private Session session;
    private Session foreign;

    @BeforeEach
    void open() throws JMSException {
        session = session();
        Provider other = provider == Provider.ARTEMIS ? Provider.PGMJMS : Provider.ARTEMIS;
        Connection connection = closedLater(closedLater(other.factory()).createConnection());
        foreign = connection.createSession();
    }

    @Test
    @Spec("3.12")
    void aForeignTextIsSentWithItsProperties() throws JMSException {
        TextMessage message = foreign.createTextMessage("x");
        message.setIntProperty("i", 7);
        message.setStringProperty("s", "seven");
        message.setJMSType("type");

        TextMessage received = roundTrip(session, message);

        assertThat(received.getText()).isEqualTo("x");
        assertThat(received.getObjectProperty("i")).isEqualTo(7);
        assertThat(received.getStringProperty("s")).isEqualTo("seven");
        assertThat(received.getJMSType()).isEqualTo("type");
    }

    @Test
    @Spec("3.12")
    @Spec("3.4.5")
    @Differs(
            on = Provider.ARTEMIS,
            how = "asks a foreign message for bytes first, and loses a correlation identifier that is text",
            allowedBy = Differs.NOTHING)
    void theCorrelationIdentifierOfAForeignMessageIsSent() throws JMSException {
        Message message = foreign.createMessage();
        message.setJMSCorrelationID("correlation");

        assertThat(roundTrip(session, message).getJMSCorrelationID()).isEqualTo("correlation");
    }

    @Test
    @Spec("3.12")
    void foreignBodiesOfEveryKindAreSent() throws JMSException {
        BytesMessage bytes = foreign.createBytesMessage();
        bytes.writeInt(7);
        MapMessage map = foreign.createMapMessage();
        map.setInt("i", 7);
        StreamMessage stream = foreign.createStreamMessage();
        stream.writeString("a");
        stream.writeInt(7);
        ObjectMessage object = foreign.createObjectMessage("x");

        assertThat(roundTrip(session, bytes).readInt()).isEqualTo(7);
        assertThat(roundTrip(session, map).getInt("i")).isEqualTo(7);
        StreamMessage received = roundTrip(session, stream);
        assertThat(received.readString()).isEqualTo("a");
        assertThat(received.readInt()).isEqualTo(7);
        assertThat(roundTrip(session, object).getObject()).isEqualTo("x");
        assertThat(roundTrip(session, foreign.createMessage())).isNotNull();
    }

    @Test
    @Spec("3.12")
    @Spec("3.4.11")
    void sendingSetsTheHeadersOfAForeignMessage() throws JMSException {
        Message message = foreign.createTextMessage("x");
        Topic topic = topic(session);
        MessageProducer producer = session.createProducer(topic);
        producer.setPriority(7);

        producer.send(message);

        assertThat(message.getJMSMessageID()).startsWith("ID:");
        assertThat(message.getJMSPriority()).isEqualTo(7);
        assertThat(message.getJMSTimestamp()).isPositive();
        assertThat(message.getJMSDestination()).isEqualTo(topic);
    }

    @Test
    @Spec("6.2.4")
    void aMessageIsSentByAnySession() throws JMSException {
        Message message = startedConnection().createSession().createTextMessage("elsewhere");

        assertThat(text(roundTrip(session, message))).isEqualTo("elsewhere");
    }

    @Test
    @Spec("10.3")
    void aForeignDestinationIsRefused() throws JMSException {
        Destination destination = foreign.createTopic("contract.foreign");

        assertThatThrownBy(() -> session.createProducer(destination)).isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> session.createConsumer(destination)).isInstanceOf(InvalidDestinationException.class);
    }

    @Test
    @Spec("3.12")
    void bytesAreNeverNull() throws JMSException {
        BytesMessage bytes = session.createBytesMessage();

        assertThatThrownBy(() -> bytes.writeBytes(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> bytes.writeObject(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Spec("3.12")
    @Differs(on = Provider.ARTEMIS, how = "keeps the array that was given", allowedBy = Differs.NOTHING)
    void whatIsWrittenIsCopied() throws JMSException {
        byte[] bytes = {1, 2};
        MapMessage map = session.createMapMessage();
        map.setBytes("b", bytes);
        bytes[0] = 9;

        assertThat(map.getBytes("b")).containsExactly(1, 2);
        map.getBytes("b")[0] = 9;
        assertThat(map.getBytes("b")).containsExactly(1, 2);
    }
}
