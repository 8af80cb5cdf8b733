package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.Reservation;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * The sending half of a transport: a queue of encoded messages, from which the source fills its packets. Callers add
 * under the queue's lock; the engine takes under the source's lock and, for moments, the queue's.
 */
abstract sealed class Outbound implements ApduSupplier, SourceEvents permits OutboundLink, ForeignOutbound {
    /** The record is an APDU that is ready to be sent. */
    static final byte APDU = 1;

    /** What an APDU costs in the window beside its bytes and what the engine counts for large ones. */
    static final int PACKET_OVERHEAD_BYTES = 64;

    private final SendQueue queue;
    private final int maxMessageBytes;
    private volatile @Nullable Publication publication;
    private volatile boolean failed;
    /** Of which an APDU is being cut into packets: its bytes do not change any more, and it stays first. The source's. */
    private @Nullable Block cut;

    private volatile boolean nameTaken;

    Outbound(SendQueue queue, int maxMessageBytes) {
        this.queue = queue;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Connects it with what sends; before the first {@link #publish}. */
    final void attach(Publication source) {
        publication = source;
    }

    /** Whether somebody else sends under the name of its source. */
    final boolean isNameTaken() {
        return nameTaken;
    }

    /** Whether nothing can be sent any more. */
    final boolean hasFailed() {
        return failed;
    }

    /**
     * Queues a message.
     *
     * @param to where to
     * @param message copied before the call returns; its indexes are left alone
     * @param timeoutNs how long to wait for room
     */
    abstract void publish(LinkTopic to, ByteBuf message, long timeoutNs) throws JMSException;

    /** Writes the APDUs of a train, or refuses what can never be sent. */
    abstract WrittenTrain write(Train train) throws JMSException;

    /** How many records {@link #publish(WrittenTrain, Room)} may add behind those of a train. */
    abstract int recordsBehind(WrittenTrain train);

    /** Gives the frames of a train their sequences; with the queue's lock. */
    abstract void number(WrittenTrain train);

    /** Completes what was numbered. */
    abstract void seal(WrittenTrain train);

    /** Adds the records that belong behind what was numbered, at most so many, for which room is reserved. */
    abstract void publishBehind(int records);

    /** The sequence that the topic's next message would have, or 0 where messages have none. Any thread. */
    abstract long nextSequence(long topicId);

    /** The same for every topic, as it is now; nothing where messages have none. Any thread. */
    Optional<LongUnaryOperator> nextSequences() {
        return Optional.empty();
    }

    /**
     * Sets room aside for a train.
     *
     * @param timeoutNs how long to wait for it
     */
    final TrainReservation reserve(Train train, long timeoutNs) throws JMSException {
        WrittenTrain written = write(train);
        Room alone =
                written.fits(maxPacketBytes()) ? Room.record(written.totalBytes()) : Room.block(written.totalBytes());
        Room room = alone.plus(recordsBehind(written), Room.record(0));
        long leftNs;
        queue.lock();
        try {
            leftNs = queue.reserve(room, timeoutNs);
        } finally {
            queue.unlock();
        }
        Reservation window = null;
        try {
            window = reserveWindow(written, leftNs);
        } finally {
            if (window == null) {
                release(room);
            }
        }
        return new OutboundTrain(this, written, room, window);
    }

    private Reservation reserveWindow(WrittenTrain train, long timeoutNs) throws JMSException {
        int bytes = windowBytes(train);
        try {
            Reservation window = source().reserve(bytes, timeoutNs);
            if (window == null) {
                checkOpen();
                throw JmsExceptions.sendTimeout(
                        "No room for " + bytes + " bytes in the transmit window within " + timeoutNs / 1_000_000
                                + " ms (jms.sendTimeout, pgm.window.bytes): other transactions hold it");
            }
            return window;
        } catch (InterruptedException e) {
            throw JmsExceptions.interrupted("Interrupted while waiting for room to send", e);
        }
    }

    private void checkOpen() throws JMSException {
        queue.lock();
        try {
            queue.checkOpen();
        } finally {
            queue.unlock();
        }
    }

    /** Gives a train its place in the order, for which room is reserved; drops it when nothing can be sent any more. */
    final void publish(WrittenTrain train, Room room) {
        Block block = null;
        queue.lock();
        try {
            if (queue.hasFailed()) {
                queue.release(room);
                return;
            }
            number(train);
            if (train.fits(maxPacketBytes())) {
                seal(train);
                int at = queue.publish(APDU, train.totalBytes());
                queue.buffer().setBytes(at, train.bytes(), 0, train.totalBytes());
            } else {
                block = new Block(train.lengths());
                queue.publish(block);
            }
            publishBehind(recordsBehind(train));
        } finally {
            queue.unlock();
        }
        if (block != null) {
            seal(train);
            complete(block, train.bytes());
        }
    }

    /** Gives room back that was reserved. */
    final void release(Room room) {
        queue.lock();
        try {
            queue.release(room);
        } finally {
            queue.unlock();
        }
    }

    /** From now on nothing is taken. */
    final void close() {
        queue.lock();
        try {
            queue.fail(JmsExceptions.closed("transport"));
        } finally {
            queue.unlock();
        }
    }

    @Override
    public final void onFailed(PgmException cause) {
        queue.lock();
        try {
            queue.fail(cause);
        } finally {
            queue.unlock();
        }
        failed = true;
    }

    @Override
    public final void onNameTaken() {
        nameTaken = true;
    }

    @Override
    public final void onStored(int firstSqn, int lastSqn) {
        // Messages count as sent when they are queued: nobody waits for this.
    }

    @Override
    public int nextLength() {
        Block block = cut;
        if (block != null) {
            return block.nextLength();
        }
        queue.lock();
        try {
            return nextQueuedLength();
        } finally {
            queue.unlock();
        }
    }

    @Override
    public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
        Block block = cut == null ? firstBlock() : cut;
        cut = block.copy(apduOffset, packet, at, length) ? null : block;
        if (block.isDone()) {
            queue.lock();
            try {
                queue.removeFirst();
            } finally {
                queue.unlock();
            }
        }
    }

    private Block firstBlock() {
        queue.lock();
        try {
            return queue.firstBlock();
        } finally {
            queue.unlock();
        }
    }

    /** What {@link #nextLength} answers while no APDU is being cut; with the queue's lock. */
    int nextQueuedLength() {
        return nextRecordLength();
    }

    /** The length of what the oldest record gives next: 0 while it is being written, -1 if it never will be there. */
    int firstLength() {
        return firstApduLength();
    }

    /** The length of what comes next, or 0 when nothing can be sent yet; with the queue's lock. */
    final int nextRecordLength() {
        while (!queue.isEmpty()) {
            int length = firstLength();
            if (length >= 0) {
                return length;
            }
            queue.removeFirst();
        }
        return 0;
    }

    /** The length of the APDU that the oldest record is, or that comes next of it; -1 for one that never will be there. */
    final int firstApduLength() {
        return queue.firstKind() == SendQueue.BLOCK ? queue.firstBlock().nextLength() : queue.firstLength();
    }

    /** Writes that APDU, which is not longer than a packet, and answers its length. */
    final int fillApdu(ByteBuf packet, int at) {
        int length = firstApduLength();
        if (queue.firstKind() == SendQueue.BLOCK) {
            Block block = queue.firstBlock();
            block.copy(0, packet, at, length);
            if (block.isDone()) {
                queue.removeFirst();
            }
        } else {
            packet.setBytes(at, queue.buffer(), queue.first(), length);
            queue.removeFirst();
        }
        return length;
    }

    final SendQueue queue() {
        return queue;
    }

    final int maxMessageBytes() {
        return maxMessageBytes;
    }

    final int maxPacketBytes() {
        return source().maxTsduBytes();
    }

    final void wake() {
        source().wake();
    }

    /** Refuses a message that is too large, as an APDU of {@code overheadBytes} more. */
    final void checkLength(int messageBytes, int overheadBytes) throws JMSException {
        int most = Math.min(maxMessageBytes, source().maxApduBytes() - overheadBytes);
        if (messageBytes > most) {
            throw JmsExceptions.tooLarge(
                    "The length of the encoded message, in bytes (jms.maxMessageSize, pgm.maxApdu),",
                    messageBytes,
                    most);
        }
    }

    /** Refuses a train whose APDUs are too large together; a message that can be sent alone fits into one. */
    final void checkTrainLength(long bytes, int overheadBytes) throws JMSException {
        if (bytes - overheadBytes > maxMessageBytes) {
            throw JmsExceptions.tooLarge(
                    "The length of a transaction's messages on one channel, in bytes (jms.maxMessageSize),",
                    bytes,
                    (long) maxMessageBytes + overheadBytes);
        }
    }

    final int maxApduBytes() {
        return source().maxApduBytes();
    }

    final int maxFragmentBytes() {
        return source().maxFragmentBytes();
    }

    /** The length to which an APDU is padded, so that all its fragments are equally long. */
    final int evenApduBytes(int length) {
        return source().evenApduBytes(length);
    }

    /** Writes an APDU into memory of its own, outside the lock, and lets it go. */
    final void complete(Block block, Consumer<ByteBuf> writer) {
        ByteBuf written = null;
        try {
            ByteBuf bytes = block.allocate();
            writer.accept(bytes);
            written = bytes;
        } finally {
            if (written == null) {
                abandon(block);
            }
        }
        complete(block, written);
        wake();
    }

    private void complete(Block block, ByteBuf bytes) {
        queue.lock();
        try {
            block.complete(bytes);
        } finally {
            queue.unlock();
        }
    }

    private void abandon(Block block) {
        queue.lock();
        try {
            block.abandon();
        } finally {
            queue.unlock();
        }
    }

    /** What a train takes in the window. */
    private static int windowBytes(WrittenTrain train) {
        return train.totalBytes() + train.lengths().length * PACKET_OVERHEAD_BYTES;
    }

    private Publication source() {
        return Objects.requireNonNull(publication, "attach comes first");
    }
}
