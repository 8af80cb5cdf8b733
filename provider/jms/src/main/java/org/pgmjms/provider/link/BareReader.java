package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import org.pgmjms.provider.message.ZmqFormat;
import org.pgmjms.provider.message.ZmqReader;

/** Makes messages of the bare APDUs of one source, which come in order. Owned by the receive agent. */
interface BareReader {

    /** Takes the next APDU; false when it cannot be right. */
    boolean take(long sequence, ByteBuf apdu, ZmqReader.Taker taker);

    /** APDUs are missing. */
    void onGap();

    /** Whether each APDU is one message, so that lost numbers are lost messages. */
    boolean isExact();

    /** The lowest number that a message of this packet can have. */
    long firstSequence(long packet);

    /** The highest one. */
    long lastSequence(long packet);

    /** What of a message that is not complete waits for the rest, in bytes. */
    int heldBytes();

    /** Whether a message has begun that is not complete. */
    boolean isInMessage();

    /** For {@code format=raw}: an APDU is a message. */
    static BareReader whole() {
        return new Whole();
    }

    /** For {@code format=zmq}: APDUs carry a stream of messages. */
    static BareReader zmq(int maxMessageBytes) {
        return new Zmq(new ZmqReader(maxMessageBytes));
    }

    /** Each APDU is a message. */
    record Whole() implements BareReader {
        @Override
        public boolean take(long sequence, ByteBuf apdu, ZmqReader.Taker taker) {
            byte[] body = new byte[apdu.readableBytes()];
            apdu.getBytes(apdu.readerIndex(), body);
            taker.take(body, false, sequence);
            return true;
        }

        @Override
        public void onGap() {
            // Nothing is put together.
        }

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public long firstSequence(long packet) {
            return packet;
        }

        @Override
        public long lastSequence(long packet) {
            return packet;
        }

        @Override
        public int heldBytes() {
            return 0;
        }

        @Override
        public boolean isInMessage() {
            return false;
        }
    }

    /**
     * ZeroMQ's messages.
     *
     * @param reader puts them together
     */
    record Zmq(ZmqReader reader) implements BareReader {
        @Override
        public boolean take(long sequence, ByteBuf apdu, ZmqReader.Taker taker) {
            return reader.take(sequence, apdu, taker);
        }

        @Override
        public void onGap() {
            reader.onGap();
        }

        @Override
        public boolean isExact() {
            return false;
        }

        @Override
        public long firstSequence(long packet) {
            return ZmqFormat.sequence(packet, 0);
        }

        @Override
        public long lastSequence(long packet) {
            return ZmqFormat.lastSequence(packet);
        }

        @Override
        public int heldBytes() {
            return reader.heldBytes();
        }

        @Override
        public boolean isInMessage() {
            return reader.isInMessage();
        }
    }
}
