package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.List;
import org.pgmjms.provider.error.JmsExceptions;

/** Sends each message as an APDU of its own, as programs without Jakarta Messaging do. */
final class RawOutboundLink extends ForeignOutbound {
    RawOutboundLink(SendQueue queue, int maxMessageBytes) {
        super(queue, maxMessageBytes);
    }

    @Override
    void publish(LinkTopic to, ByteBuf message, long timeoutNs) throws JMSException {
        int length = checkedLength(message);
        if (length > maxPacketBytes()) {
            publishLarge(message, length, timeoutNs);
            return;
        }
        queue().lock();
        try {
            queue().reserve(Room.record(length), timeoutNs);
            int at = queue().publish(APDU, length);
            queue().buffer().setBytes(at, message, message.readerIndex(), length);
        } finally {
            queue().unlock();
        }
        wake();
    }

    private void publishLarge(ByteBuf message, int length, long timeoutNs) throws JMSException {
        Block apdu = new Block(length);
        queue().lock();
        try {
            queue().reserve(Room.block(length), timeoutNs);
            queue().publish(apdu);
        } finally {
            queue().unlock();
        }
        complete(apdu, bytes -> bytes.setBytes(0, message, message.readerIndex(), length));
    }

    @Override
    public int fill(ByteBuf packet, int at, int max, int padTo) {
        queue().lock();
        try {
            return fillApdu(packet, at);
        } finally {
            queue().unlock();
        }
    }

    /** A run of messages, each an APDU of its own as always. */
    @Override
    WrittenTrain write(Train train) throws JMSException {
        List<TrainMessage> messages = train.messages();
        int[] lengths = new int[messages.size()];
        long bytes = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = checkedLength(messages.get(i).content());
            bytes += lengths[i] + PACKET_OVERHEAD_BYTES;
            checkTrainLength(bytes, PACKET_OVERHEAD_BYTES);
        }
        ByteBuf run = Unpooled.buffer((int) bytes - lengths.length * PACKET_OVERHEAD_BYTES);
        for (TrainMessage message : messages) {
            ByteBuf content = message.content();
            run.writeBytes(content, content.readerIndex(), content.readableBytes());
        }
        return new WrittenTrain(run, lengths, List.of(), new int[0]);
    }

    private int checkedLength(ByteBuf message) throws JMSException {
        int length = message.readableBytes();
        if (length == 0) {
            throw JmsExceptions.invalidArgument("A raw message has at least one byte");
        }
        checkLength(length, 0);
        return length;
    }
}
