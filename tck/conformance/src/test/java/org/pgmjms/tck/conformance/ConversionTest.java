package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Tables 3-2 and 3-7: as what a value can be read, depending on as what it was written. */
class ConversionTest extends JmsContract {
    private static final List<String> PROPERTY_TYPES =
            List.of("boolean", "byte", "short", "int", "long", "float", "double", "String");
    private static final List<String> BODY_TYPES =
            List.of("boolean", "byte", "short", "char", "int", "long", "float", "double", "String", "byte[]");

    /** The rows of table 3-2: a value, and the columns that are marked. */
    private static final Map<Object, String> PROPERTIES = new LinkedHashMap<>();

    /** The rows of table 3-7. */
    private static final Map<Object, String> BODIES = new LinkedHashMap<>();

    static {
        PROPERTIES.put(true, "boolean String");
        PROPERTIES.put((byte) 1, "byte short int long String");
        PROPERTIES.put((short) 2, "short int long String");
        PROPERTIES.put(3, "int long String");
        PROPERTIES.put(4L, "long String");
        PROPERTIES.put(5.5f, "float double String");
        PROPERTIES.put(6.5, "double String");
        PROPERTIES.put("7", "boolean byte short int long float double String");
        BODIES.putAll(PROPERTIES);
        BODIES.put('c', "char String");
        BODIES.put(new byte[] {8}, "byte[]");
    }

    /** Reads something as the type with a name. */
    @FunctionalInterface
    private interface Reader {
        Object read(String type) throws JMSException;
    }

    private Session session;

    @BeforeEach
    void open() throws JMSException {
        session = session();
    }

    @Test
    @Spec("3.5.4")
    void propertiesAreConvertedAsTheTableSays() throws JMSException {
        for (Map.Entry<Object, String> row : PROPERTIES.entrySet()) {
            Message message = session.createMessage();
            message.setObjectProperty("p", row.getKey());
            Message received = roundTrip(session, message);

            for (Message each : List.of(message, received)) {
                checkRow(row, PROPERTY_TYPES, type -> property(each, type));
            }
        }
    }

    @Test
    @Spec("3.11.3")
    void mapEntriesAreConvertedAsTheTableSays() throws JMSException {
        for (Map.Entry<Object, String> row : BODIES.entrySet()) {
            MapMessage message = session.createMapMessage();
            message.setObject("p", row.getKey());
            MapMessage received = roundTrip(session, message);

            for (MapMessage each : List.of(message, received)) {
                checkRow(row, BODY_TYPES, type -> entry(each, type));
            }
        }
    }

    @Test
    @Spec("3.11.3")
    void streamElementsAreConvertedAsTheTableSays() throws JMSException {
        for (Map.Entry<Object, String> row : BODIES.entrySet()) {
            StreamMessage message = session.createStreamMessage();
            message.writeObject(row.getKey());
            StreamMessage received = roundTrip(session, message);

            checkRow(row, BODY_TYPES, type -> {
                received.reset();
                return element(received, type);
            });
        }
    }

    @Test
    @Spec("3.11.3")
    @Differs(
            on = Provider.ARTEMIS,
            how = "moves on in the stream after a failed conversion",
            allowedBy = Differs.NOTHING)
    void aFailedConversionLeavesTheStreamWhereItWas() throws JMSException {
        StreamMessage message = session.createStreamMessage();
        message.writeString("no number");
        message.writeDouble(2.5);
        message.writeBoolean(true);

        StreamMessage received = roundTrip(session, message);

        assertThatThrownBy(received::readInt).isInstanceOf(NumberFormatException.class);
        assertThat(received.readString()).isEqualTo("no number");
        assertThatThrownBy(received::readLong).isInstanceOf(MessageFormatException.class);
        assertThat(received.readDouble()).isEqualTo(2.5);
        assertThatThrownBy(received::readShort).isInstanceOf(MessageFormatException.class);
        assertThat(received.readBoolean()).isTrue();
        assertThatThrownBy(received::readObject).isInstanceOf(MessageEOFException.class);
    }

