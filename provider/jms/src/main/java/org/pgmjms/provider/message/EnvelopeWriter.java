package org.pgmjms.provider.message;

import static org.pgmjms.provider.message.EnvelopeFormat.CHANNELS_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.CRC_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.FLAGS_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_FIRST;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_FLAGS_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_LIKE;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_NAMED;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_NEXT;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_PAD;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_PREFIX_LENGTH;
import static org.pgmjms.provider.message.EnvelopeFormat.HEADER_LENGTH;
import static org.pgmjms.provider.message.EnvelopeFormat.HEADER_LENGTH_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.HEAD_LENGTH;
import static org.pgmjms.provider.message.EnvelopeFormat.INCARNATION_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.KIND_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.LAST_PART;
import static org.pgmjms.provider.message.EnvelopeFormat.LIKE_CONTENT_BYTES;
import static org.pgmjms.provider.message.EnvelopeFormat.LIKE_PREFIX_LENGTH;
import static org.pgmjms.provider.message.EnvelopeFormat.LIKE_SEQUENCE_MASK;
import static org.pgmjms.provider.message.EnvelopeFormat.MAGIC;
import static org.pgmjms.provider.message.EnvelopeFormat.MAGIC_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.MAX_NAMES;
import static org.pgmjms.provider.message.EnvelopeFormat.NEXT_PREFIX_LENGTH;
import static org.pgmjms.provider.message.EnvelopeFormat.PAD_FRAME_LENGTH;
import static org.pgmjms.provider.message.EnvelopeFormat.PART_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.SEQUENCE_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.TOPIC_ID_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.TRAIN_FLAGS_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.TRANSACTION_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.VERSION;
import static org.pgmjms.provider.message.EnvelopeFormat.VERSION_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.checksum;
import static org.pgmjms.provider.message.EnvelopeFormat.headerLength;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes one envelope after another into buffers of the caller, frame by frame. Indexes of the buffers are left alone
 * and nothing is allocated. Layout: {@link EnvelopeFormat}. Owned by one thread at a time.
 *
 * <p>A topic is named by the first of its frames in an envelope. The memory for that is a table of fixed size; a topic
 * that was pushed out of it is named again, which readers allow. A frame of the topic of the frame before it costs
 * neither topic id nor sequence, and one of another topic not what its sequence and content begin with alike; but not in
 * trains, whose frames get other sequences later.
 */
public final class EnvelopeWriter {
    private static final int REMEMBERED = 256;
    private static final int DOES_NOT_FIT = -1;

    private final Incarnation incarnation;
    private final CRC32C crc = new CRC32C();
    private final long[] namedTopics = new long[REMEMBERED];
    private final int[] namedIn = new int[REMEMBERED];
    private int envelopes;
    private EnvelopeKind kind = EnvelopeKind.DATA;
    private @Nullable ByteBuf buffer;
    private int start;
    private int next;
    private int end;
    private int names;
    private int entries;
    private long lastTopicId;
    private long lastSequence;
    private boolean hasLastContentStart;
    private long lastContentStart;
    /** Whether the frame that is being appended carries its topic's name. */
    private boolean isNaming;

    /** Writes for the provider with this incarnation; its message ids are elided against the envelope's. */
    public EnvelopeWriter(Incarnation incarnation) {
        this.incarnation = Objects.requireNonNull(incarnation, "incarnation");
    }

    /**
     * The bytes a frame takes.
     *
     * @param nameLength the topic's name in UTF-8, counted only {@code withName}
     */
    public static int frameLength(int nameLength, int contentLength, boolean withName) {
        return FRAME_PREFIX_LENGTH + (withName ? Byte.BYTES + nameLength : 0) + contentLength;
    }

    /** The bytes a frame takes whose topic is that of the frame before it. */
    public static int nextFrameLength(int contentLength) {
        return NEXT_PREFIX_LENGTH + contentLength;
    }

    /** The bytes of an envelope that holds nothing but this message. */
    public static int envelopeLength(int nameLength, int contentLength) {
        return HEADER_LENGTH + frameLength(nameLength, contentLength, true);
    }

    /** The bytes of a part of a train with frames of this length together. */
    public static int trainLength(int framesLength) {
        return headerLength(EnvelopeKind.TRAIN) + framesLength;
    }

    /** The bytes of an envelope with this many topic heads. */
    public static int headsLength(int heads) {
        return HEADER_LENGTH + heads * HEAD_LENGTH;
    }

    /** How many topic heads an envelope of at most {@code limit} bytes holds. */
    public static int headCapacity(int limit) {
        return Math.max(0, (limit - HEADER_LENGTH) / HEAD_LENGTH);
    }

    /** Begins an envelope of messages at index {@code at}, of at most {@code limit} bytes. */
    public void begin(ByteBuf out, int at, int limit) {
        begin(EnvelopeKind.DATA, out, at, limit);
    }

