package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Typed values as properties, map bodies and stream bodies hold them: one byte for the type, then the value.
 *
 * <pre>
 *   0 null   1 false   2 true    3 byte     4 short (2)   5 char (2)   6 int (4)   7 long (8)
 *   8 float (4)   9 double (8)   10 text (u32 length, UTF-8)   11 bytes (u32 length)
 * </pre>
 */
final class Values {
    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int BYTE = 3;
    static final int SHORT = 4;
    static final int CHAR = 5;
    static final int INT = 6;
    static final int LONG = 7;
    static final int FLOAT = 8;
    static final int DOUBLE = 9;
    static final int TEXT = 10;
    static final int BYTES = 11;

    /** What {@link #length} answers for a value that is malformed. */
    static final int MALFORMED = -1;

    private static final VarHandle SHORT_VIEW =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_VIEW = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_VIEW = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Values() {}

    static int u8(byte[] in, int at) {
        return in[at] & 0xFF;
    }

    static short i16(byte[] in, int at) {
        return (short) SHORT_VIEW.get(in, at);
    }

    static int u16(byte[] in, int at) {
        return i16(in, at) & 0xFFFF;
    }

    static int i32(byte[] in, int at) {
        return (int) INT_VIEW.get(in, at);
    }

    static long i64(byte[] in, int at) {
        return (long) LONG_VIEW.get(in, at);
    }

    static void putShort(byte[] out, int at, short value) {
        SHORT_VIEW.set(out, at, value);
    }

    static void putInt(byte[] out, int at, int value) {
        INT_VIEW.set(out, at, value);
    }

    static void putLong(byte[] out, int at, long value) {
        LONG_VIEW.set(out, at, value);
    }

    /** Writes what stands before the bytes of an array. */
    static void setBytesPrefix(byte[] out, int at, int length) {
        out[at] = BYTES;
        INT_VIEW.set(out, at + Byte.BYTES, length);
    }

    /** Writes a value of one of the types of {@link Conversions}; {@code what} begins an exception's sentence. */
    static void write(@Nullable Object value, String what, ByteBuf out) throws JMSException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof String text) {
            int length = Utf8.length(text, what);
            out.writeByte(TEXT).writeInt(length);
            Utf8.write(text, length, out);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? TRUE : FALSE);
        } else if (value instanceof byte[] bytes) {
            out.writeByte(BYTES).writeInt(bytes.length).writeBytes(bytes);
        } else if (value instanceof Character c) {
            out.writeByte(CHAR).writeShort(c);
        } else {
            writeNumber((Number) value, out);
        }
    }

    private static void writeNumber(Number value, ByteBuf out) {
        if (value instanceof Integer) {
            out.writeByte(INT).writeInt(value.intValue());
        } else if (value instanceof Long) {
            out.writeByte(LONG).writeLong(value.longValue());
        } else if (value instanceof Double) {
            out.writeByte(DOUBLE).writeDouble(value.doubleValue());
        } else if (value instanceof Float) {
            out.writeByte(FLOAT).writeFloat(value.floatValue());
        } else if (value instanceof Short) {
            out.writeByte(SHORT).writeShort(value.shortValue());
        } else if (value instanceof Byte) {
            out.writeByte(BYTE).writeByte(value.byteValue());
        } else {
            throw new AssertionError("Not checked when set: " + value.getClass());
        }
    }

    /** The length of the value at {@code at}, type included, or {@link #MALFORMED}; looks at no byte from {@code end} on. */
    static int length(byte[] in, int at, int end) {
        if (at >= end) {
            return MALFORMED;
        }
        int length = fixedLength(in[at]);
        if (length == MALFORMED && (in[at] == TEXT || in[at] == BYTES)) {
            length = prefixedLength(in, at, end);
        }
        return length <= end - at ? length : MALFORMED;
    }

    private static int prefixedLength(byte[] in, int at, int end) {
        int prefix = Byte.BYTES + Integer.BYTES;
        if (end - at < prefix) {
            return MALFORMED;
        }
        int length = i32(in, at + Byte.BYTES);
        return length < 0 || length > end - at - prefix ? MALFORMED : prefix + length;
    }

    private static int fixedLength(int type) {
        return switch (type) {
            case NULL, FALSE, TRUE -> 1;
            case BYTE -> 1 + Byte.BYTES;
            case SHORT, CHAR -> 1 + Short.BYTES;
            case INT, FLOAT -> 1 + Integer.BYTES;
            case LONG, DOUBLE -> 1 + Long.BYTES;
            default -> MALFORMED;
        };
    }

    /** Whether the value at {@code at}, of this length, is no text or a valid one. */
    static boolean isValidText(byte[] in, int at, int length) {
        int prefix = Byte.BYTES + Integer.BYTES;
        return in[at] != TEXT || Utf8.isValid(in, at + prefix, length - prefix);
    }

    /** Reads the value at {@code at}, which {@link #length} has found well-formed. */
    static @Nullable Object read(byte[] in, int at) {
        int from = at + Byte.BYTES;
        return switch (in[at]) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case BYTE -> in[from];
            case SHORT -> i16(in, from);
            case CHAR -> (char) u16(in, from);
            case INT -> i32(in, from);
            case LONG -> i64(in, from);
            case FLOAT -> Float.intBitsToFloat(i32(in, from));
            case DOUBLE -> Double.longBitsToDouble(i64(in, from));
            case TEXT -> Utf8.read(in, from + Integer.BYTES, i32(in, from));
            case BYTES -> Arrays.copyOfRange(in, from + Integer.BYTES, from + Integer.BYTES + i32(in, from));
            default -> throw new AssertionError("Not checked before: type " + in[at]);
        };
    }
}
