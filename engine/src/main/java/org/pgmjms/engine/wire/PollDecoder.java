package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads a POLL in place. RFC 3208, section 8.5 and appendix D.
 *
 * <pre>
 *  16          POLL_SQN      uint32
 *  20          POLL_ROUND    uint16
 *  22          POLL_S_TYPE   uint16   0 general, 1 for local repairers
 *  24          POLL_PATH     address block
 *  32 or 44    POLL_BO_IVL   uint32   microseconds
 *  36 or 48    POLL_RAND     uint32
 *  40 or 52    POLL_MASK     uint32
 * </pre>
 *
 * <p>Belongs to the {@link PacketView} that answers it.
 */
public final class PollDecoder {
    static final int SQN_OFFSET = PgmHeader.LENGTH;
    static final int ROUND_OFFSET = SQN_OFFSET + Integer.BYTES;
    static final int SUB_TYPE_OFFSET = ROUND_OFFSET + Short.BYTES;
    static final int PATH_OFFSET = SUB_TYPE_OFFSET + Short.BYTES;

    /** Distances from the end of the address. */
    static final int BACK_OFF_AFTER_PATH = 0;

    static final int RANDOM_AFTER_PATH = BACK_OFF_AFTER_PATH + Integer.BYTES;
    static final int MASK_AFTER_PATH = RANDOM_AFTER_PATH + Integer.BYTES;
    static final int AFTER_PATH_LENGTH = MASK_AFTER_PATH + Integer.BYTES;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int at;
    private int pathEnd;

    PollDecoder() {}

    DecodeResult wrap(ByteBuf packet, int offset, int length) {
        buffer = packet;
        at = offset;
        DecodeResult result = NlaBlock.check(packet, offset, PATH_OFFSET, length);
        if (result != DecodeResult.OK) {
            return result;
        }
        pathEnd = PATH_OFFSET + NlaBlock.length(packet, offset + PATH_OFFSET);
        if (length < bodyEnd()) {
            return DecodeResult.TRUNCATED;
        }
        return Nla.isUnicastBlock(packet, offset + PATH_OFFSET) ? DecodeResult.OK : DecodeResult.BAD_NLA;
    }

    int bodyEnd() {
        return pathEnd + AFTER_PATH_LENGTH;
    }

    /** POLL_SQN. */
    public int sqn() {
        return buffer.getInt(at + SQN_OFFSET);
    }

    /** POLL_ROUND. */
    public int round() {
        return buffer.getUnsignedShort(at + ROUND_OFFSET);
    }

    /** POLL_S_TYPE: 0 for everybody, 1 for local repairers. */
    public int subType() {
        return buffer.getUnsignedShort(at + SUB_TYPE_OFFSET);
    }

    /** POLL_PATH: who polls. Allocates. */
    public Nla path() {
        return Nla.read(buffer, at + PATH_OFFSET);
    }

    /** Whether POLL_PATH is this address. */
    public boolean pathEquals(Nla address) {
        return address.equalsBlock(buffer, at + PATH_OFFSET);
    }

    /** POLL_BO_IVL in microseconds. */
    public long backOffMicros() {
        return buffer.getUnsignedInt(at + pathEnd + BACK_OFF_AFTER_PATH);
    }

    /** POLL_RAND. */
    public int random() {
        return buffer.getInt(at + pathEnd + RANDOM_AFTER_PATH);
    }

    /** POLL_MASK: which bits of POLL_RAND have to match. */
    public int mask() {
        return buffer.getInt(at + pathEnd + MASK_AFTER_PATH);
    }
}
