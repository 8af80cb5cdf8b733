package org.pgmjms.provider.message;

import static org.pgmjms.provider.message.ZmqFormat.LONG;
import static org.pgmjms.provider.message.ZmqFormat.MORE;
import static org.pgmjms.provider.message.ZmqFormat.NO_START;
import static org.pgmjms.provider.message.ZmqFormat.OFFSET_BYTES;
import static org.pgmjms.provider.message.ZmqFormat.PART_OVERHEAD_BYTES;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Puts ZeroMQ's messages together from the APDUs of one source, which have to come in order. Begins, and after a gap
 * begins again, where an APDU says that a message starts. Never throws for what came from the network, and never
 * allocates from a length that is not there yet. Layout: {@link ZmqFormat}. Not thread-safe.
 *
 * <pre>
 *   LOST --an APDU in which a message starts--> SIZE --u8--------> FLAGS --> BODY --all there--> SIZE
 *     ^                                          |  --0xFF--> LONG_SIZE --u64--^
 *     +---------- a gap, or bytes that cannot be right, in any state
 * </pre>
 */
public final class ZmqReader {
    private static final int MOST_KEPT_BYTES = 4096;

    private enum State {
        LOST,
        SIZE,
        LONG_SIZE,
        FLAGS,
        BODY
    }

    private final int maxMessageBytes;
    private State state = State.LOST;
    private boolean inMessage;
    private long firstSequence;
    private long size;
    private int sizeBytesLeft;
    private boolean more;
    private int partCount;
    /** The parts of the message that is not complete, each as an element of a stream message. */
    private byte[] content = new byte[0];

    private int contentLength;
    /** What is missing of the part that has begun. */
    private int missing;

    /** Who gets whole messages. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Takes a message.
         *
         * @param body the bytes of its only part, or the elements of a stream message; the taker's
         * @param isStream whether it has several parts
         * @param sequence where it started: {@link ZmqFormat#sequence}
         */
        void take(byte[] body, boolean isStream, long sequence);
    }

    /**
     * A reader that waits for the start of a message.
     *
     * @param maxMessageBytes the largest message it takes; at least 1
     */
    public ZmqReader(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** What of a message that is not complete lies here, in bytes. */
    public int heldBytes() {
        return inMessage ? content.length : 0;
    }

    /** Whether a message has begun that is not complete. */
    public boolean isInMessage() {
        return inMessage;
    }

    /** APDUs are missing: what was begun is dropped. */
    public void onGap() {
        state = State.LOST;
        endMessage();
    }

    /**
     * Takes the next APDU.
     *
     * @param sequence its number, below 2^32
     * @param apdu borrowed
     * @return false when it cannot be right: then what it holds from there on is lost
     */
    public boolean take(long sequence, ByteBuf apdu, Taker taker) {
        int at = apdu.readerIndex();
        int end = apdu.writerIndex();
        if (end - at < OFFSET_BYTES) {
            onGap();
            return false;
        }
        int offset = apdu.getUnsignedShort(at);
        at += OFFSET_BYTES;
        if (offset != NO_START && offset > end - at) {
            onGap();
            return false;
        }
        if (state == State.LOST) {
            if (offset == NO_START) {
                return true;
            }
            at += offset;
            state = State.SIZE;
        }
        while (at < end) {
            at = step(sequence, apdu, at, end, taker);
            if (state == State.LOST) {
                return false;
            }
        }
        return true;
    }

    private int step(long sequence, ByteBuf apdu, int at, int end, Taker taker) {
        if (state == State.BODY) {
            int taken = Math.min(end - at, missing);
            append(apdu, at, taken);
            endPartIfComplete(taker);
            return at + taken;
        }
        int next = apdu.getUnsignedByte(at);
        if (state == State.SIZE) {
            onSize(ZmqFormat.sequence(sequence, at - apdu.readerIndex()), next);
        } else if (state == State.LONG_SIZE) {
            onLongSize(next);
        } else {
            onFlags(next, taker);
        }
        return at + 1;
    }

    private void onSize(long sequence, int first) {
        if (!inMessage) {
            inMessage = true;
            firstSequence = sequence;
        }
        if (first == LONG) {
            size = 0;
            sizeBytesLeft = Long.BYTES;
            state = State.LONG_SIZE;
        } else {
            onBodySize(first - 1L);
        }
    }

    private void onLongSize(int next) {
        size = size << Byte.SIZE | next;
        sizeBytesLeft--;
        if (sizeBytesLeft == 0) {
            onBodySize(size - 1);
        }
    }

    /** Sizes are unsigned and count the flags: of what is too large or nothing, the rest of the stream makes no sense. */
    private void onBodySize(long bytes) {
        if (bytes < 0 || bytes > maxMessageBytes - contentLength) {
            onGap();
        } else {
            missing = (int) bytes;
            state = State.FLAGS;
        }
    }

    private void onFlags(int flags, Taker taker) {
        more = (flags & MORE) != 0;
        partCount++;
        grow(PART_OVERHEAD_BYTES);
        Values.setBytesPrefix(content, contentLength, missing);
        contentLength += PART_OVERHEAD_BYTES;
        state = State.BODY;
        endPartIfComplete(taker);
    }

    private void append(ByteBuf apdu, int at, int length) {
        grow(length);
        apdu.getBytes(at, content, contentLength, length);
        contentLength += length;
        missing -= length;
    }

    private void grow(int bytes) {
        if (bytes > content.length - contentLength) {
            content = Arrays.copyOf(content, Math.max(contentLength + bytes, contentLength + contentLength / 2));
        }
    }

    private void endPartIfComplete(Taker taker) {
        if (missing > 0) {
            return;
        }
        state = State.SIZE;
        if (!more) {
            boolean isStream = partCount > 1;
            byte[] body = Arrays.copyOfRange(content, isStream ? 0 : PART_OVERHEAD_BYTES, contentLength);
            long first = firstSequence;
            endMessage();
            taker.take(body, isStream, first);
        }
    }

    private void endMessage() {
        inMessage = false;
        partCount = 0;
        contentLength = 0;
        if (content.length > MOST_KEPT_BYTES) {
            content = new byte[0];
        }
    }
}
