package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads an ACK of PGMCC in place, as OpenPGM lays it out.
 *
 * <pre>
 *  16  RX_MAX   uint32   the highest number received
 *  20  bitmap   uint32   bit i: RX_MAX - i was received
 * </pre>
 *
 * <p>Belongs to the {@link PacketView} that answers it.
 */
public final class AckDecoder {
    static final int MAX_OFFSET = PgmHeader.LENGTH;
    static final int BITMAP_OFFSET = MAX_OFFSET + Integer.BYTES;
    static final int BODY_END = BITMAP_OFFSET + Integer.BYTES;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int at;

    AckDecoder() {}

    DecodeResult wrap(ByteBuf packet, int offset, int length) {
        buffer = packet;
        at = offset;
        return length < BODY_END ? DecodeResult.TRUNCATED : DecodeResult.OK;
    }

    /** RX_MAX: the highest number received. */
    public int highestSqn() {
        return buffer.getInt(at + MAX_OFFSET);
    }

    /** Bit i says that number {@link #highestSqn} - i was received. */
    public int bitmap() {
        return buffer.getInt(at + BITMAP_OFFSET);
    }
}