    @Test
    @Spec("3.5.4")
    @Spec("3.11.3")
    void aStringThatIsNoNumberIsNoNumber() throws JMSException {
        Message message = session.createMessage();
        message.setStringProperty("p", "many");
        MapMessage map = session.createMapMessage();
        map.setString("p", "many");

        for (String type : List.of("byte", "short", "int", "long", "float", "double")) {
            assertThatThrownBy(() -> property(message, type)).isInstanceOf(NumberFormatException.class);
            assertThatThrownBy(() -> entry(map, type)).isInstanceOf(NumberFormatException.class);
        }
        assertThat(message.getBooleanProperty("p")).isFalse();
        assertThat(map.getBoolean("p")).isFalse();
        map.setString("p", "TRUE");
        assertThat(map.getBoolean("p")).isTrue();
    }

    @Test
    @Spec("3.11.3")
    void aMissingEntryReadsAsNull() throws JMSException {
        MapMessage map = session.createMapMessage();
        map.setString("null", null);

        for (String name : List.of("null", "missing")) {
            assertThat(map.getString(name)).isNull();
            assertThat(map.getObject(name)).isNull();
            assertThat(map.getBytes(name)).isNull();
            assertThat(map.getBoolean(name)).isFalse();
            assertThatThrownBy(() -> map.getByte(name)).isInstanceOf(NumberFormatException.class);
            assertThatThrownBy(() -> map.getInt(name)).isInstanceOf(NumberFormatException.class);
            assertThatThrownBy(() -> map.getLong(name)).isInstanceOf(NumberFormatException.class);
            assertThatThrownBy(() -> map.getDouble(name)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> map.getChar(name)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    @Spec("3.11.3")
    void aNullInAStreamReadsAsNull() throws JMSException {
        StreamMessage message = session.createStreamMessage();
        message.writeString(null);
        message.writeObject(null);
        StreamMessage received = roundTrip(session, message);

        assertThat(received.readString()).isNull();
        assertThat(received.readObject()).isNull();
        received.reset();
        assertThatThrownBy(received::readChar).isInstanceOf(NullPointerException.class);
        received.reset();
        assertThatThrownBy(received::readInt).isInstanceOf(NumberFormatException.class);
        received.reset();
        assertThat(received.readBoolean()).isFalse();
    }

    @Test
    @Spec("3.11.3")
    void anotherClassIsNoElement() throws JMSException {
        StreamMessage stream = session.createStreamMessage();
        MapMessage map = session.createMapMessage();

        assertThatThrownBy(() -> stream.writeObject(List.of())).isInstanceOf(MessageFormatException.class);
        assertThatThrownBy(() -> map.setObject("list", List.of())).isInstanceOf(MessageFormatException.class);
    }

    private static void checkRow(Map.Entry<Object, String> row, List<String> types, Reader reader) {
        List<String> readable = new ArrayList<>();
        for (String type : types) {
            try {
                assertThat(reader.read(type)).as("%s as %s", row.getKey(), type).isNotNull();
                readable.add(type);
            } catch (MessageFormatException unmarked) {
                assertThat(unmarked).isNotNull();
            } catch (JMSException other) {
                throw new AssertionError(row.getKey() + " as " + type, other);
            }
        }
        assertThat(readable)
                .as("%s (%s)", row.getKey(), row.getKey().getClass())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.asList(row.getValue().split(" ")));
    }

    private static Object property(Message message, String type) throws JMSException {
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

    private static Object entry(MapMessage map, String type) throws JMSException {
        return switch (type) {
            case "boolean" -> map.getBoolean("p");
            case "byte" -> map.getByte("p");
            case "short" -> map.getShort("p");
            case "char" -> map.getChar("p");
            case "int" -> map.getInt("p");
            case "long" -> map.getLong("p");
            case "float" -> map.getFloat("p");
            case "double" -> map.getDouble("p");
            case "byte[]" -> map.getBytes("p");
            default -> map.getString("p");
        };
    }

    private static Object element(StreamMessage stream, String type) throws JMSException {
        return switch (type) {
            case "boolean" -> stream.readBoolean();
            case "byte" -> stream.readByte();
            case "short" -> stream.readShort();
            case "char" -> stream.readChar();
            case "int" -> stream.readInt();
            case "long" -> stream.readLong();
            case "float" -> stream.readFloat();
            case "double" -> stream.readDouble();
            case "byte[]" -> stream.readBytes(new byte[10]);
            default -> stream.readString();
        };
    }
}
