package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32C;

/**
 * Where the parts of an envelope lie. All numbers are big-endian. The whole layout is in {@code docs/wire-format.md}.
 *
 * <pre>
 *   envelope                            train part: more header         frame
 *   0  magic         u16 "PJ"           28 transaction  u64             0  length        u32, of all of it
 *   2  version       u8                 36 part         u32, from 0     4  flags         u8
 *   3  kind          u8                 40 channels     u16             5  topic id      u64
 *   4  header length u16                42 train flags  u16             13 topic sequence u64
 *   6  flags         u16, 0             44                              21 name length   u8, then the name (NAMED)
 *   8  CRC32C        u32                                                21 content, or after the name
 *   12 incarnation   16 bytes           topic head                      in LIKE frames:
 *   28 frames                           0  topic id u64, 8 last sequence u64   13 its last three bytes, 16 name
 * </pre>
 */
final class EnvelopeFormat {
    static final int MAGIC = 'P' << Byte.SIZE | 'J';
    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Short.BYTES;
    static final int KIND_OFFSET = VERSION_OFFSET + Byte.BYTES;
    static final int HEADER_LENGTH_OFFSET = KIND_OFFSET + Byte.BYTES;
    static final int FLAGS_OFFSET = HEADER_LENGTH_OFFSET + Short.BYTES;
    static final int CRC_OFFSET = FLAGS_OFFSET + Short.BYTES;
    static final int INCARNATION_OFFSET = CRC_OFFSET + Integer.BYTES;
    static final int HEADER_LENGTH = INCARNATION_OFFSET + 2 * Long.BYTES;

    static final int TRANSACTION_OFFSET = HEADER_LENGTH;
    static final int PART_OFFSET = TRANSACTION_OFFSET + Long.BYTES;
    static final int CHANNELS_OFFSET = PART_OFFSET + Integer.BYTES;
    static final int TRAIN_FLAGS_OFFSET = CHANNELS_OFFSET + Short.BYTES;
    static final int TRAIN_HEADER_LENGTH = TRAIN_FLAGS_OFFSET + Short.BYTES;
    static final int LAST_PART = 1;

    static final int FRAME_FLAGS_OFFSET = Integer.BYTES;
    static final int TOPIC_ID_OFFSET = FRAME_FLAGS_OFFSET + Byte.BYTES;
    static final int SEQUENCE_OFFSET = TOPIC_ID_OFFSET + Long.BYTES;
    static final int NAME_LENGTH_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final int FRAME_PREFIX_LENGTH = NAME_LENGTH_OFFSET;

    /** What is before the content of a frame that says {@link #FRAME_NEXT}. */
    static final int NEXT_PREFIX_LENGTH = TOPIC_ID_OFFSET;

    /** What is before the name or the content of a frame that says {@link #FRAME_LIKE}. */
    static final int LIKE_PREFIX_LENGTH = SEQUENCE_OFFSET + 3;

    /** The bits of a sequence that such a frame does not take over from the one before it. */
    static final long LIKE_SEQUENCE_MASK = (1L << 3 * Byte.SIZE) - 1;

    /** The bytes of its content that it takes over. */
    static final int LIKE_CONTENT_BYTES = Long.BYTES;

    /** The shortest frame: length and flags. Fewer bytes at the end of an envelope are padding, and zero. */
    static final int PAD_FRAME_LENGTH = FRAME_FLAGS_OFFSET + Byte.BYTES;

    static final int FRAME_FIRST = 1;
    static final int FRAME_NAMED = 1 << 1;

    /** The topic is that of the message before it in this envelope, and the sequence the next. */
    static final int FRAME_NEXT = 1 << 2;

    /** Part of sequence and content are those of the message before it in this envelope. */
    static final int FRAME_LIKE = 1 << 3;

    static final int FRAME_PAD = 1 << 7;

    static final int HEAD_LENGTH = 2 * Long.BYTES;

    /** How many frames of an envelope may carry a name. */
    static final int MAX_NAMES = 4096;

    private EnvelopeFormat() {}

    static int headerLength(EnvelopeKind kind) {
        return kind == EnvelopeKind.TRAIN ? TRAIN_HEADER_LENGTH : HEADER_LENGTH;
    }

    /** The CRC32C of an envelope, its own four bytes counted as zero. */
    static int checksum(CRC32C crc, ByteBuf buffer, int at, int length) {
        crc.reset();
        update(crc, buffer, at, CRC_OFFSET);
        for (int i = 0; i < Integer.BYTES; i++) {
            crc.update(0);
        }
        update(crc, buffer, at + INCARNATION_OFFSET, length - INCARNATION_OFFSET);
        return (int) crc.getValue();
    }

    private static void update(CRC32C crc, ByteBuf buffer, int at, int length) {
        if (buffer.hasArray()) {
            crc.update(buffer.array(), buffer.arrayOffset() + at, length);
        } else if (buffer.nioBufferCount() == 1) {
            crc.update(buffer.internalNioBuffer(at, length));
        } else {
            for (var part : buffer.nioBuffers(at, length)) {
                crc.update(part);
            }
        }
    }
}
