package org.pgmjms.provider.message;

import static org.pgmjms.provider.message.EnvelopeFormat.CHANNELS_OFFSET;
import static org.pgmjms.provider.message.EnvelopeFormat.CRC_OFFSET;
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
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads one envelope after another in place. {@link #wrap} checks everything but the contents of messages: magic,
 * version, CRC32C, kind, header, each frame's length and flags, and that each topic is named; frames or heads are then
 * handed out one by one. Keeps no bytes: all is good until the buffer is reused. Owned by one thread.
 *
 * <p>Never throws for what came from the network, and allocates nothing from a number in it.
 */
public final class EnvelopeReader {
    private final CRC32C crc = new CRC32C();
    private final TopicNames names = new TopicNames();
    private final byte[] nameBytes = new byte[0xFF];
    private final FrameView frame = new FrameView();
    /** The sequence of the last message that was checked; 0 before the first. */
    private long checkedSequence;
    /** How long its content is, what it takes over from the message before it included. */
    private int checkedContentLength;

    private Incarnation incarnation = new Incarnation(0, 0);
    private @Nullable ByteBuf buffer;
    /** The envelope's bytes; all places below are its indexes. */
    private ByteBuffer view = ByteBuffer.allocate(0);

    private @Nullable EnvelopeKind kind;
    /** Where the envelope is in its buffer, and in the view. */
    private int bufferAt;

    private int start;
    private int first;
    private int next;
    private int end;
    private long headTopicId;
    private long headLastSequence;

    /** Whether an APDU may start with this: magic bytes and a known version. For sessions not yet established. */
    public static boolean isPlausible(ByteBuf apdu, int at, int length) {
        return length >= HEADER_LENGTH
                && apdu.getUnsignedShort(at + MAGIC_OFFSET) == MAGIC
                && apdu.getUnsignedByte(at + VERSION_OFFSET) == VERSION;
    }

    /** Points the reader at an APDU, and says whether it is a well-formed envelope of a known kind. */
    public Verdict wrap(ByteBuf apdu, int at, int length) {
        buffer = apdu;
        bufferAt = at;
        kind = null;
        names.clear();
        Verdict verdict = checkHeader(apdu, at, length);
        look(apdu, at, length);
        start = view.position();
        end = start + length;
        next = end;
        if (verdict != Verdict.OK) {
            return verdict;
        }
        EnvelopeKind found = EnvelopeKind.of(view.get(start + KIND_OFFSET));
        if (found == null) {
            return Verdict.UNKNOWN_KIND;
        }
        int headerLength = u16(start + HEADER_LENGTH_OFFSET);
        if (headerLength < headerLength(found) || found == EnvelopeKind.TRAIN && !isTrainHeader()) {
            return Verdict.BAD_HEADER;
        }
        verdict = found == EnvelopeKind.HEADS ? checkHeads(headerLength) : checkFrames(start + headerLength);
        if (verdict == Verdict.OK) {
            kind = found;
            first = start + headerLength;
            next = first;
            rememberIncarnation();
        }
        return verdict;
    }

    /** Reads go through the buffer's own view of its memory: that checks each index once, and not who holds the buffer. */
    private void look(ByteBuf apdu, int at, int length) {
        view = apdu.nioBufferCount() == 1 ? apdu.internalNioBuffer(at, length) : apdu.nioBuffer(at, length);
    }

    /** Whoever was handed a frame may have used the buffer's view for something else. */
    private void lookAgain() {
        ByteBuf apdu = Objects.requireNonNull(buffer);
        if (apdu.nioBufferCount() == 1) {
            look(apdu, bufferAt, end - start);
        }
    }

    private int u8(int place) {
        return view.get(place) & 0xFF;
    }

    private int u16(int place) {
        return view.getShort(place) & 0xFFFF;
    }

    private Verdict checkHeader(ByteBuf in, int at, int length) {
        if (length < HEADER_LENGTH || in.getUnsignedShort(at + MAGIC_OFFSET) != MAGIC) {
            return Verdict.NOT_AN_ENVELOPE;
        }
        if (in.getUnsignedByte(at + VERSION_OFFSET) != VERSION) {
            return Verdict.UNKNOWN_VERSION;
        }
        int headerLength = in.getUnsignedShort(at + HEADER_LENGTH_OFFSET);
        if (headerLength < HEADER_LENGTH || headerLength > length) {
            return Verdict.BAD_HEADER;
        }
        boolean intact = in.getInt(at + CRC_OFFSET) == checksum(crc, in, at, length);
        return intact ? Verdict.OK : Verdict.BAD_CHECKSUM;
    }

    private boolean isTrainHeader() {
        return view.getInt(start + PART_OFFSET) >= 0 && view.getShort(start + CHANNELS_OFFSET) != 0;
    }

    private void rememberIncarnation() {
        long high = view.getLong(start + INCARNATION_OFFSET);
        long low = view.getLong(start + INCARNATION_OFFSET + Long.BYTES);
        if (incarnation.high() != high || incarnation.low() != low) {
            incarnation = new Incarnation(high, low);
        }
    }

    private Verdict checkHeads(int headerLength) {
        return (end - start - headerLength) % HEAD_LENGTH == 0 ? Verdict.OK : Verdict.BAD_FRAME;
    }

    private Verdict checkFrames(int firstFrame) {
        int at = firstFrame;
        checkedSequence = 0;
        checkedContentLength = 0;
        while (end - at >= PAD_FRAME_LENGTH) {
            int length = view.getInt(at);
            if (length < PAD_FRAME_LENGTH || length > end - at) {
                return Verdict.BAD_FRAME;
            }
            Verdict verdict = checkFrame(at, length);
            if (verdict != Verdict.OK) {
                return verdict;
            }
            at += length;
        }
        return isZero(at) ? Verdict.OK : Verdict.BAD_FRAME;
    }

    private boolean isZero(int from) {
        for (int i = from; i < end; i++) {
            if (view.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private Verdict checkFrame(int at, int length) {
        int flags = u8(at + FRAME_FLAGS_OFFSET);
        if (flags == FRAME_PAD) {
            return Verdict.OK;
        }
        if (flags == FRAME_NEXT) {
            boolean follows = checkedSequence > 0;
            checkedSequence++;
            checkedContentLength = length - NEXT_PREFIX_LENGTH;
            return follows && checkedSequence > 0 ? Verdict.OK : Verdict.BAD_FRAME;
        }
        boolean like = (flags & FRAME_LIKE) != 0;
        int prefixLength = like ? LIKE_PREFIX_LENGTH : FRAME_PREFIX_LENGTH;
        if ((flags & ~(FRAME_FIRST | FRAME_NAMED | FRAME_LIKE)) != 0
                || length < prefixLength
                || like && (checkedSequence == 0 || checkedContentLength < LIKE_CONTENT_BYTES)) {
            return Verdict.BAD_FRAME;
        }
        checkedSequence = like ? likeSequence(checkedSequence, at) : view.getLong(at + SEQUENCE_OFFSET);
        if (checkedSequence < 1) {
            return Verdict.BAD_FRAME;
        }
        checkedContentLength = length - prefixLength + (like ? LIKE_CONTENT_BYTES : 0);
        long topicId = view.getLong(at + TOPIC_ID_OFFSET);
        if ((flags & FRAME_NAMED) == 0) {
            return names.find(topicId) == TopicNames.NONE ? Verdict.UNNAMED_TOPIC : Verdict.OK;
        }
        return checkName(topicId, at + prefixLength, length - prefixLength);
    }

    /** The sequence of a frame that says the end of it only. */
    private long likeSequence(long before, int at) {
        int end = u16(at + SEQUENCE_OFFSET) << Byte.SIZE | u8(at + SEQUENCE_OFFSET + Short.BYTES);
        return before & ~LIKE_SEQUENCE_MASK | end;
    }

    private Verdict checkName(long topicId, int nameAt, int length) {
        int nameLength = length > 0 ? u8(nameAt) : 0;
        if (nameLength == 0 || nameLength > length - Byte.BYTES) {
            return Verdict.BAD_FRAME;
        }
        checkedContentLength -= Byte.BYTES + nameLength;
        int known = names.find(topicId);
        if (known != TopicNames.NONE) {
            return isSameName(known, nameAt) ? Verdict.OK : Verdict.BAD_FRAME;
        }
        if (names.size() == MAX_NAMES) {
            return Verdict.TOO_MANY_TOPICS;
        }
        view.get(nameAt + Byte.BYTES, nameBytes, 0, nameLength);
        if (!Utf8.isValid(nameBytes, 0, nameLength)) {
            return Verdict.BAD_TEXT;
        }
        names.add(topicId, nameAt);
        return Verdict.OK;
    }

    /** Compares two names with their length bytes. */
    private boolean isSameName(int oneAt, int otherAt) {
        int length = Byte.BYTES + u8(oneAt);
        for (int i = 0; i < length; i++) {
            if (view.get(oneAt + i) != view.get(otherAt + i)) {
                return false;
            }
        }
        return true;
    }

    /** What the envelope holds. Only after {@link Verdict#OK}. */
    public EnvelopeKind kind() {
        return Objects.requireNonNull(kind, "only after OK");
    }

    /** The provider that wrote it. */
    public Incarnation incarnation() {
        return incarnation;
    }

    /** Which part of a transaction it is; only for {@link EnvelopeKind#TRAIN}, allocates. */
    public TrainPart trainPart() {
        return new TrainPart(
                view.getLong(start + TRANSACTION_OFFSET),
                view.getInt(start + PART_OFFSET),
                u16(start + CHANNELS_OFFSET),
                (u16(start + TRAIN_FLAGS_OFFSET) & LAST_PART) != 0);
    }

    /** Goes on to the next frame with a message, passing over padding; false at the end, or when there are no frames. */
    public boolean nextFrame() {
        lookAgain();
        while (kind != EnvelopeKind.HEADS && end - next >= PAD_FRAME_LENGTH) {
            int at = next;
            int length = view.getInt(at);
            int flags = u8(at + FRAME_FLAGS_OFFSET);
            next += length;
            if (flags != FRAME_PAD) {
                frame.wrap(view, incarnation, at, length, flags);
                if (flags == FRAME_NEXT) {
                    frame.place(frame.topicId(), frame.sequence() + 1);
                    frame.content(at + NEXT_PREFIX_LENGTH);
                } else {
                    place(at, flags);
                }
                return true;
            }
        }
        return false;
    }

    /** Whether its messages are of more than one topic. */
    public boolean hasSeveralTopics() {
        return names.size() > 1;
    }

    /** Goes back to before the first frame. Only after {@link Verdict#OK}. */
    public void rewind() {
        next = first;
    }

    private void place(int at, int flags) {
        long topicId = view.getLong(at + TOPIC_ID_OFFSET);
        boolean like = (flags & FRAME_LIKE) != 0;
        boolean named = (flags & FRAME_NAMED) != 0;
        int behind = at + (like ? LIKE_PREFIX_LENGTH : FRAME_PREFIX_LENGTH);
        int nameAt = named ? behind : names.find(topicId);
        int nameLength = u8(nameAt);
        frame.place(topicId, like ? likeSequence(frame.sequence(), at) : view.getLong(at + SEQUENCE_OFFSET));
        frame.name(nameAt + Byte.BYTES, nameLength);
        frame.content(behind + (named ? Byte.BYTES + nameLength : 0));
    }

    /** The frame gone on to; always the same object. */
    public FrameView frame() {
        return frame;
    }

    /** Goes on to the next topic head; false at the end, or when there are no heads. */
    public boolean nextHead() {
        if (kind != EnvelopeKind.HEADS || end - next < HEAD_LENGTH) {
            return false;
        }
        lookAgain();
        headTopicId = view.getLong(next);
        headLastSequence = view.getLong(next + Long.BYTES);
        next += HEAD_LENGTH;
        return true;
    }

    /** The topic of the head gone on to. */
    public long headTopicId() {
        return headTopicId;
    }

    /** The last sequence its source has written to it. */
    public long headLastSequence() {
        return headLastSequence;
    }
}
