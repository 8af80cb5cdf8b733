package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A queue of byte records in one buffer. Room for a record is reserved first; whoever has it either publishes the record,
 * which gives it its place in the order, or releases the room. Every record lies in one piece; where the end of the
 * buffer is too short for one, the rest is left out.
 *
 * <pre>
 *   0      head                tail    wrap   capacity
 *   |......[####records#######]........|      |        tail &gt;= head
 *   [###]..........[#######records####]|      |        tail &lt; head: the newest lie at the start
 * </pre>
 *
 * <p>What is left out is shorter than the longest record, and there is only one such rest at a time. As much is never
 * given out, so that what was reserved finds its room wherever the records have come to lie meanwhile. A record is
 * preceded by its length. Not thread-safe.
 */
final class ByteRing {
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int LONGEST_SHARE = 16;

    private final ByteBuf buffer;
    private final int capacity;
    private final int longest;
    private int head;
    private int tail;
    /** Where records end before the buffer does, while the newest lie at the start. */
    private int wrap;

    private int records;
    private int reserved;

    /** An empty one; its longest record takes a sixteenth of it. */
    ByteRing(int capacity) {
        this.capacity = capacity;
        this.longest = capacity / LONGEST_SHARE;
        this.wrap = capacity;
        this.buffer = Unpooled.buffer(capacity, capacity);
    }

    /** What a record of this length takes. */
    static int recordBytes(int length) {
        return LENGTH_BYTES + length;
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

    /** What is left of the room that {@link #tryReserve} set aside. */
    int reservedBytes() {
        return reserved;
    }

    /** The most that can be reserved at a time. */
    int mostBytes() {
        return capacity - longest;
    }

    /** Sets room aside; false when there is not so much. */
    boolean tryReserve(int bytes) {
        if (bytes > mostBytes() - usedBytes() - reserved) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    /** Gives room back that was reserved. */
    void release(int bytes) {
        assert bytes <= reserved : "more given back than was reserved";
        reserved -= bytes;
    }

    /** Adds a record to the order, for which room was reserved, and answers where the caller has to write it at once. */
    int publish(int length) {
        int bytes = recordBytes(length);
        if (bytes > reserved || bytes > longest) {
            throw new IllegalStateException(
                    "A record of " + length + " bytes; reserved are " + reserved + ", the longest may take " + longest);
        }
        int at = place(bytes);
        if (records == 0) {
            head = at;
        } else if (at < tail) {
            wrap = tail;
        }
        buffer.setInt(at, length);
        tail = at + bytes;
        records++;
        reserved -= bytes;
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

    private int place(int bytes) {
        if (records == 0) {
            return 0;
        }
        if (tail <= head || capacity - tail >= bytes) {
            return tail;
        }
        return 0;
    }
}
