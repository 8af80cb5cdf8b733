package org.pgmjms.engine.net;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Packets to send, as places in buffers that stay the caller's. Reused; one owner. */
public final class SendBatch {
    private final @Nullable ByteBuf[] buffers;
    private final int[] offsets;
    private final int[] lengths;
    private int size;

    /** With room for this many. */
    public SendBatch(int capacity) {
        buffers = new ByteBuf[capacity];
        offsets = new int[capacity];
        lengths = new int[capacity];
    }

    /** Adds one; the batch must not be full. */
    public void add(ByteBuf buffer, int offset, int length) {
        buffers[size] = buffer;
        offsets[size] = offset;
        lengths[size] = length;
        size++;
    }

    /** Whether there is no room. */
    public boolean isFull() {
        return size == buffers.length;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The buffer of one. */
    public ByteBuf buffer(int index) {
        return requireNonNull(buffers[index]);
    }

    /** Where in its buffer one starts. */
    public int offset(int index) {
        return offsets[index];
    }

    /** The length of one in bytes. */
    public int length(int index) {
        return lengths[index];
    }

    /** Forgets all. */
    public void clear() {
        for (int index = 0; index < size; index++) {
            buffers[index] = null;
        }
        size = 0;
    }
}
