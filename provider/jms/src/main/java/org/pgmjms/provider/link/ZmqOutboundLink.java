package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.Arrays;
import java.util.List;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.message.ZmqFormat;

/**
 * Sends messages in ZeroMQ's frames. A message begins an APDU or follows another one in it; what is larger than a packet
 * is cut into APDUs, as ZeroMQ takes no fragments of PGM.
 */
final class ZmqOutboundLink extends ForeignOutbound {
    ZmqOutboundLink(SendQueue queue, int maxMessageBytes) {
        super(queue, maxMessageBytes);
    }

    @Override
    void publish(LinkTopic to, ByteBuf message, long timeoutNs) throws JMSException {
        int length = checkedLength(message);
        int[] lengths = lengths(length);
        if (lengths.length > 1) {
            publishLarge(message, lengths, timeoutNs);
            return;
        }
        queue().lock();
        try {
            queue().reserve(Room.record(lengths[0]), timeoutNs);
            write(message, lengths, queue().buffer(), queue().publish(APDU, lengths[0]));
        } finally {
            queue().unlock();
        }
        wake();
    }

    private void publishLarge(ByteBuf message, int[] lengths, long timeoutNs) throws JMSException {
        Block apdus = new Block(lengths);
        queue().lock();
        try {
            queue().reserve(Room.block(apdus.totalBytes()), timeoutNs);
            queue().publish(apdus);
        } finally {
            queue().unlock();
        }
        complete(apdus, bytes -> write(message, lengths, bytes, 0));
    }

    private int checkedLength(ByteBuf message) throws JMSException {
        int length = message.readableBytes();
        if (length > maxMessageBytes()) {
            throw JmsExceptions.tooLarge(
                    "The message in ZeroMQ's frames, in bytes (jms.maxMessageSize),", length, maxMessageBytes());
        }
        return length;
    }

    /** The lengths of the APDUs that a message takes. */
    private int[] lengths(int messageBytes) {
        int room = maxPacketBytes() - ZmqFormat.OFFSET_BYTES;
        int[] lengths = new int[Math.max(1, (messageBytes + room - 1) / room)];
        Arrays.fill(lengths, maxPacketBytes());
        lengths[lengths.length - 1] = messageBytes - (lengths.length - 1) * room + ZmqFormat.OFFSET_BYTES;
        return lengths;
    }

    /** Writes the APDUs of a message one behind another, and answers where they end. */
    private static int write(ByteBuf message, int[] lengths, ByteBuf out, int start) {
        int at = start;
        int from = message.readerIndex();
        for (int i = 0; i < lengths.length; i++) {
            int length = lengths[i] - ZmqFormat.OFFSET_BYTES;
            out.setShort(at, i == 0 ? 0 : ZmqFormat.NO_START);
            out.setBytes(at + ZmqFormat.OFFSET_BYTES, message, from, length);
            at += lengths[i];
            from += length;
        }
        return at;
    }

    /** Never pads: zeros are no frame. */
    @Override
    public int fill(ByteBuf packet, int at, int max, int padTo) {
        queue().lock();
        try {
            int length = fillApdu(packet, at);
            if (isNextWhole(max - length) && packet.getUnsignedShort(at) == ZmqFormat.NO_START) {
                packet.setShort(at, length - ZmqFormat.OFFSET_BYTES);
            }
            while (isNextWhole(max - length)) {
                int more = queue().firstLength() - ZmqFormat.OFFSET_BYTES;
                packet.setBytes(at + length, queue().buffer(), queue().first() + ZmqFormat.OFFSET_BYTES, more);
                queue().removeFirst();
                length += more;
            }
            return length;
        } finally {
            queue().unlock();
        }
    }

    /** Whether a whole message comes next, without its offset not longer than this. */
    private boolean isNextWhole(int room) {
        return !queue().isEmpty()
                && queue().firstKind() == APDU
                && queue().firstLength() - ZmqFormat.OFFSET_BYTES <= room;
    }

    @Override
    WrittenTrain write(Train train) throws JMSException {
        List<TrainMessage> messages = train.messages();
        int[][] each = new int[messages.size()][];
        long bytes = 0;
        for (int i = 0; i < each.length; i++) {
            each[i] = lengths(checkedLength(messages.get(i).content()));
            bytes += Arrays.stream(each[i]).sum() + (long) each[i].length * PACKET_OVERHEAD_BYTES;
            checkTrainLength(bytes, each[i].length * (PACKET_OVERHEAD_BYTES + ZmqFormat.OFFSET_BYTES));
        }
        int[] lengths = Arrays.stream(each).flatMapToInt(Arrays::stream).toArray();
        int total = Arrays.stream(lengths).sum();
        ByteBuf run = Unpooled.buffer(total, total).writerIndex(total);
        int at = 0;
        for (int i = 0; i < each.length; i++) {
            at = write(messages.get(i).content(), each[i], run, at);
        }
        return new WrittenTrain(run, lengths, List.of(), new int[0]);
    }
}
