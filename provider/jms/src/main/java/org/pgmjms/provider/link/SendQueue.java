package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * What waits to be sent: small records in a ring of bytes; for each APDU that needs more than a packet a record of one
 * byte there, and its bytes beside it. Bounded in bytes; callers wait for room. Every method but the lock's own needs the
 * lock, which is held for moments only.
 */
final class SendQueue {
    /** The one byte every record begins with. */
    static final int KIND_BYTES = 1;

    static final byte LARGE = 0;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomFreed = lock.newCondition();
    private final ByteRing ring;
    private final int ringBytes;
    private final long largeLimitBytes;
    private final ArrayDeque<LargeApdu> larges = new ArrayDeque<>();
    private long largeBytes;
    private int waiting;
    private @Nullable Exception failure;

    /**
     * An empty one.
     *
     * @param ringBytes what small records may take; at least sixteen times the largest
     * @param largeLimitBytes what large APDUs may take together; one alone may take more
     */
    SendQueue(int ringBytes, long largeLimitBytes) {
        this.ring = new ByteRing(ringBytes);
        this.ringBytes = ringBytes;
        this.largeLimitBytes = largeLimitBytes;
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

    /** What the indexes of records refer to. */
    ByteBuf buffer() {
        return ring.buffer();
    }

    /** The index of the oldest record; there must be one. */
    int first() {
        return ring.first();
    }

    int firstLength() {
        return ring.firstLength();
    }

    byte firstKind() {
        return ring.buffer().getByte(ring.first());
    }

    /** Waits until a record of this length fits. */
    void awaitRoom(int recordBytes, long timeoutNs) throws JMSException {
        awaitRoom(recordBytes, 0, timeoutNs);
    }

    /** Adds a record for which there is room, its first byte written; answers the index of the second. */
    int add(byte kind, int length) {
        int at = ring.add(KIND_BYTES + length);
        if (at < 0) {
            throw new IllegalStateException("No room for a record of " + length + " bytes");
        }
        ring.buffer().setByte(at, kind);
        return at + KIND_BYTES;
    }

    /** Waits until there is room for a large APDU; it has to be added at once. */
    void awaitRoomForLarge(LargeApdu apdu, int recordBytes, long timeoutNs) throws JMSException {
        awaitRoom(recordBytes, apdu.length(), timeoutNs);
    }

    /** Takes a large APDU's place in the order; its bytes may come later. */
    void addLarge(LargeApdu apdu) {
        add(LARGE, 0);
        larges.add(apdu);
        largeBytes += apdu.length();
    }

    /** The APDU of the oldest record, which is a large one. */
    LargeApdu firstLarge() {
        return larges.element();
    }

    /** Takes the oldest record away. */
    void removeFirst() {
        boolean large = firstKind() == LARGE;
        if (large) {
            largeBytes -= larges.remove().length();
        }
        ring.removeFirst();
        if (waiting > 0 && (large || ring.usedBytes() <= ringBytes / 4 * 3)) {
            roomFreed.signalAll();
        }
    }

    /** From now on nothing is taken; who waits gets this exception. */
    void fail(Exception cause) {
        if (failure == null) {
            failure = cause;
        }
        roomFreed.signalAll();
    }

    private void awaitRoom(int recordBytes, int apduBytes, long timeoutNs) throws JMSException {
        long leftNs = timeoutNs;
        waiting++;
        try {
            checkOpen();
            while (!hasRoom(recordBytes, apduBytes)) {
                if (leftNs <= 0) {
                    throw JmsExceptions.sendTimeout("No room for " + (recordBytes + apduBytes) + " bytes within "
                            + timeoutNs / 1_000_000 + " ms (jms.sendTimeout): the channel sends more slowly than"
                            + " messages come, and " + (ring.usedBytes() + largeBytes) + " bytes wait");
                }
                leftNs = roomFreed.awaitNanos(leftNs);
                checkOpen();
            }
        } catch (InterruptedException e) {
            throw JmsExceptions.interrupted("Interrupted while waiting for room to send", e);
        } finally {
            waiting--;
        }
    }

    private boolean hasRoom(int recordBytes, int apduBytes) {
        return ring.fits(recordBytes)
                && (apduBytes == 0 || largeBytes == 0 || largeBytes + apduBytes <= largeLimitBytes);
    }

    private void checkOpen() throws JMSException {
        if (failure != null) {
            throw JmsExceptions.channelFailed("The channel cannot send: " + failure.getMessage(), failure);
        }
    }
}
