package org.pgmjms.tck.faults.program;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The body of a message: producer, number, when it was sent (nano time), length, CRC32C of all else, then bytes that
 * follow from the number. One thread.
 */
final class Payload {
    /** The least that a body has. */
    static final int HEADER = 32;

    private static final int NUMBER_AT = 8;
    private static final int SENT_AT = 16;
    private static final int LENGTH_AT = 24;
    private static final int CRC_AT = 28;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer body = ByteBuffer.allocate(HEADER);

    /** Makes up a body; good until the next one. */
    byte[] fill(int producer, long number, long nowNs, int length) {
        room(length);
        body.clear().limit(length);
        body.putLong(0, producer).putLong(NUMBER_AT, number).putLong(SENT_AT, nowNs);
        body.putInt(LENGTH_AT, length);
        long word = number * SPREAD + producer;
        for (int at = HEADER; at + Long.BYTES <= length; at += Long.BYTES) {
            body.putLong(at, word);
            word += SPREAD;
        }
        body.putInt(CRC_AT, checksum(length));
        return body.array();
    }

    /** Where to read the next body into. */
    byte[] room(int length) {
        if (body.capacity() < length) {
            body = ByteBuffer.allocate(length);
        }
        body.clear();
        return body.array();
    }

    /** Whether the body in {@link #room} is as it was sent. */
    boolean isWhole(int length) {
        if (length < HEADER || body.getInt(LENGTH_AT) != length) {
            return false;
        }
        return body.getInt(CRC_AT) == checksum(length);
    }

    int producer() {
        return (int) body.getLong(0);
    }

    long number() {
        return body.getLong(NUMBER_AT);
    }

    long sentNs() {
        return body.getLong(SENT_AT);
    }

    private int checksum(int length) {
        crc.reset();
        crc.update(body.array(), 0, CRC_AT);
        crc.update(body.array(), HEADER, length - HEADER);
        return (int) crc.getValue();
    }
}
