package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import jakarta.jms.JMSException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * UTF-8, strictly: neither half surrogate pairs nor overlong forms, in either direction. RFC 3629, section 4.
 */
final class Utf8 {
    private static final int NOT_ENCODABLE = -1;
    private static final long NOT_ASCII = 0x8080808080808080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Utf8() {}

    /** The encoded length of a text; {@code what} begins the exception's sentence when it has none. */
    static int length(String text, String what) throws JMSException {
        int length = lengthOrNotEncodable(text);
        if (length == NOT_ENCODABLE) {
            throw JmsExceptions.notEncodable(what);
        }
        return length;
    }

    private static int lengthOrNotEncodable(String text) {
        int chars = text.length();
        int length = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                length += 2;
                if (Character.isSurrogate(c)) {
                    if (!Character.isHighSurrogate(c)
                            || i + 1 == chars
                            || !Character.isLowSurrogate(text.charAt(i + 1))) {
                        return NOT_ENCODABLE;
                    }
                    i++;
                }
            } else if (c >= 0x80) {
                length++;
            }
        }
        return length;
    }

    /** Writes a text whose length was asked for before. */
    static void write(String text, int length, ByteBuf out) {
        if (length == text.length() && out.hasArray()) {
            out.ensureWritable(length);
            writeAscii(text, out.array(), out.arrayOffset() + out.writerIndex());
            out.writerIndex(out.writerIndex() + length);
            return;
        }
        ByteBufUtil.reserveAndWriteUtf8(out, text, length);
    }

    /** As many bytes as chars: the commonest case, without a check for each char. */
    private static void writeAscii(String text, byte[] to, int at) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            to[at + i] = (byte) text.charAt(i);
        }
    }

    /** The text in bytes that were found valid before. */
    static String read(byte[] bytes, int at, int length) {
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }

    /** Whether bytes that were found valid before are this text; allocates nothing while both are ASCII. */
    static boolean equals(byte[] bytes, int at, int length, String text) {
        int chars = text.length();
        for (int i = 0; i < length && i < chars; i++) {
            if (bytes[at + i] < 0) {
                return text.equals(read(bytes, at, length));
            }
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return length == chars;
    }

    /** Whether these bytes are well-formed. Table 3-7 of the Unicode Standard. */
    static boolean isValid(byte[] bytes, int at, int length) {
        int end = at + length;
        int i = afterAscii(bytes, at, end);
        while (i < end) {
            int lead = bytes[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            int following = following(bytes, i, end);
            if (following == 0) {
                return false;
            }
            i += 1 + following;
        }
        return true;
    }

    /** Up to where all is ASCII, at least as far as one sees eight bytes at a time. */
    private static int afterAscii(byte[] bytes, int at, int end) {
        int i = at;
        while (end - i >= Long.BYTES && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0) {
            i += Long.BYTES;
        }
        return i;
    }

    /** How many bytes follow the lead byte at {@code i}; 0 when they are not there or not right. */
    private static int following(byte[] bytes, int i, int end) {
        int lead = bytes[i] & 0xFF;
        int following = lead < 0xC2 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : 0;
        if (following == 0 || end - i <= following) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int k = 2; k <= following; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return following;
    }
}
