package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * The sending half of a transport: a queue of encoded messages, from which the source fills its packets. Callers add
 * under the queue's lock; the engine takes under the source's lock and, for moments, the queue's.
 */
abstract sealed class Outbound implements ApduSupplier, SourceEvents permits OutboundLink, RawOutboundLink {
    private final SendQueue queue;
    private final int maxMessageBytes;
    private volatile @Nullable Publication publication;
    private volatile boolean failed;

    Outbound(SendQueue queue, int maxMessageBytes) {
        this.queue = queue;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Connects it with what sends; before the first {@link #publish}. */
    final void attach(Publication source) {
        publication = source;
    }

    /** Whether nothing can be sent any more. */
    final boolean hasFailed() {
        return failed;
    }

    /**
     * Queues a message.
     *
     * @param message copied before the call returns; its indexes are left alone
     * @param timeoutNs how long to wait for room
     */
    abstract void publish(PgmTopic topic, ByteBuf message, long timeoutNs) throws JMSException;

    /** The sequence that the topic's next message would have, or 0 where messages have none. Any thread. */
    abstract long nextSequence(long topicId);

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
    public final void onStored(int firstSqn, int lastSqn) {
        // Messages count as sent when they are queued: nobody waits for this.
    }

    @Override
    public final void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
        queue.lock();
        try {
            LargeApdu apdu = queue.firstLarge();
            packet.setBytes(at, Objects.requireNonNull(apdu.bytes(), "not complete"), apduOffset, length);
            if (apduOffset + length == apdu.length()) {
                queue.removeFirst();
            }
        } finally {
            queue.unlock();
        }
    }

    final SendQueue queue() {
        return queue;
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

    /** Writes a large APDU into memory of its own, outside the lock, and lets it go. */
    final void complete(LargeApdu apdu, Consumer<ByteBuf> writer) {
        boolean written = false;
        try {
            ByteBuf bytes = apdu.allocate();
            writer.accept(bytes);
            queue.lock();
            try {
                apdu.complete(bytes);
            } finally {
                queue.unlock();
            }
            written = true;
        } finally {
            if (!written) {
                abandon(apdu);
            }
        }
        wake();
    }

    /** The length of the large APDU that is next: 0 while it is being written, -1 if it never will be. */
    final int firstLargeLength() {
        LargeApdu apdu = queue.firstLarge();
        if (apdu.isAbandoned()) {
            return -1;
        }
        return apdu.bytes() == null ? 0 : apdu.length();
    }

    private void abandon(LargeApdu apdu) {
        queue.lock();
        try {
            apdu.abandon();
        } finally {
            queue.unlock();
        }
    }

    private Publication source() {
        return Objects.requireNonNull(publication, "attach comes first");
    }
}
