package org.pgmjms.provider.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.pgmjms.provider.message.Deliveries.deliver;

import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The rules of {@code StreamMessage}. Jakarta Messaging 3.1, section 3.11 and the interface's own text. */
class StreamMessageTest {

    private static PgmStreamMessage of(Object... values) throws JMSException {
        PgmStreamMessage message = new PgmStreamMessage();
        for (Object value : values) {
            message.writeObject(value);
        }
        message.reset();
        return message;
    }

    @Test
    void readsWhatWasWrittenAfterResetAndAfterTravel() throws JMSException {
        PgmStreamMessage sent = new PgmStreamMessage();
        sent.writeBoolean(true);
        sent.writeByte((byte) 1);
        sent.writeShort((short) 2);
        sent.writeChar('c');
        sent.writeInt(3);
        sent.writeLong(4);
        sent.writeFloat(5);
        sent.writeDouble(6);
        sent.writeString("sieben");
        sent.writeBytes(new byte[] {8});
        sent.writeBytes(new byte[] {0, 9, 0}, 1, 1);
        sent.writeBytes(null);
        sent.writeString(null);

        PgmStreamMessage received = deliver(sent);
        sent.reset();
        for (PgmStreamMessage message : List.of(sent, received, deliver(received))) {
            assertEquals(true, message.readObject());
            assertEquals((byte) 1, message.readObject());
            assertEquals((short) 2, message.readObject());
            assertEquals('c', message.readObject());
            assertEquals(3, message.readObject());
            assertEquals(4L, message.readObject());
            assertEquals(5f, message.readObject());
            assertEquals(6d, message.readObject());
            assertEquals("sieben", message.readObject());
            assertArrayEquals(new byte[] {8}, (byte[]) message.readObject());
            assertArrayEquals(new byte[] {9}, (byte[]) message.readObject());
            assertNull(message.readObject());
            assertNull(message.readString());
            assertThrows(MessageEOFException.class, message::readObject);
        }
    }

    @Test
    void isWriteOnlyUntilReset() throws JMSException {
        PgmStreamMessage message = new PgmStreamMessage();
        message.writeInt(1);
        List<Executable> reads = List.of(
                message::readBoolean,
                message::readByte,
                message::readShort,
                message::readChar,
                message::readInt,
                message::readLong,
                message::readFloat,
                message::readDouble,
                message::readString,
                message::readObject,
                () -> message.readBytes(new byte[1]));

        for (Executable read : reads) {
            assertThrows(MessageNotReadableException.class, read);
        }
    }

    @Test
    void isReadOnlyAfterResetAndWhenReceivedUntilCleared() throws JMSException {
        for (PgmStreamMessage message : List.of(of(1), deliver(of(1)))) {
            List<Executable> writes = List.of(
                    () -> message.writeBoolean(true),
                    () -> message.writeByte((byte) 1),
                    () -> message.writeShort((short) 1),
                    () -> message.writeChar('c'),
                    () -> message.writeInt(1),
                    () -> message.writeLong(1),
                    () -> message.writeFloat(1),
                    () -> message.writeDouble(1),
                    () -> message.writeString("s"),
                    () -> message.writeBytes(new byte[1]),
                    () -> message.writeBytes(new byte[1], 0, 1),
                    () -> message.writeObject(1),
                    () -> message.writeObject(new Object()));
            for (Executable write : writes) {
                assertThrows(MessageNotWriteableException.class, write);
            }

            message.clearBody();
            assertThrows(MessageNotReadableException.class, message::readInt);
            message.writeInt(2);
            message.reset();
            assertEquals(2, message.readInt());
        }
    }

    @Test
    void pastTheEndIsAnException() throws JMSException {
        PgmStreamMessage message = of();
        List<Executable> reads = List.of(
                message::readBoolean,
                message::readByte,
                message::readShort,
                message::readChar,
                message::readInt,
                message::readLong,
                message::readFloat,
                message::readDouble,
                message::readString,
                message::readObject,
                () -> message.readBytes(new byte[1]));

        for (Executable read : reads) {
            assertThrows(MessageEOFException.class, read);
        }
    }

    @Test
    void readsAnArrayInPiecesThatEndWithAShortOne() throws JMSException {
        PgmStreamMessage message = of(new byte[] {1, 2, 3}, 7);
        byte[] piece = new byte[2];

        assertEquals(2, message.readBytes(piece));
        assertThrows(MessageFormatException.class, message::readInt);
        assertEquals(1, message.readBytes(piece));
        assertEquals(7, message.readInt());
    }

    @Test
    void readsAnArrayInPiecesThatEndWithMinusOne() throws JMSException {
        PgmStreamMessage message = of(new byte[] {1, 2}, 7);
        byte[] piece = new byte[2];

        assertEquals(2, message.readBytes(piece));
        assertThrows(MessageFormatException.class, message::readObject);
        assertEquals(-1, message.readBytes(piece));
        assertEquals(7, message.readInt());
    }

    @Test
    void anEmptyArrayIsNoneAndANullIsMinusOne() throws JMSException {
        PgmStreamMessage message = of(new byte[0], null, 7);
        byte[] piece = new byte[2];

        assertEquals(0, message.readBytes(piece));
        assertEquals(-1, message.readBytes(piece));
        assertThrows(MessageFormatException.class, () -> message.readBytes(piece));
        assertEquals(7, message.readInt());
    }

    @Test
    void anArrayAtTheEndCanBeReadToItsEnd() throws JMSException {
        PgmStreamMessage message = of(new byte[] {1, 2});
        byte[] piece = new byte[1];

        assertEquals(1, message.readBytes(piece));
        assertEquals(1, message.readBytes(piece));
        assertEquals(-1, message.readBytes(piece));
        assertThrows(MessageEOFException.class, () -> message.readBytes(piece));
    }

    @Test
    void resetLeavesAnArrayHalfRead() throws JMSException {
        PgmStreamMessage message = of(new byte[] {1, 2}, 7);
        message.readBytes(new byte[1]);
        message.reset();

        assertArrayEquals(new byte[] {1, 2}, (byte[]) message.readObject());
        assertEquals(7, message.readInt());
    }

    @Test
    void aFailedReadCanBeRepeatedWithAnotherType() throws JMSException {
        PgmStreamMessage message = of("abc");

        assertThrows(NumberFormatException.class, message::readInt);
        assertThrows(MessageFormatException.class, message::readChar);
        assertThrows(MessageFormatException.class, () -> message.readBytes(new byte[1]));
        assertEquals("abc", message.readString());
    }

    @Test
    void aTextWithoutUtf8FormIsRefusedAndLeavesNothing() throws JMSException {
        PgmStreamMessage message = new PgmStreamMessage();

        assertThrows(MessageFormatException.class, () -> message.writeString("\uD800"));
        assertThrows(IndexOutOfBoundsException.class, () -> message.writeBytes(new byte[1], 1, 1));
        message.writeInt(1);
        message.reset();

        assertEquals(1, message.readInt());
        assertThrows(MessageEOFException.class, message::readObject);
    }

    @Test
    void cannotBeHadAsOneObject() throws JMSException {
        PgmStreamMessage message = of(1);

        assertThrows(MessageFormatException.class, () -> message.getBody(Object.class));
        assertFalse(message.isBodyAssignableTo(Object.class));
        assertFalse(new PgmStreamMessage().isBodyAssignableTo(Object.class));
    }
}
