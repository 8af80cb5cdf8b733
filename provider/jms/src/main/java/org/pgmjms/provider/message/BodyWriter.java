package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import java.io.OutputStream;
import java.util.Arrays;

/** The bytes of a body that is being written: an array that grows. Numbers are big-endian. */
final class BodyWriter extends OutputStream {
    private static final byte[] NONE = {};
    private static final int FIRST_BYTES = 256;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private byte[] bytes = NONE;
    private int length;

    int length() {
        return length;
    }

    /** Reads what was written so far; good until something is written. */
    BodyReader reader() {
        return new BodyReader(bytes, 0, length);
    }

    /** Appends what was written so far. */
    void writeTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    /** Makes room for this many bytes more, and answers where they begin. */
    private int take(int count) {
        int at = length;
        if (count > bytes.length - at) {
            grow((long) at + count);
        }
        length = at + count;
        return at;
    }

    private void grow(long needed) {
        if (needed > MOST_BYTES) {
            throw new IndexOutOfBoundsException("A body of " + needed + " bytes");
        }
        long capacity = Math.max(needed, Math.max(FIRST_BYTES, 2L * bytes.length));
        bytes = Arrays.copyOf(bytes, (int) Math.min(capacity, MOST_BYTES));
    }

    @Override
    public void write(int value) {
        int at = take(Byte.BYTES);
        bytes[at] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        int at = take(count);
        System.arraycopy(from, offset, bytes, at, count);
    }

    void writeShort(int value) {
        int at = take(Short.BYTES);
        Values.putShort(bytes, at, (short) value);
    }

    void writeInt(int value) {
        int at = take(Integer.BYTES);
        Values.putInt(bytes, at, value);
    }

    void writeLong(long value) {
        int at = take(Long.BYTES);
        Values.putLong(bytes, at, value);
    }
}
