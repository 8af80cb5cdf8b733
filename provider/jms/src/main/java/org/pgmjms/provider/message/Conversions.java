package org.pgmjms.provider.message;

import jakarta.jms.MessageFormatException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Which value can be read as which type: Jakarta Messaging 3.1, tables 3-2 (properties) and 3-7 (map and stream bodies).
 * The first is the second without {@code char} and {@code byte[]}, which no property can hold.
 *
 * <p>A null read as a primitive goes to the type's {@code valueOf(String)}, as section 3.5.4 wants: false,
 * {@code NumberFormatException}, or {@code NullPointerException} for float and double.
 */
final class Conversions {
    private Conversions() {}

    static boolean toBoolean(@Nullable Object value) throws MessageFormatException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value == null || value instanceof String) {
            return Boolean.parseBoolean((String) value);
        }
        throw refused(value, "boolean");
    }

    static byte toByte(@Nullable Object value) throws MessageFormatException {
        if (value instanceof Byte number) {
            return number;
        }
        return Byte.parseByte(text(value, "byte"));
    }

    static short toShort(@Nullable Object value) throws MessageFormatException {
        if (value instanceof Short || value instanceof Byte) {
            return ((Number) value).shortValue();
        }
        return Short.parseShort(text(value, "short"));
    }

    static int toInt(@Nullable Object value) throws MessageFormatException {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).intValue();
        }
        return Integer.parseInt(text(value, "int"));
    }

    static long toLong(@Nullable Object value) throws MessageFormatException {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return Long.parseLong(text(value, "long"));
    }

    static float toFloat(@Nullable Object value) throws MessageFormatException {
        if (value instanceof Float number) {
            return number;
        }
        return Float.parseFloat(text(value, "float"));
    }

    static double toDouble(@Nullable Object value) throws MessageFormatException {
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        return Double.parseDouble(text(value, "double"));
    }

    static char toChar(@Nullable Object value) throws MessageFormatException {
        if (value instanceof Character c) {
            return c;
        }
        if (value == null) {
            throw new NullPointerException("A null cannot be read as char");
        }
        throw refused(value, "char");
    }

    static @Nullable String toText(@Nullable Object value) throws MessageFormatException {
        if (value instanceof byte[]) {
            throw refused(value, "String");
        }
        return value == null ? null : value.toString();
    }

    static byte @Nullable [] toBytes(@Nullable Object value) throws MessageFormatException {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value == null) {
            return null;
        }
        throw refused(value, "byte[]");
    }

    /** Whether a property can hold the value. Section 3.5.2. */
    static boolean isPropertyValue(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte;
    }

    /** Whether a map or stream body can hold the value. Section 3.11.3. */
    static boolean isBodyValue(@Nullable Object value) {
        return isPropertyValue(value) || value instanceof Character || value instanceof byte[];
    }

    /** The value as it goes into a body: checked, arrays copied. */
    static @Nullable Object bodyValue(@Nullable Object value) throws MessageFormatException {
        if (!isBodyValue(value)) {
            throw JmsExceptions.conversion("A body cannot hold a " + className(value));
        }
        return value instanceof byte[] bytes ? bytes.clone() : value;
    }

    /** A text to be parsed; null too, so that the parser treats it as the specification wants. */
    @SuppressWarnings("NullAway") // the parsers' treatment of null is what section 3.5.4 asks for
    private static String text(@Nullable Object value, String type) throws MessageFormatException {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw refused(value, type);
    }

    static String className(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getName();
    }

    private static MessageFormatException refused(Object value, String type) {
        return JmsExceptions.conversion("A " + value.getClass().getSimpleName() + " cannot be read as " + type);
    }
}
