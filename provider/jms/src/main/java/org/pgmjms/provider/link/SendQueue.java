package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * What waits to be sent: small records in a ring of bytes; for each {@link Block} a record of one byte there, and its
 * bytes beside it. Bounded in bytes. Who adds something reserves room first, and waits for it; then he publishes, which
 * cannot fail any more, and releases what he did not need. Every method but the lock's own needs the lock, which is held
 * for moments only.
 */
final class SendQueue {
    /** The one byte every record begins with. */
    static final int KIND_BYTES = 1;

    static final byte BLOCK = 0;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomFreed = lock.newCondition();
    private final ByteRing ring;
    private final int ringBytes;
    private final long besideLimitBytes;
    private final ArrayDeque<Block> blocks = new ArrayDeque<>();
    /** What blocks take, and what is reserved for blocks. */
    private long besideBytes;

    private int waiting;
    private @Nullable Exception failure;

    /**
     * An empty one.
     *
     * @param ringBytes what small records may take; at least sixteen times the largest
     * @param besideLimitBytes what blocks may take together; one alone may take more
     */
    SendQueue(int ringBytes, long besideLimitBytes) {
        this.ring = new ByteRing(ringBytes);
        this.ringBytes = ringBytes;
        this.besideLimitBytes = besideLimitBytes;
    }

    /** What a record of this length takes in the ring, its kind not counted. */
    static int roomBytes(int length) {
        return ByteRing.recordBytes(KIND_BYTES + length);
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    boolean isEmpty() {
        return ring.isEmpty();
    }

    /** What all records take together, roughly. */
    int usedBytes() {
        return ring.usedBytes();
    }

    /** What the indexes of records refer to. */
    ByteBuf buffer() {
        return ring.buffer();
    }

    /** The index of what follows the kind of the oldest record; there must be one. */
    int first() {
        return ring.first() + KIND_BYTES;
    }

    /** The length of what follows the kind of the oldest record. */
    int firstLength() {
        return ring.firstLength() - KIND_BYTES;
    }

    byte firstKind() {
        return ring.buffer().getByte(ring.first());
    }

    /**
     * Waits until there is so much room, and sets it aside.
     *
     * @return how much is left of the time
     */
    long reserve(Room room, long timeoutNs) throws JMSException {
        long leftNs = timeoutNs;
        waiting++;
        try {
            checkOpen();
            if (room.ringBytes() > ring.mostBytes()) {
                throw JmsExceptions.tooLarge("What is sent at once, in bytes,", room.bytes(), ring.mostBytes());
            }
            while (!tryReserve(room)) {
                if (leftNs <= 0) {
                    throw JmsExceptions.sendTimeout("No room for " + room.bytes() + " bytes within "
                            + timeoutNs / 1_000_000 + " ms (jms.sendTimeout): the channel sends more slowly than"
                            + " messages come, and " + (ring.usedBytes() + ring.reservedBytes() + besideBytes)
                            + " bytes wait");
                }
                leftNs = roomFreed.awaitNanos(leftNs);
                checkOpen();
            }
            return leftNs;
        } catch (InterruptedException e) {
            throw JmsExceptions.interrupted("Interrupted while waiting for room to send", e);
        } finally {
            waiting--;
        }
    }

    /** Sets so many bytes of the ring aside if that can be done at once. */
    boolean tryReserve(int ringRoomBytes) {
        return failure == null && ring.tryReserve(ringRoomBytes);
    }

    private boolean tryReserve(Room room) {
        int beside = room.besideBytes();
        if (beside > 0 && besideBytes > 0 && besideBytes + beside > besideLimitBytes) {
            return false;
        }
        if (!ring.tryReserve(room.ringBytes())) {
            return false;
        }
        besideBytes += beside;
        return true;
    }

    /** Gives room back that was reserved. */
    void release(Room room) {
        besideBytes -= room.besideBytes();
        release(room.ringBytes());
    }

    /** Gives room of the ring back that was reserved. */
    void release(int ringRoomBytes) {
        ring.release(ringRoomBytes);
        if (waiting > 0) {
            roomFreed.signalAll();
        }
    }

    /** Adds a record for which room was reserved, its kind written; answers the index of what follows. */
    int publish(byte kind, int length) {
        int at = ring.publish(KIND_BYTES + length);
        ring.buffer().setByte(at, kind);
        return at + KIND_BYTES;
    }

    /** Gives a block, for which room was reserved, its place in the order; its bytes may come later. */
    void publish(Block block) {
        publish(BLOCK, 0);
        blocks.add(block);
    }

    /** The block of the oldest record, which is of that kind. */
    Block firstBlock() {
        return blocks.element();
    }

    /** Takes the oldest record away. */
    void removeFirst() {
        boolean block = firstKind() == BLOCK;
        if (block) {
            besideBytes -= blocks.remove().totalBytes();
        }
        ring.removeFirst();
        if (waiting > 0 && (block || ring.usedBytes() <= ringBytes / 4 * 3)) {
            roomFreed.signalAll();
        }
    }

    /** Whether nothing is taken any more. */
    boolean hasFailed() {
        return failure != null;
    }

    /** From now on nothing is taken; who waits gets this exception. */
    void fail(Exception cause) {
        if (failure == null) {
            failure = cause;
        }
        roomFreed.signalAll();
    }

    /** Refuses when nothing is taken any more. */
    void checkOpen() throws JMSException {
        if (failure != null) {
            throw JmsExceptions.channelFailed("The channel cannot send: " + failure.getMessage(), failure);
        }
    }
}
