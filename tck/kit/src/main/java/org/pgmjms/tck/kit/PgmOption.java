package org.pgmjms.tck.kit;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One option extension, as bytes.
 *
 * @param type without the end mark
 * @param second the byte with F and OPX
 * @param third the byte with the flags of the option
 * @param value what follows
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record PgmOption(int type, int second, int third, byte[] value) {

    /** An option with a value of 32-bit words and no flags. */
    public static PgmOption words(int type, int... words) {
        ByteBuffer value = ByteBuffer.allocate(words.length * Integer.BYTES);
        for (int word : words) {
            value.putInt(word);
        }
        return new PgmOption(type, 0, 0, value.array());
    }

    /** An option without a value. */
    public static PgmOption flags(int type, int third) {
        return new PgmOption(type, 0, third, new byte[0]);
    }

    /** A 32-bit word of the value. */
    public int word(int index) {
        return ByteBuffer.wrap(value).getInt(index * Integer.BYTES);
    }

    /** A 16-bit half-word of the value. */
    public int half(int index) {
        return ByteBuffer.wrap(value).getShort(index * Short.BYTES) & 0xFFFF;
    }

    /** The length byte. */
    public int length() {
        return 4 + value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PgmOption option
                && type == option.type
                && second == option.second
                && third == option.third
                && Arrays.equals(value, option.value);
    }

    @Override
    public int hashCode() {
        return type + 31 * Arrays.hashCode(value);
    }
}
