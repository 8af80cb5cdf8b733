package org.pgmjms.provider.message;

import java.nio.ByteBuffer;

/**
 * A topic's name as two numbers, which say all of a name of up to fifteen bytes, and length, beginning and end of a longer
 * one. They can be kept in the object that they are compared for, where the name itself would be one more cache miss.
 *
 * <pre>
 *   head   the name's length, u8; the bytes before the last eight, but at most seven, to the right
 *   tail   the last eight bytes, or all of fewer, to the right
 * </pre>
 */
public final class NameWords {
    private static final int LENGTH_SHIFT = Long.SIZE - Byte.SIZE;
    private static final int MOST_IN_HEAD = Long.BYTES - 1;
    private static final int MOST_BYTES = MOST_IN_HEAD + Long.BYTES;

    private NameWords() {}

    /** Whether the two numbers say all of the name with this head. */
    public static boolean isAll(long head) {
        return head >>> LENGTH_SHIFT <= MOST_BYTES;
    }

    static long head(ByteBuffer in, int at, int length) {
        long bytes = Math.min(length - Long.BYTES, MOST_IN_HEAD);
        long first = bytes > 0 ? in.getLong(at) >>> Long.SIZE - bytes * Byte.SIZE : 0;
        return (long) length << LENGTH_SHIFT | first;
    }

    /** Eight bytes before the name's end must be there. */
    static long tail(ByteBuffer in, int at, int length) {
        long last = in.getLong(at + length - Long.BYTES);
        return length >= Long.BYTES ? last : last & (1L << length * Byte.SIZE) - 1;
    }

    /** {@link FrameView#nameHead} of a name. */
    public static long head(byte[] name) {
        return head(ByteBuffer.wrap(name), 0, name.length);
    }

    /** {@link FrameView#nameTail} of a name. */
    public static long tail(byte[] name) {
        ByteBuffer behindZeros = ByteBuffer.allocate(Long.BYTES + name.length).put(Long.BYTES, name);
        return tail(behindZeros, Long.BYTES, name.length);
    }
}