    /** Begins one part of a transaction's train. */
    public void beginTrain(ByteBuf out, int at, int limit, TrainPart part) {
        begin(EnvelopeKind.TRAIN, out, at, limit);
        out.setLong(at + TRANSACTION_OFFSET, part.transaction());
        out.setInt(at + PART_OFFSET, part.part());
        out.setShort(at + CHANNELS_OFFSET, part.channels());
        out.setShort(at + TRAIN_FLAGS_OFFSET, part.isLast() ? LAST_PART : 0);
    }

    /** Says that the train ends with the part that was begun. */
    public void lastPart() {
        ByteBuf out = Objects.requireNonNull(buffer, "begin comes first");
        out.setShort(start + TRAIN_FLAGS_OFFSET, LAST_PART);
    }

    /** Begins a list of topic heads. */
    public void beginHeads(ByteBuf out, int at, int limit) {
        begin(EnvelopeKind.HEADS, out, at, limit);
    }

    private void begin(EnvelopeKind kind, ByteBuf out, int at, int limit) {
        int headerLength = headerLength(kind);
        if (limit < headerLength) {
            throw new IllegalArgumentException("An envelope needs " + headerLength + " bytes, not " + limit);
        }
        this.kind = kind;
        buffer = out;
        start = at;
        next = at + headerLength;
        end = at + limit;
        names = 0;
        entries = 0;
        envelopes++;
        out.setShort(at + MAGIC_OFFSET, MAGIC);
        out.setByte(at + VERSION_OFFSET, VERSION);
        out.setByte(at + KIND_OFFSET, kind.number());
        out.setShort(at + HEADER_LENGTH_OFFSET, headerLength);
        out.setShort(at + FLAGS_OFFSET, 0);
        out.setInt(at + CRC_OFFSET, 0);
        out.setLong(at + INCARNATION_OFFSET, incarnation.high());
        out.setLong(at + INCARNATION_OFFSET + Long.BYTES, incarnation.low());
    }

    /**
     * Appends a frame, if it fits.
     *
     * @param topicName the topic's bare name in UTF-8, written when this envelope has not named it yet
     * @param sequence the topic's sequence at this source, from 1
     * @param first whether the topic starts, or starts again, with this frame
     * @param content what {@link MessageEncoder} wrote
     * @return whether it fitted; if not, nothing has changed
     */
    public boolean append(
            long topicId, byte[] topicName, long sequence, boolean first, ByteBuf content, int at, int length) {
        ByteBuf out = Objects.requireNonNull(buffer, "begin comes first");
        int left = place(topicId, sequence, first, topicName.length, contentStart(content, at, length), length);
        if (left == DOES_NOT_FIT) {
            return false;
        }
        if (isNaming) {
            int nameAt = next - left - topicName.length;
            out.setByte(nameAt - Byte.BYTES, topicName.length);
            out.setBytes(nameAt, topicName);
        }
        out.setBytes(next - left, content, at + length - left, left);
        return true;
    }

    /**
     * Appends a frame, if it fits, whose name and content lie one behind the other.
     *
     * @param nameAt the index of the name's length, a byte; the name and the content follow
     * @param length of these three
     * @return whether it fitted; if not, nothing has changed
     */
    public boolean append(long topicId, long sequence, boolean first, ByteBuf from, int nameAt, int length) {
        ByteBuf out = Objects.requireNonNull(buffer, "begin comes first");
        int nameBytes = Byte.BYTES + from.getUnsignedByte(nameAt);
        int contentLength = length - nameBytes;
        long contentStart = contentStart(from, nameAt + nameBytes, contentLength);
        int left = place(topicId, sequence, first, nameBytes - Byte.BYTES, contentStart, contentLength);
        if (left == DOES_NOT_FIT) {
            return false;
        }
        if (isNaming) {
            out.setBytes(next - left - nameBytes, from, nameAt, nameBytes);
        }
        out.setBytes(next - left, from, nameAt + length - left, left);
        return true;
    }

    private static long contentStart(ByteBuf content, int at, int length) {
        return length >= LIKE_CONTENT_BYTES ? content.getLong(at) : 0;
    }

    /**
     * Writes the prefix of a frame, and goes on behind it. Where it {@link #isNaming}, the caller has to write the name's
     * length and the name there, and in any case the end of the content.
     *
     * @return how much of the content: all, or without what is as in the frame before; or {@link #DOES_NOT_FIT}
     */
    private int place(
            long topicId, long sequence, boolean first, int nameLength, long contentStart, int contentLength) {
        boolean follows = follows(topicId, sequence, first);
        boolean like = !follows && isLike(sequence, contentStart, contentLength);
        boolean named = !follows && needsName(topicId);
        int prefixLength = follows ? NEXT_PREFIX_LENGTH : like ? LIKE_PREFIX_LENGTH : FRAME_PREFIX_LENGTH;
        int left = contentLength - (like ? LIKE_CONTENT_BYTES : 0);
        int frameLength = prefixLength + (named ? Byte.BYTES + nameLength : 0) + left;
        if (frameLength > end - next || named && names == MAX_NAMES) {
            return DOES_NOT_FIT;
        }
        int flags = (first ? FRAME_FIRST : 0) | (named ? FRAME_NAMED : 0) | (like ? FRAME_LIKE : 0);
        writePrefix(frameLength, follows ? FRAME_NEXT : flags, topicId, sequence);
        isNaming = named;
        if (named) {
            rememberName(topicId);
        }
        next += frameLength;
        entries++;
        lastTopicId = topicId;
        lastSequence = sequence;
        lastContentStart = contentStart;
        hasLastContentStart = contentLength >= LIKE_CONTENT_BYTES;
        return left;
    }

