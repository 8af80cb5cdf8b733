package org.pgmjms.tck.bench.program;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.api.ApduSupplier;

/** Messages of one size on their way into packets: a ring of sequence numbers and stamps. One thread offers. */
final class MessageSupply implements ApduSupplier {
    private static final int CAPACITY = 4096;

    private final long[] stamps = new long[CAPACITY];
    private byte[] message = new byte[0];
    private int mostBytes;
    private volatile long offered;
    private volatile long taken;

    /** Says how large messages are and what a packet holds; to be called before the first offer. */
    void start(int size, int maxTsduBytes) {
        message = new byte[size];
        mostBytes = maxTsduBytes;
    }

    /** Adds a message, unless the ring is full. */
    boolean offer(long sequence, long stampNs) {
        if (sequence - taken >= CAPACITY) {
            return false;
        }
        stamps[(int) (sequence % CAPACITY)] = stampNs;
        offered = sequence + 1;
        return true;
    }

    @Override
    public int nextLength() {
        return offered == taken ? 0 : message.length;
    }

    @Override
    public int fill(ByteBuf packet, int at, int max, int padTo) {
        long next = taken;
        long end = Math.min(offered, next + Math.min(max, mostBytes) / message.length);
        int to = at;
        for (; next < end; next++) {
            packet.setBytes(to, message);
            packet.setLong(to, next);
            packet.setLong(to + Long.BYTES, stamps[(int) (next % CAPACITY)]);
            to += message.length;
        }
        taken = next;
        return to - at;
    }

    @Override
    public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
        long sequence = taken;
        packet.setBytes(at, message, apduOffset, length);
        if (apduOffset == 0) {
            packet.setLong(at, sequence);
            packet.setLong(at + Long.BYTES, stamps[(int) (sequence % CAPACITY)]);
        }
        if (apduOffset + length == message.length) {
            taken = sequence + 1;
        }
    }

    @Override
    public void onStored(int firstSqn, int lastSqn) {
        // nothing waits for it
    }
}
