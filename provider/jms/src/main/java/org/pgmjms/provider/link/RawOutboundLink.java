package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;

/** Sends each message as an APDU of its own, as programs without Jakarta Messaging do. */
final class RawOutboundLink extends Outbound {
    private static final byte SMALL = 1;

    RawOutboundLink(SendQueue queue, int maxMessageBytes) {
        super(queue, maxMessageBytes);
    }

    @Override
    void publish(PgmTopic topic, ByteBuf message, long timeoutNs) throws JMSException {
        int length = message.readableBytes();
        if (length == 0) {
            throw JmsExceptions.invalidArgument("A raw message has at least one byte");
        }
        checkLength(length, 0);
        if (length > maxPacketBytes()) {
            publishLarge(message, length, timeoutNs);
            return;
        }
        queue().lock();
        try {
            queue().awaitRoom(SendQueue.KIND_BYTES + length, timeoutNs);
            int at = queue().add(SMALL, length);
            queue().buffer().setBytes(at, message, message.readerIndex(), length);
        } finally {
            queue().unlock();
        }
        wake();
    }

    private void publishLarge(ByteBuf message, int length, long timeoutNs) throws JMSException {
        LargeApdu apdu = new LargeApdu(length);
        queue().lock();
        try {
            queue().awaitRoomForLarge(apdu, SendQueue.KIND_BYTES, timeoutNs);
            queue().addLarge(apdu);
        } finally {
            queue().unlock();
        }
        complete(apdu, bytes -> bytes.setBytes(0, message, message.readerIndex(), length));
    }

    @Override
    long nextSequence(long topicId) {
        return 0;
    }

    @Override
    public int nextLength() {
        queue().lock();
        try {
            while (!queue().isEmpty()) {
                if (queue().firstKind() == SMALL) {
                    return queue().firstLength() - SendQueue.KIND_BYTES;
                }
                int length = firstLargeLength();
                if (length >= 0) {
                    return length;
                }
                queue().removeFirst();
            }
            return 0;
        } finally {
            queue().unlock();
        }
    }

    @Override
    public int fill(ByteBuf packet, int at, int max, int padTo) {
        queue().lock();
        try {
            int length = queue().firstLength() - SendQueue.KIND_BYTES;
            packet.setBytes(at, queue().buffer(), queue().first() + SendQueue.KIND_BYTES, length);
            queue().removeFirst();
            return length;
        } finally {
            queue().unlock();
        }
    }

    @Override
    public void onIdle() {
        // No heads: foreign receivers would take them for messages.
    }

    @Override
    public void onClosing() {
        // As when idle.
    }
}
