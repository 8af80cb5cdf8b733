package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import org.pgmjms.provider.error.JmsExceptions;

/** A position in the bytes of a body. A read that fails leaves it where it was. */
final class BodyReader {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int position;

    BodyReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.position = start;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    /** Appends all of the body, wherever the position is. */
    void writeTo(ByteBuf out) {
        out.writeBytes(bytes, start, length());
    }

    void rewind() {
        position = start;
    }

    /** Checks that this many bytes are left. */
    void require(int length) throws JMSException {
        if (length > end - position) {
            throw JmsExceptions.endOfBody();
        }
    }

    /** Takes this many bytes, which have to be there, and answers where they begin. */
    int take(int length) throws JMSException {
        require(length);
        int at = position;
        position += length;
        return at;
    }
}
