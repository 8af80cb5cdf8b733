package org.pgmjms.engine.net;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * Packets received: places in one buffer that the batch owns, with where each came from. Reused; one owner. A port
 * writes packets one behind another, or several segments of one datagram run.
 */
public final class ReceiveBatch implements AutoCloseable {
    private final ByteBuf buffer;
    private final int capacity;
    private int[] offsets;
    private int[] lengths;
    private InetSocketAddress[] senders;
    private int size;

    /**
     * A batch over a buffer.
     *
     * @param buffer memory for all packets; released by {@link #close}
     * @param capacity how many packets are enough
     */
    public ReceiveBatch(ByteBuf buffer, int capacity) {
        this.buffer = buffer;
        this.capacity = capacity;
        this.offsets = new int[capacity];
        this.lengths = new int[capacity];
        this.senders = new InetSocketAddress[capacity];
    }

    /** The memory of all packets. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** A port receives no further datagram once there are so many; the segments of the last one may be more. */
    public int capacity() {
        return capacity;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Where one starts. */
    public int offset(int index) {
        return offsets[index];
    }

    /** The length of one in bytes. */
    public int length(int index) {
        return lengths[index];
    }

    /** Where one came from. */
    public InetSocketAddress sender(int index) {
        return senders[index];
    }

    /** Adds one; for ports. */
    public void add(int offset, int length, InetSocketAddress sender) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
            senders = Arrays.copyOf(senders, 2 * size);
        }
        offsets[size] = offset;
        lengths[size] = length;
        senders[size] = sender;
        size++;
    }

    /** Forgets all, keeping the memory. */
    public void clear() {
        size = 0;
    }

    @Override
    public void close() {
        buffer.release();
    }
}
