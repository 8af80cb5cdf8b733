package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the two conversion tables. Jakarta Messaging 3.1, tables 3-2 and 3-7. */
class ConversionsTest {
    private static final byte[] BYTES = {1, 2, 3};

    /** Table 3-7, row by row; table 3-2 is the same without char and byte[]. A text row holds a text that parses. */
    private static final Map<String, Object> ROWS = new LinkedHashMap<>();

    private static final Map<String, List<String>> READABLE_AS = Map.of(
            "boolean", List.of("boolean", "String"),
            "byte", List.of("byte", "short", "int", "long", "String"),
            "short", List.of("short", "int", "long", "String"),
            "char", List.of("char", "String"),
            "int", List.of("int", "long", "String"),
            "long", List.of("long", "String"),
            "float", List.of("float", "double", "String"),
            "double", List.of("double", "String"),
            "String", List.of("boolean", "byte", "short", "int", "long", "float", "double", "String"),
            "byte[]", List.of("byte[]"));

    static {
        ROWS.put("boolean", true);
        ROWS.put("byte", (byte) 65);
        ROWS.put("short", (short) 65);
        ROWS.put("char", 'A');
        ROWS.put("int", 65);
        ROWS.put("long", 65L);
        ROWS.put("float", 65f);
        ROWS.put("double", 65d);
        ROWS.put("String", "65");
        ROWS.put("byte[]", BYTES);
    }

    /** What 65, in each type, is when read as another. */
    private static Object expected(String row, String column) {
        return switch (column) {
            case "boolean" -> row.equals("boolean");
            case "byte" -> (byte) 65;
            case "short" -> (short) 65;
            case "char" -> 'A';
            case "int" -> 65;
            case "long" -> 65L;
            case "float" -> 65f;
            case "double" -> 65d;
            case "String" -> String.valueOf(ROWS.get(row));
            default -> BYTES;
        };
    }

    interface Reader {
        Object read() throws JMSException;
    }

    static Stream<Arguments> bodyCells() {
        List<Arguments> cells = new ArrayList<>();
        for (String row : ROWS.keySet()) {
            for (String column : ROWS.keySet()) {
                cells.add(Arguments.of(row, column));
            }
        }
        return cells.stream();
    }

    static Stream<Arguments> propertyCells() {
        return bodyCells()
                .filter(cell -> Stream.of(cell.get()).noneMatch(type -> type.equals("char") || type.equals("byte[]")));
    }

