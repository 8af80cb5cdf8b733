package org.pgmjms.engine.channel;

import io.netty.buffer.ByteBuf;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgmjms.engine.api.ApduSupplier;

/** Supplies numbered APDUs, one a packet, and remembers which threads asked for them. */
public final class QueueSupplier implements ApduSupplier {
    private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
    private final Set<Thread> senders = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private volatile int stored;

    /** Queues the next numbers, each in an APDU of this length. */
    public void add(int count, int length) {
        for (int i = 0; i < count; i++) {
            queue.add(apdu(next.getAndIncrement(), length));
        }
    }

    /** An APDU: a number, then bytes that follow from it. */
    static byte[] apdu(int number, int length) {
        byte[] bytes = new byte[Math.max(length, Integer.BYTES)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number + i);
        }
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[i] = (byte) (number >>> Byte.SIZE * (Integer.BYTES - 1 - i));
        }
        return bytes;
    }

    /** How many APDUs were ever queued; the next has this number. */
    public int added() {
        return next.get();
    }

    /** How many APDUs are in the window or were. */
    public int stored() {
        return stored;
    }

    /** Which threads sent. */
    public Set<Thread> senders() {
        return senders;
    }

    @Override
    public int nextLength() {
        byte[] head = queue.peek();
        return head == null ? 0 : head.length;
    }

    @Override
    public int fill(ByteBuf packet, int at, int max, int padTo) {
        byte[] head = queue.remove();
        packet.setBytes(at, head);
        senders.add(Thread.currentThread());
        return head.length;
    }

    @Override
    public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
        byte[] head = queue.element();
        packet.setBytes(at, head, apduOffset, length);
        if (apduOffset + length == head.length) {
            queue.remove();
        }
    }

    @Override
    public void onStored(int firstSqn, int lastSqn) {
        stored++;
    }
}
