package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pgmjms.provider.message.Deliveries.deliver;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The rules of {@code MapMessage}. Jakarta Messaging 3.1, section 3.11 and the interface's own text. */
class MapMessageTest {

    @Test
    void keepsTypesAfterTravel() throws JMSException {
        PgmMapMessage sent = new PgmMapMessage();
        sent.setBoolean("boolean", true);
        sent.setByte("byte", (byte) 1);
        sent.setShort("short", (short) 2);
        sent.setChar("char", 'c');
        sent.setInt("int", 3);
        sent.setLong("long", 4);
        sent.setFloat("float", 5);
        sent.setDouble("double", 6);
        sent.setString("String", "sieben");
        sent.setBytes("bytes", new byte[] {8});
        sent.setBytes("piece", new byte[] {0, 9, 0}, 1, 1);
        sent.setString("null", null);
        sent.setBytes("no bytes", null);

        PgmMapMessage received = deliver(sent);

        assertEquals(Collections.list(sent.getMapNames()), Collections.list(received.getMapNames()));
        for (String name : List.of("boolean", "byte", "short", "char", "int", "long", "float", "double", "String")) {
            assertEquals(sent.getObject(name), received.getObject(name));
        }
        assertArrayEquals(new byte[] {8}, received.getBytes("bytes"));
        assertArrayEquals(new byte[] {9}, received.getBytes("piece"));
        assertTrue(received.itemExists("null"));
        assertNull(received.getString("null"));
        assertNull(received.getBytes("no bytes"));
        assertFalse(received.itemExists("never set"));
    }

    @Test
    void anyNameGoesButNoneAndEmpty() throws JMSException {
        PgmMapMessage message = new PgmMapMessage();
        message.setInt("not an identifier, NULL", 1);

        assertEquals(1, deliver(message).getInt("not an identifier, NULL"));
        for (String name : new String[] {null, ""}) {
            List<Executable> writes = List.of(
                    () -> message.setBoolean(name, true),
                    () -> message.setByte(name, (byte) 1),
                    () -> message.setShort(name, (short) 1),
                    () -> message.setChar(name, 'c'),
                    () -> message.setInt(name, 1),
                    () -> message.setLong(name, 1),
                    () -> message.setFloat(name, 1),
                    () -> message.setDouble(name, 1),
                    () -> message.setString(name, "s"),
                    () -> message.setBytes(name, new byte[1]),
                    () -> message.setBytes(name, new byte[1], 0, 1),
                    () -> message.setObject(name, 1));
            for (Executable write : writes) {
                assertThrows(IllegalArgumentException.class, write);
            }
        }
    }

    @Test
    void isReadOnlyWhenReceivedUntilCleared() throws JMSException {
        PgmMapMessage sent = new PgmMapMessage();
        sent.setInt("a", 1);
        PgmMapMessage message = deliver(sent);
        List<Executable> writes = List.of(
                () -> message.setBoolean("a", true),
                () -> message.setByte("a", (byte) 1),
                () -> message.setShort("a", (short) 1),
                () -> message.setChar("a", 'c'),
                () -> message.setInt("a", 1),
                () -> message.setLong("a", 1),
                () -> message.setFloat("a", 1),
                () -> message.setDouble("a", 1),
                () -> message.setString("a", "s"),
                () -> message.setBytes("a", new byte[1]),
                () -> message.setBytes("a", new byte[1], 0, 1),
                () -> message.setObject("a", 1));
        for (Executable write : writes) {
            assertThrows(MessageNotWriteableException.class, write);
        }

        message.clearProperties();
        assertThrows(MessageNotWriteableException.class, () -> message.setInt("a", 1));
        message.clearBody();
        assertFalse(message.itemExists("a"));
        message.setInt("b", 2);
        assertEquals(2, message.getInt("b"));
    }

    @Test
    void canBeReadAndWrittenWhileNew() throws JMSException {
        PgmMapMessage message = new PgmMapMessage();
        message.setInt("a", 1);
        assertEquals(1, message.getInt("a"));
        message.setInt("a", 2);

        assertEquals(2, message.getInt("a"));
    }

    @Test
    void isHadAsAMapThatIsACopy() throws JMSException {
        PgmMapMessage message = new PgmMapMessage();
        assertNull(message.getBody(String.class), "an empty map is no body");
        assertTrue(message.isBodyAssignableTo(String.class));
        message.setBytes("a", new byte[] {1});

        Map<?, ?> body = message.getBody(Map.class);
        ((byte[]) body.get("a"))[0] = 2;
        body.clear();

        assertArrayEquals(new byte[] {1}, message.getBytes("a"));
        assertThat(message.getBody(Object.class)).isInstanceOf(Map.class);
        assertTrue(message.isBodyAssignableTo(Map.class));
        assertTrue(message.isBodyAssignableTo(Object.class));
        assertFalse(message.isBodyAssignableTo(String.class));
        assertFalse(message.isBodyAssignableTo(java.util.HashMap.class));
        assertThrows(MessageFormatException.class, () -> message.getBody(String.class));
    }

    @Test
    void asManyEntriesAsAllowedTravelAndNoMore() throws JMSException {
        PgmMapMessage message = new PgmMapMessage();
        for (int i = 0; i < ContentFormat.MAX_MAP_ENTRIES; i++) {
            message.setBoolean(Integer.toString(i, Character.MAX_RADIX), true);
        }
        assertTrue(deliver(message).getBoolean("1ekf"));

        message.setBoolean("one more", true);
        assertThat(assertThrows(JMSException.class, () -> deliver(message))).hasMessageContaining("65536");
    }

    @Test
    void namesTooLongOrWithoutUtf8FormAreRefused() throws JMSException {
        PgmMapMessage longName = new PgmMapMessage();
        longName.setInt("n".repeat(65_536), 1);
        PgmMapMessage halfPair = new PgmMapMessage();
        halfPair.setInt("\uDFFF", 1);

        assertThrows(JMSException.class, () -> deliver(longName));
        assertThrows(MessageFormatException.class, () -> deliver(halfPair));
    }
}