    private static void check(String row, String column, Reader reader) throws JMSException {
        if (READABLE_AS.get(row).contains(column)) {
            assertThat(reader.read()).isEqualTo(expected(row, column));
        } else {
            assertThrows(MessageFormatException.class, reader::read);
        }
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("propertyCells")
    void propertiesConvertByTable32(String row, String column) throws JMSException {
        PgmMessage message = new PgmMessage();
        message.setObjectProperty("p", ROWS.get(row));

        check(row, column, () -> property(message, column));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("bodyCells")
    void mapEntriesConvertByTable37(String row, String column) throws JMSException {
        PgmMapMessage message = new PgmMapMessage();
        message.setObject("e", ROWS.get(row));

        check(row, column, () -> entry(message, column));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("bodyCells")
    void streamValuesConvertByTable37(String row, String column) throws JMSException {
        PgmStreamMessage message = new PgmStreamMessage();
        message.writeObject(ROWS.get(row));
        message.reset();

        check(row, column, () -> value(message, column));

        if (!READABLE_AS.get(row).contains(column)) {
            assertThat(message.readObject())
                    .as("a refused read leaves the position")
                    .isEqualTo(ROWS.get(row));
        }
    }

    private static Object property(PgmMessage message, String type) throws JMSException {
        return switch (type) {
            case "boolean" -> message.getBooleanProperty("p");
            case "byte" -> message.getByteProperty("p");
            case "short" -> message.getShortProperty("p");
            case "int" -> message.getIntProperty("p");
            case "long" -> message.getLongProperty("p");
            case "float" -> message.getFloatProperty("p");
            case "double" -> message.getDoubleProperty("p");
            default -> message.getStringProperty("p");
        };
    }

    private static Object entry(PgmMapMessage message, String type) throws JMSException {
        return switch (type) {
            case "boolean" -> message.getBoolean("e");
            case "byte" -> message.getByte("e");
            case "short" -> message.getShort("e");
            case "char" -> message.getChar("e");
            case "int" -> message.getInt("e");
            case "long" -> message.getLong("e");
            case "float" -> message.getFloat("e");
            case "double" -> message.getDouble("e");
            case "byte[]" -> message.getBytes("e");
            default -> message.getString("e");
        };
    }

    private static Object value(PgmStreamMessage message, String type) throws JMSException {
        return switch (type) {
            case "boolean" -> message.readBoolean();
            case "byte" -> message.readByte();
            case "short" -> message.readShort();
            case "char" -> message.readChar();
            case "int" -> message.readInt();
            case "long" -> message.readLong();
            case "float" -> message.readFloat();
            case "double" -> message.readDouble();
            case "byte[]" -> readBytes(message);
            default -> message.readString();
        };
    }

    private static byte[] readBytes(PgmStreamMessage message) throws JMSException {
        byte[] three = new byte[3];
        assertEquals(3, message.readBytes(three));
        assertEquals(-1, message.readBytes(three));
        return three;
    }

    @Test
    void typesAreSetByTheirOwnMethodsToo() throws JMSException {
        PgmMessage message = new PgmMessage();
        message.setBooleanProperty("boolean", true);
        message.setByteProperty("byte", (byte) 65);
        message.setShortProperty("short", (short) 65);
        message.setIntProperty("int", 65);
        message.setLongProperty("long", 65);
        message.setFloatProperty("float", 65);
        message.setDoubleProperty("double", 65);
        message.setStringProperty("String", "65");

        for (String type : ROWS.keySet()) {
            if (!type.equals("char") && !type.equals("byte[]")) {
                Object value = message.getObjectProperty(name(type));
                assertEquals(ROWS.get(type), value);
            }
        }
    }

    private static String name(String type) {
        return type;
    }

    @ParameterizedTest
    @MethodSource("notParsable")
    void textsThatDoNotParseThrowNumberFormatException(String column) throws JMSException {
        PgmMessage properties = new PgmMessage();
        properties.setStringProperty("p", "sixty-five");
        PgmMapMessage map = new PgmMapMessage();
        map.setString("e", "sixty-five");
        PgmStreamMessage stream = new PgmStreamMessage();
        stream.writeString("sixty-five");
        stream.reset();

        assertThrows(NumberFormatException.class, () -> property(properties, column));
        assertThrows(NumberFormatException.class, () -> entry(map, column));
        assertThrows(NumberFormatException.class, () -> value(stream, column));
        assertEquals("sixty-five", stream.readString());
    }

    static Stream<String> notParsable() {
        return Stream.of("byte", "short", "int", "long", "float", "double");
    }

    @Test
    void aTextReadAsBooleanIsTrueInAnyCase() throws JMSException {
        PgmMessage message = new PgmMessage();
        message.setStringProperty("p", "TrUe");
        assertEquals(true, message.getBooleanProperty("p"));
        message.setStringProperty("p", "yes");
        assertFalse(message.getBooleanProperty("p"));
    }

    @Test
    void absentPropertiesAreNulls() throws JMSException {
        PgmMessage message = new PgmMessage();

        checkNulls(column -> property(message, column), false);
        assertNull(message.getObjectProperty("p"));
    }

    @Test
    void absentEntriesAreNulls() throws JMSException {
        PgmMapMessage message = new PgmMapMessage();

        checkNulls(column -> entry(message, column), true);
        assertNull(message.getObject("e"));
    }

    @Test
    void nullValuesInAStreamAreNulls() throws JMSException {
        for (String column : ROWS.keySet()) {
            if (!column.equals("byte[]")) {
                PgmStreamMessage message = new PgmStreamMessage();
                message.writeObject(null);
                message.reset();
                checkNull(column, () -> value(message, column));
            }
        }
    }

    interface ColumnReader {
        Object read(String column) throws JMSException;
    }

    private static void checkNulls(ColumnReader reader, boolean bodyTypes) throws JMSException {
        for (String column : ROWS.keySet()) {
            if (bodyTypes || !column.equals("char") && !column.equals("byte[]")) {
                checkNull(column, () -> reader.read(column));
            }
        }
    }

    /** Section 3.5.4: a null goes to the type's valueOf(String); section 3.11.3: char throws. */
    private static void checkNull(String column, Reader reader) throws JMSException {
        switch (column) {
            case "boolean" -> assertEquals(false, reader.read());
            case "String", "byte[]" -> assertNull(reader.read());
            case "byte", "short", "int", "long" -> assertThrows(NumberFormatException.class, reader::read);
            default -> assertThrows(NullPointerException.class, reader::read);
        }
    }

    @Test
    void objectsOfOtherClassesAreRefused() {
        for (Object value : List.of(new Object(), List.of(), 'c', BYTES, java.math.BigInteger.ONE)) {
            assertThrows(MessageFormatException.class, () -> new PgmMessage().setObjectProperty("p", value));
        }
        for (Object value : List.of(new Object(), List.of(), java.math.BigInteger.ONE, new int[1])) {
            assertThrows(MessageFormatException.class, () -> new PgmMapMessage().setObject("e", value));
            assertThrows(MessageFormatException.class, () -> new PgmStreamMessage().writeObject(value));
            assertThrows(MessageFormatException.class, () -> new PgmBytesMessage().writeObject(value));
        }
    }

    @Test
    void arraysAreCopiedOnTheWayInAndOut() throws JMSException {
        PgmMapMessage message = new PgmMapMessage();
        byte[] given = BYTES.clone();
        message.setBytes("a", given);
        message.setObject("b", given);
        given[0] = 99;
        message.getBytes("a")[1] = 99;
        ((byte[]) message.getObject("b"))[1] = 99;

        assertArrayEquals(BYTES, message.getBytes("a"));
        assertArrayEquals(BYTES, (byte[]) message.getObject("b"));
    }
}
