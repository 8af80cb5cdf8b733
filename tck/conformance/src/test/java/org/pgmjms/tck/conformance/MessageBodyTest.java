package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Section 3.11: the five bodies. */
class MessageBodyTest extends JmsContract {
    private Session session;

    @BeforeEach
    void open() throws JMSException {
        session = session();
    }

    @Test
    @Spec("3.11")
    void textArrivesAsItWasSent() throws JMSException {
        String text = "Grüße, \u65e5\u672c \ud83d\ude00 \u0000 end";

        assertThat(roundTrip(session, session.createTextMessage(text)).getText())
                .isEqualTo(text);
        assertThat(roundTrip(session, session.createTextMessage("")).getText()).isEmpty();
        assertThat(roundTrip(session, session.createTextMessage()).getText()).isNull();
    }

    @Test
    @Spec("3.11")
    void aMessageMayHaveNoBody() throws JMSException {
        Message message = session.createMessage();
        message.setStringProperty("only", "this");

        Message received = roundTrip(session, message);

        assertThat(received.getStringProperty("only")).isEqualTo("this");
        assertThat(received).isNotInstanceOfAny(TextMessage.class, MapMessage.class, ObjectMessage.class);
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
        message.writeBytes(new byte[] {0, 1, 2, 3, 4}, 1, 3);
        message.writeObject((byte) 200);

        BytesMessage received = roundTrip(session, message);

        assertThat(received.getBodyLength()).isEqualTo(1 + 1 + 2 + 2 + 4 + 8 + 4 + 8 + 6 + 3 + 1);
        assertThat(received.readBoolean()).isTrue();
        assertThat(received.readByte()).isEqualTo((byte) -7);
        assertThat(received.readShort()).isEqualTo((short) -300);
        assertThat(received.readChar()).isEqualTo('\u20ac');
        assertThat(received.readInt()).isEqualTo(Integer.MIN_VALUE);
        assertThat(received.readLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(received.readFloat()).isEqualTo(1.5f);
        assertThat(received.readDouble()).isEqualTo(-2.25);
        assertThat(received.readUTF()).isEqualTo("prix");
        byte[] three = new byte[3];
        assertThat(received.readBytes(three)).isEqualTo(3);
        assertThat(three).containsExactly(1, 2, 3);
        assertThat(received.readUnsignedByte()).isEqualTo(200);
        assertThat(received.readBytes(three)).isEqualTo(-1);
        assertThatThrownBy(received::readByte).isInstanceOf(MessageEOFException.class);
    }

    @Test
    @Spec("3.11")
    void mapEntriesArriveWithTheirTypes() throws JMSException {
        MapMessage message = session.createMapMessage();
        message.setString("symbol", "MSFT");
        message.setChar("c", 'c');
        message.setDouble("price", 39.81);
        message.setLong("volume", 1L << 40);
        message.setBytes("raw", new byte[] {9, 8});
        message.setBytes("part", new byte[] {7, 6, 5}, 1, 1);
        message.setObject("nothing", null);

        MapMessage received = roundTrip(session, message);

        assertThat(strings(received.getMapNames()))
                .containsExactlyInAnyOrder("symbol", "c", "price", "volume", "raw", "part", "nothing");
        assertThat(received.getString("symbol")).isEqualTo("MSFT");
        assertThat(received.getObject("c")).isEqualTo('c');
        assertThat(received.getObject("price")).isEqualTo(39.81);
        assertThat(received.getObject("volume")).isEqualTo(1L << 40);
        assertThat(received.getBytes("raw")).containsExactly(9, 8);
        assertThat(received.getBytes("part")).containsExactly(6);
        assertThat(received.itemExists("nothing")).isTrue();
        assertThat(received.itemExists("other")).isFalse();
        assertThat(received.getObject("nothing")).isNull();
    }

    @Test
    @Spec("3.11")
    void aMapEntryHasAName() throws JMSException {
        MapMessage message = session.createMapMessage();

        assertThatThrownBy(() -> message.setInt(null, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> message.setInt("", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Spec("3.11")
    void streamElementsArriveInOrderWithTheirTypes() throws JMSException {
        StreamMessage message = session.createStreamMessage();
        List<Object> values = List.of(true, (byte) 1, (short) 2, 'c', 3, 4L, 5.5f, 6.5, "seven");
        for (Object value : values) {
            message.writeObject(value);
        }
        message.writeBytes(new byte[] {1, 2, 3}, 1, 2);

        StreamMessage received = roundTrip(session, message);

        for (Object value : values) {
            assertThat(received.readObject()).isEqualTo(value);
        }
        assertThat((byte[]) received.readObject()).containsExactly(2, 3);
        assertThatThrownBy(received::readObject).isInstanceOf(MessageEOFException.class);
    }

    @Test
    @Spec("3.11")
    void bytesOfAStreamAreReadPieceByPiece() throws JMSException {
        StreamMessage message = session.createStreamMessage();
        message.writeBytes(new byte[] {1, 2, 3});
        message.writeInt(4);
        StreamMessage received = roundTrip(session, message);
        byte[] two = new byte[2];

        assertThat(received.readBytes(two)).isEqualTo(2);
        assertThat(two).containsExactly(1, 2);
        assertThat(received.readBytes(two)).isEqualTo(1);
        assertThat(two[0]).isEqualTo((byte) 3);
        assertThat(received.readInt()).isEqualTo(4);
    }

    @Test
    @Spec("3.11")
    void anObjectArrivesAsACopy() throws JMSException {
        ArrayList<String> list = new ArrayList<>(List.of("a"));
        ObjectMessage message = session.createObjectMessage(list);
        list.add("b");

        ObjectMessage received = roundTrip(session, message);

        assertThat(received.getObject()).isEqualTo(List.of("a"));
        assertThat(roundTrip(session, session.createObjectMessage()).getObject())
                .isNull();
    }

    @Test
    @Spec("3.11")
    @Differs(
            on = Provider.PGMJMS,
            how = "deserialises only classes that are listed in `jms.deserialization.allowList`; none by default",
            allowedBy = "2.13")
    void anObjectOfAnyClassIsRead() throws JMSException {
        Connection connection = closedLater(closedLater(provider.plainFactory()).createConnection());
        connection.start();

        ObjectMessage received = roundTrip(connection.createSession(), session.createObjectMessage(new Date(7)));

        assertThat(received.getObject()).isEqualTo(new Date(7));
    }

    @Test
    @Spec("3.11.1")
    void clearingTheBodyMakesItEmptyAndKeepsTheProperties() throws JMSException {
        TextMessage text = session.createTextMessage("x");
        text.setStringProperty("p", "kept");
        TextMessage received = roundTrip(session, text);

        received.clearBody();

        assertThat(received.getText()).isNull();
        assertThat(received.getStringProperty("p")).isEqualTo("kept");
        received.setText("y");
        assertThat(received.getText()).isEqualTo("y");
    }

    @Test
    @Spec("3.11.1")
    @Spec("3.11.2")
    void aClearedBodyIsAsNew() throws JMSException {
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeInt(1);
        BytesMessage received = roundTrip(session, bytes);
        MapMessage map = session.createMapMessage();
        map.setInt("i", 1);
        MapMessage receivedMap = roundTrip(session, map);

        received.clearBody();
        receivedMap.clearBody();

        assertThatThrownBy(received::readInt).isInstanceOf(MessageNotReadableException.class);
        received.writeInt(2);
        assertThat(receivedMap.itemExists("i")).isFalse();
        receivedMap.setInt("j", 2);
        assertThat(receivedMap.getInt("j")).isEqualTo(2);
    }

    @Test
    @Spec("3.11.2")
    void aReceivedBodyIsReadOnly() throws JMSException {
        TextMessage text = roundTrip(session, session.createTextMessage("x"));
        BytesMessage bytes = roundTrip(session, session.createBytesMessage());
        StreamMessage stream = roundTrip(session, session.createStreamMessage());
        MapMessage map = roundTrip(session, session.createMapMessage());
        ObjectMessage object = roundTrip(session, session.createObjectMessage("x"));

        assertThatThrownBy(() -> text.setText("y")).isInstanceOf(MessageNotWriteableException.class);
        assertThatThrownBy(() -> bytes.writeInt(1)).isInstanceOf(MessageNotWriteableException.class);
        assertThatThrownBy(() -> stream.writeInt(1)).isInstanceOf(MessageNotWriteableException.class);
        assertThatThrownBy(() -> map.setInt("i", 1)).isInstanceOf(MessageNotWriteableException.class);
        assertThatThrownBy(() -> object.setObject("y")).isInstanceOf(MessageNotWriteableException.class);
    }

    @Test
    @Spec("3.11")
    void aBodyThatIsWrittenIsReadAfterReset() throws JMSException {
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeInt(1);
        StreamMessage stream = session.createStreamMessage();
        stream.writeInt(2);

        assertThatThrownBy(bytes::readInt).isInstanceOf(MessageNotReadableException.class);
        assertThatThrownBy(bytes::getBodyLength).isInstanceOf(MessageNotReadableException.class);
        assertThatThrownBy(stream::readInt).isInstanceOf(MessageNotReadableException.class);
        bytes.reset();
        stream.reset();

        assertThat(bytes.readInt()).isEqualTo(1);
        assertThat(stream.readInt()).isEqualTo(2);
        assertThatThrownBy(() -> bytes.writeInt(2)).isInstanceOf(MessageNotWriteableException.class);
        assertThatThrownBy(() -> stream.writeInt(2)).isInstanceOf(MessageNotWriteableException.class);
    }

    @Test
    @Spec("3.11")
    void aFailedReadLeavesBytesWhereTheyWere() throws JMSException {
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeByte((byte) 7);
        BytesMessage received = roundTrip(session, bytes);

        assertThatThrownBy(received::readLong).isInstanceOf(MessageEOFException.class);

        assertThat(received.readByte()).isEqualTo((byte) 7);
    }

    @Test
    @Spec("3.11")
    void theBodyIsReadWithoutACast() throws JMSException {
        TextMessage text = roundTrip(session, session.createTextMessage("x"));

        assertThat(text.isBodyAssignableTo(String.class)).isTrue();
        assertThat(text.isBodyAssignableTo(CharSequence.class)).isTrue();
        assertThat(text.isBodyAssignableTo(byte[].class)).isFalse();
        assertThat(text.getBody(String.class)).isEqualTo("x");
        assertThat(text.getBody(Object.class)).isEqualTo("x");
        assertThatThrownBy(() -> text.getBody(byte[].class)).isInstanceOf(MessageFormatException.class);
    }

    @Test
    @Spec("3.11")
    void mapsBytesAndObjectsAreReadWithoutACast() throws JMSException {
        MapMessage map = session.createMapMessage();
        map.setInt("i", 1);
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeByte((byte) 1);
        ObjectMessage object = session.createObjectMessage("x");

        assertThat((Object) roundTrip(session, map).getBody(Map.class)).isEqualTo(Map.of("i", 1));
        assertThat(roundTrip(session, map).isBodyAssignableTo(HashMap.class)).isFalse();
        assertThat(roundTrip(session, bytes).getBody(byte[].class)).containsExactly(1);
        assertThat(roundTrip(session, object).getBody(Serializable.class)).isEqualTo("x");
        assertThat(roundTrip(session, object).isBodyAssignableTo(String.class)).isTrue();
    }

    @Test
    @Spec("3.11")
    void aStreamHasNoBodyToBeReadAtOnce() throws JMSException {
        StreamMessage stream = session.createStreamMessage();
        stream.writeInt(1);
        StreamMessage received = roundTrip(session, stream);

        assertThat(received.isBodyAssignableTo(Object.class)).isFalse();
        assertThatThrownBy(() -> received.getBody(Object.class)).isInstanceOf(MessageFormatException.class);
    }

    @Test
    @Spec("3.11")
    @Differs(on = Provider.ARTEMIS, how = "throws for a text message without text", allowedBy = Differs.NOTHING)
    void aMessageWithoutBodyReadsAsNull() throws JMSException {
        Message message = session.createMessage();
        TextMessage text = session.createTextMessage();

        assertThat(message.getBody(Object.class)).isNull();
        assertThat(message.isBodyAssignableTo(String.class)).isTrue();
        assertThat(text.getBody(String.class)).isNull();
        assertThat(text.isBodyAssignableTo(byte[].class)).isTrue();
    }
}
