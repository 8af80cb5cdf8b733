package org.pgmjms.provider.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pgmjms.provider.message.Deliveries.deliver;

import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The rules of {@code BytesMessage}. Jakarta Messaging 3.1, section 3.11 and the interface's own text. */
class BytesMessageTest {

    private static PgmBytesMessage filled() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();
        message.writeBoolean(true);
        message.writeByte((byte) -1);
        message.writeByte((byte) -1);
        message.writeShort((short) -2);
        message.writeShort((short) -2);
        message.writeChar('ü');
        message.writeInt(-3);
        message.writeLong(-4);
        message.writeFloat(5.5f);
        message.writeDouble(6.5);
        message.writeUTF("näher\0😀");
        message.writeBytes(new byte[] {7, 8});
        message.writeBytes(new byte[] {0, 9, 0}, 1, 1);
        return message;
    }

    private static void checkFilled(PgmBytesMessage message) throws JMSException {
        assertTrue(message.readBoolean());
        assertEquals(-1, message.readByte());
        assertEquals(255, message.readUnsignedByte());
        assertEquals(-2, message.readShort());
        assertEquals(65534, message.readUnsignedShort());
        assertEquals('ü', message.readChar());
        assertEquals(-3, message.readInt());
        assertEquals(-4, message.readLong());
        assertEquals(5.5f, message.readFloat());
        assertEquals(6.5, message.readDouble());
        assertEquals("näher\0😀", message.readUTF());
        byte[] rest = new byte[3];
        assertEquals(3, message.readBytes(rest));
        assertArrayEquals(new byte[] {7, 8, 9}, rest);
        assertEquals(-1, message.readBytes(rest));
    }

    @Test
    void readsWhatWasWrittenAfterResetAndAfterTravel() throws JMSException {
        PgmBytesMessage message = filled();
        PgmBytesMessage received = deliver(message);
        message.reset();

        checkFilled(message);
        checkFilled(received);
        received.reset();
        checkFilled(received);
        assertEquals(message.getBodyLength(), received.getBodyLength());
        checkFilled(deliver(received));
    }

    @Test
    void objectsAreWrittenInTheirOwnForm() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();
        for (Object value : List.of(
                true, (byte) -1, (byte) -1, (short) -2, (short) -2, 'ü', -3, -4L, 5.5f, 6.5, "näher\0😀", new byte[] {
                    7, 8, 9
                })) {
            message.writeObject(value);
        }
        message.reset();

        checkFilled(message);
    }

    @Test
    void isWriteOnlyUntilReset() throws JMSException {
        PgmBytesMessage message = filled();
        List<Executable> reads = List.of(
                message::readBoolean,
                message::readByte,
                message::readUnsignedByte,
                message::readShort,
                message::readUnsignedShort,
                message::readChar,
                message::readInt,
                message::readLong,
                message::readFloat,
                message::readDouble,
                message::readUTF,
                () -> message.readBytes(new byte[1]),
                () -> message.readBytes(new byte[1], 1),
                message::getBodyLength);

        for (Executable read : reads) {
            assertThrows(MessageNotReadableException.class, read);
        }
    }

    @Test
    void isReadOnlyAfterResetAndWhenReceivedUntilCleared() throws JMSException {
        PgmBytesMessage own = filled();
        own.reset();
        for (PgmBytesMessage message : List.of(own, deliver(filled()))) {
            List<Executable> writes = List.of(
                    () -> message.writeBoolean(true),
                    () -> message.writeByte((byte) 1),
                    () -> message.writeShort((short) 1),
                    () -> message.writeChar('c'),
                    () -> message.writeInt(1),
                    () -> message.writeLong(1),
                    () -> message.writeFloat(1),
                    () -> message.writeDouble(1),
                    () -> message.writeUTF("u"),
                    () -> message.writeBytes(new byte[1]),
                    () -> message.writeBytes(new byte[1], 0, 1),
                    () -> message.writeObject(1));
            for (Executable write : writes) {
                assertThrows(MessageNotWriteableException.class, write);
            }

            message.clearBody();
            assertThrows(MessageNotReadableException.class, message::readByte);
            message.writeByte((byte) 1);
            message.reset();
            assertEquals(1, message.getBodyLength());
        }
    }

    @Test
    void endsWithAnExceptionAndStaysWhereItIs() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();
        message.writeByte((byte) 1);
        message.reset();
        List<Executable> tooLong = List.of(
                message::readShort,
                message::readUnsignedShort,
                message::readChar,
                message::readInt,
                message::readLong,
                message::readFloat,
                message::readDouble,
                message::readUTF);

        for (Executable read : tooLong) {
            assertThrows(MessageEOFException.class, read);
        }
        assertEquals(1, message.readByte());
        assertThrows(MessageEOFException.class, message::readByte);
        assertThrows(MessageEOFException.class, message::readBoolean);
        assertThrows(MessageEOFException.class, message::readUnsignedByte);
    }

    @Test
    void readsTextsOnlyWhole() throws JMSException {
        PgmBytesMessage cut = new PgmBytesMessage();
        cut.writeShort((short) 3);
        cut.writeByte((byte) 'a');
        cut.reset();
        PgmBytesMessage wrong = new PgmBytesMessage();
        wrong.writeShort((short) 1);
        wrong.writeByte((byte) 0x80);
        wrong.reset();

        assertThrows(MessageEOFException.class, cut::readUTF);
        assertEquals(3, cut.readShort());
        assertThrows(MessageFormatException.class, wrong::readUTF);
        assertEquals(1, wrong.readShort());
    }

    @Test
    void aTextTooLongForItsLengthFieldLeavesNothing() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();

        assertThrows(MessageFormatException.class, () -> message.writeUTF("ü".repeat(40_000)));
        message.reset();
        assertEquals(0, message.getBodyLength());
    }

    @Test
    void readsPieces() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();
        message.writeBytes(new byte[] {1, 2, 3, 4, 5});
        message.reset();
        byte[] piece = new byte[4];

        assertThrows(IndexOutOfBoundsException.class, () -> message.readBytes(piece, 5));
        assertThrows(IndexOutOfBoundsException.class, () -> message.readBytes(piece, -1));
        assertEquals(2, message.readBytes(piece, 2));
        assertEquals(3, message.readBytes(piece));
        assertArrayEquals(new byte[] {3, 4, 5, 0}, piece);
        assertEquals(-1, message.readBytes(piece));
    }

    @Test
    void refusesNullsAndPiecesOutsideTheArray() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();

        assertThrows(NullPointerException.class, () -> message.writeObject(null));
        assertThrows(NullPointerException.class, () -> message.writeBytes(null));
        assertThrows(IndexOutOfBoundsException.class, () -> message.writeBytes(new byte[3], 2, 2));
        message.reset();
        assertEquals(0, message.getBodyLength());
    }

    @Test
    void getBodyResetsBeforeAndAfter() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();
        message.writeInt(0x01020304);

        assertArrayEquals(new byte[] {1, 2, 3, 4}, message.getBody(byte[].class));
        assertEquals(0x0102, message.readShort());
        message.getBody(byte[].class)[0] = 99;
        assertEquals(0x01020304, message.readInt());
        assertArrayEquals(new byte[] {1, 2, 3, 4}, (byte[]) message.getBody(Object.class));
        assertThrows(MessageFormatException.class, () -> message.getBody(String.class));
    }

    @Test
    void isAssignableToBytesOnly() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();
        assertTrue(message.isBodyAssignableTo(String.class), "an empty body is assignable to anything");
        message.writeByte((byte) 1);

        assertTrue(message.isBodyAssignableTo(byte[].class));
        assertTrue(message.isBodyAssignableTo(Object.class));
        assertFalse(message.isBodyAssignableTo(String.class));
        message.writeByte((byte) 1);
        message.clearBody();
        assertNull(message.getBody(String.class));
    }

    @Test
    void laterChangesDoNotReachWhatWasSent() throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();
        message.writeByte((byte) 1);
        PgmBytesMessage first = deliver(message);
        message.writeByte((byte) 2);

        assertEquals(1, first.getBodyLength());
        assertEquals(2, deliver(message).getBodyLength());
    }
}