    private void writePrefix(int frameLength, int flags, long topicId, long sequence) {
        ByteBuf out = Objects.requireNonNull(buffer);
        out.setInt(next, frameLength);
        out.setByte(next + FRAME_FLAGS_OFFSET, flags);
        if (flags == FRAME_NEXT) {
            return;
        }
        out.setLong(next + TOPIC_ID_OFFSET, topicId);
        if ((flags & FRAME_LIKE) != 0) {
            out.setMedium(next + SEQUENCE_OFFSET, (int) sequence);
        } else {
            out.setLong(next + SEQUENCE_OFFSET, sequence);
        }
    }

    /** Whether a frame may take over from the one before it what they begin with alike. */
    private boolean isLike(long sequence, long contentStart, int contentLength) {
        return entries > 0
                && kind == EnvelopeKind.DATA
                && (sequence & ~LIKE_SEQUENCE_MASK) == (lastSequence & ~LIKE_SEQUENCE_MASK)
                && hasLastContentStart
                && contentLength >= LIKE_CONTENT_BYTES
                && contentStart == lastContentStart;
    }

    /** Whether a frame may go on from the one before it. */
    private boolean follows(long topicId, long sequence, boolean first) {
        return entries > 0
                && kind == EnvelopeKind.DATA
                && topicId == lastTopicId
                && sequence == lastSequence + 1
                && !first;
    }

    /** Appends a topic's last sequence to a list of heads, if it fits. */
    public boolean appendHead(long topicId, long lastSequence) {
        ByteBuf out = Objects.requireNonNull(buffer, "begin comes first");
        if (end - next < HEAD_LENGTH) {
            return false;
        }
        out.setLong(next, topicId);
        out.setLong(next + Long.BYTES, lastSequence);
        next += HEAD_LENGTH;
        entries++;
        return true;
    }

    /** Whether a frame of this topic would carry its name. */
    public boolean needsName(long topicId) {
        int slot = slot(topicId);
        return namedIn[slot] != envelopes || namedTopics[slot] != topicId;
    }

    private void rememberName(long topicId) {
        int slot = slot(topicId);
        namedTopics[slot] = topicId;
        namedIn[slot] = envelopes;
        names++;
    }

    private static int slot(long topicId) {
        return (int) topicId & REMEMBERED - 1;
    }

    /** The frames or heads appended so far. */
    public int entries() {
        return entries;
    }

    /** The bytes written so far. */
    public int length() {
        return next - start;
    }

    /** The bytes that are left. */
    public int room() {
        return end - next;
    }

    /**
     * Pads the envelope to this length, so that packets of a run have equal length; no effect when it is that long
     * already. Comes last, and not for heads: one PAD frame is written, but fewer than its five bytes as zeros.
     */
    public void pad(int toLength) {
        ByteBuf out = Objects.requireNonNull(buffer, "begin comes first");
        int padding = start + toLength - next;
        if (padding <= 0) {
            return;
        }
        if (padding > end - next) {
            throw new IllegalArgumentException("No room to pad to " + toLength + " bytes");
        }
        out.setZero(next, padding);
        if (padding >= PAD_FRAME_LENGTH) {
            out.setInt(next, padding);
            out.setByte(next + FRAME_FLAGS_OFFSET, FRAME_PAD);
        }
        next += padding;
    }

    /**
     * Gives a frame another sequence; its envelope has to be sealed after that.
     *
     * @param frameAt the index where the frame was appended
     */
    public static void number(ByteBuf out, int frameAt, long sequence, boolean first) {
        int flags = out.getByte(frameAt + FRAME_FLAGS_OFFSET) & ~FRAME_FIRST;
        out.setByte(frameAt + FRAME_FLAGS_OFFSET, flags | (first ? FRAME_FIRST : 0));
        out.setLong(frameAt + SEQUENCE_OFFSET, sequence);
    }

    /** Completes envelopes that lie one behind another from index 0, each with its checksum. */
    public static void seal(ByteBuf out, int[] lengths) {
        CRC32C crc = new CRC32C();
        int at = 0;
        for (int length : lengths) {
            out.setInt(at + CRC_OFFSET, checksum(crc, out, at, length));
            at += length;
        }
    }

    /** Completes the envelope with its checksum, and answers its length. */
    public int finish() {
        ByteBuf out = Objects.requireNonNull(buffer, "begin comes first");
        int length = length();
        out.setInt(start + CRC_OFFSET, checksum(crc, out, start, length));
        buffer = null;
        return length;
    }
}
