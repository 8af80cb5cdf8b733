package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A queue of byte records in one buffer. Every record lies in one piece; where the end of the buffer is too short for
 * one, the rest is left out.
 *
 * <pre>
 *   0      head                tail    wrap   capacity
 *   |......[####records#######]........|      |        tail &gt;= head
 *   [###]..........[#######records####]|      |        tail &lt; head: the newest lie at the start
 * </pre>
 *
 * <p>A record is preceded by its length. Not thread-safe.
 */
final class ByteRing {
    private static final int LENGTH_BYTES = Integer.BYTES;

    private final ByteBuf buffer;
    private final int capacity;
    private int head;
    private int tail;
    /** Where records end before the buffer does, while the newest lie at the start. */
    private int wrap;

    private int records;

    ByteRing(int capacity) {
        this.capacity = capacity;
        this.wrap = capacity;
        this.buffer = Unpooled.buffer(capacity, capacity);
    }

    /** What the indexes of records refer to. */
    ByteBuf buffer() {
        return buffer;
    }

    boolean isEmpty() {
        return records == 0;
    }

    /** Bytes from the oldest record to the newest, with what is left out between them. */
    int usedBytes() {
        if (records == 0) {
            return 0;
        }
        return tail > head ? tail - head : capacity - head + tail;
    }

    /** Whether {@link #add} would find room. */
    boolean fits(int length) {
        return place(length) >= 0;
    }

    /** Adds a record, to be written by the caller before anything else happens, and answers where; -1 without room. */
    int add(int length) {
        int at = place(length);
        if (at < 0) {
            return -1;
        }
        if (records == 0) {
            head = at;
        } else if (at < tail) {
            wrap = tail;
        }
        buffer.setInt(at, length);
        tail = at + LENGTH_BYTES + length;
        records++;
        return at + LENGTH_BYTES;
    }

    /** Where the oldest record starts; there must be one. */
    int first() {
        assert records > 0 : "no record";
        return head + LENGTH_BYTES;
    }

    /** The length of the oldest record. */
    int firstLength() {
        return buffer.getInt(head);
    }

    /** Takes the oldest record away. */
    void removeFirst() {
        head = first() + firstLength();
        records--;
        if (records == 0) {
            head = 0;
            tail = 0;
            wrap = capacity;
        } else if (head == wrap && tail <= head) {
            head = 0;
            wrap = capacity;
        }
    }

    private int place(int length) {
        int needed = LENGTH_BYTES + length;
        if (records == 0) {
            return needed <= capacity ? 0 : -1;
        }
        if (tail <= head) {
            return head - tail >= needed ? tail : -1;
        }
        if (capacity - tail >= needed) {
            return tail;
        }
        return head >= needed ? 0 : -1;
    }
}
