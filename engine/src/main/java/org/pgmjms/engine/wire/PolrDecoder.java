package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads a POLR in place. RFC 3208, appendix D.
 *
 * <pre>
 *  16  POLR_SQN     uint32
 *  20  POLR_ROUND   uint16
 *  22  reserved     uint16
 * </pre>
 *
 * <p>Belongs to the {@link PacketView} that answers it.
 */
public final class PolrDecoder {
    static final int SQN_OFFSET = PgmHeader.LENGTH;
    static final int ROUND_OFFSET = SQN_OFFSET + Integer.BYTES;
    static final int BODY_END = ROUND_OFFSET + Integer.BYTES;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int at;

    PolrDecoder() {}

    DecodeResult wrap(ByteBuf packet, int offset, int length) {
        buffer = packet;
        at = offset;
        return length < BODY_END ? DecodeResult.TRUNCATED : DecodeResult.OK;
    }

    /** The number of the poll. */
    public int sqn() {
        return buffer.getInt(at + SQN_OFFSET);
    }

    /** The round of the poll. */
    public int round() {
        return buffer.getUnsignedShort(at + ROUND_OFFSET);
    }
}
