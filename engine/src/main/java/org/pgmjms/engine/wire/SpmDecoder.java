package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads a Source Path Message in place. RFC 3208, section 8.1.
 *
 * <pre>
 *  16  SPM_SQN     uint32
 *  20  SPM_TRAIL   uint32
 *  24  SPM_LEAD    uint32
 *  28  SPM_PATH    address block
 * </pre>
 *
 * <p>Belongs to the {@link PacketView} that answers it.
 */
public final class SpmDecoder {
    static final int SQN_OFFSET = PgmHeader.LENGTH;
    static final int TRAIL_OFFSET = SQN_OFFSET + Integer.BYTES;
    static final int LEAD_OFFSET = TRAIL_OFFSET + Integer.BYTES;
    static final int PATH_OFFSET = LEAD_OFFSET + Integer.BYTES;

    /** The leading edge that, with a trailing edge of 0, means "no window information". */
    private static final int NO_WINDOW_LEAD = Integer.MIN_VALUE;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int at;

    SpmDecoder() {}

    DecodeResult wrap(ByteBuf packet, int offset, int length) {
        buffer = packet;
        at = offset;
        DecodeResult result = NlaBlock.check(packet, offset, PATH_OFFSET, length);
        if (result != DecodeResult.OK) {
            return result;
        }
        return Nla.isUnicastBlock(packet, offset + PATH_OFFSET) ? DecodeResult.OK : DecodeResult.BAD_NLA;
    }

    int bodyEnd() {
        return PATH_OFFSET + NlaBlock.length(buffer, at + PATH_OFFSET);
    }

    /** SPM_SQN: numbers SPMs, not data. */
    public int sqn() {
        return buffer.getInt(at + SQN_OFFSET);
    }

    /** SPM_TRAIL: the oldest number that can be repaired. */
    public int trail() {
        return buffer.getInt(at + TRAIL_OFFSET);
    }

    /** SPM_LEAD: the newest number sent; one less than the trail when there is none. */
    public int lead() {
        return buffer.getInt(at + LEAD_OFFSET);
    }

    /** Whether the two edges say anything: false for the pair that means nothing, and for impossible ones. */
    public boolean hasWindow() {
        if (trail() == 0 && lead() == NO_WINDOW_LEAD) {
            return false;
        }
        int span = lead() - trail();
        return span >= -1 && span != Integer.MAX_VALUE;
    }

    /** SPM_PATH: where requests go. Allocates. */
    public Nla path() {
        return Nla.read(buffer, at + PATH_OFFSET);
    }

    /** Whether SPM_PATH is this address. */
    public boolean pathEquals(Nla address) {
        return address.equalsBlock(buffer, at + PATH_OFFSET);
    }
}
