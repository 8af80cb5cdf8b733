package org.pgmjms.provider.message;

import static org.pgmjms.provider.message.ZmqFormat.LONG;
import static org.pgmjms.provider.message.ZmqFormat.MORE;
import static org.pgmjms.provider.message.ZmqFormat.PART_OVERHEAD_BYTES;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Writes messages as ZeroMQ's frames: the body of a {@code BytesMessage} is a message of one part, a {@code
 * StreamMessage} of byte arrays has a part for each. Headers and properties have no place there. Stateless.
 */
final class ZmqEncoder {
    private ZmqEncoder() {}

    /** Appends a message's frames; {@code out} is unchanged when this throws. */
    static void encode(PgmMessage message, int maxMessageBytes, ByteBuf out) throws JMSException {
        int start = out.writerIndex();
        boolean done = false;
        try {
            if (message instanceof PgmBytesMessage) {
                byte[] body = body(message);
                writeFrame(body, 0, body.length, 0, out);
            } else if (message instanceof PgmStreamMessage) {
                writeParts(body(message), out);
            } else {
                throw JmsExceptions.conversion("Topics with format=zmq carry bytes messages, and stream messages of"
                        + " byte arrays for ZeroMQ's messages of several parts");
            }
            int length = out.writerIndex() - start;
            if (length > maxMessageBytes) {
                throw JmsExceptions.tooLarge(
                        "The message in ZeroMQ's frames, in bytes (setting jms.maxMessageSize),",
                        length,
                        maxMessageBytes);
            }
            done = true;
        } finally {
            if (!done) {
                out.writerIndex(start);
            }
        }
    }

    private static byte[] body(PgmMessage message) throws JMSException {
        ByteBuf body = Unpooled.buffer();
        message.writeBody(body);
        return ByteBufUtil.getBytes(body);
    }

    private static void writeParts(byte[] elements, ByteBuf out) throws JMSException {
        if (elements.length == 0) {
            throw JmsExceptions.conversion("A message of ZeroMQ has at least one part, this stream message is empty");
        }
        int at = 0;
        while (at < elements.length) {
            if (Values.u8(elements, at) != Values.BYTES) {
                throw JmsExceptions.conversion("Only byte arrays can be parts of a ZeroMQ message");
            }
            int from = at + PART_OVERHEAD_BYTES;
            int length = Values.i32(elements, at + Byte.BYTES);
            at = from + length;
            writeFrame(elements, from, length, at < elements.length ? MORE : 0, out);
        }
    }

    private static void writeFrame(byte[] in, int from, int length, int flags, ByteBuf out) {
        int size = length + 1;
        if (size < LONG) {
            out.writeByte(size);
        } else {
            out.writeByte(LONG).writeLong(size);
        }
        out.writeByte(flags).writeBytes(in, from, length);
    }
}
