package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads ODATA and RDATA in place. RFC 3208, section 8.2.
 *
 * <pre>
 *  16  sequence number   uint32
 *  20  trail             uint32   the oldest number that can be repaired
 *  24  options, then the payload
 * </pre>
 *
 * <p>Belongs to the {@link PacketView} that answers it.
 */
public final class DataDecoder {
    static final int SQN_OFFSET = PgmHeader.LENGTH;
    static final int TRAIL_OFFSET = SQN_OFFSET + Integer.BYTES;
    static final int BODY_END = TRAIL_OFFSET + Integer.BYTES;

    private final OptionView options;
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int at;

    DataDecoder(OptionView options) {
        this.options = options;
    }

    DecodeResult wrap(ByteBuf packet, int offset, int length) {
        buffer = packet;
        at = offset;
        if (length < BODY_END) {
            return DecodeResult.TRUNCATED;
        }
        int ahead = sqn() - trail();
        return ahead >= 0 && ahead != Integer.MAX_VALUE ? DecodeResult.OK : DecodeResult.BAD_SEQUENCE;
    }

    /**
     * Checks the fragment, if it is one. An APDU of a single fragment counts as not fragmented.
     *
     * @param payload the length of the payload
     */
    DecodeResult checkFragment(int payload) {
        if (!isFragment()) {
            return DecodeResult.OK;
        }
        long offset = options.fragmentOffset();
        long apdu = options.fragmentApduLength();
        int index = sqn() - options.fragmentFirstSqn();
        boolean inApdu = payload > 0 && offset + payload <= apdu;
        boolean inOrder = index >= 0 && index == 0 == (offset == 0) && index <= offset;
        if (!inApdu || !inOrder) {
            return DecodeResult.BAD_FRAGMENT;
        }
        if (payload == apdu) {
            options.forget(OptionType.FRAGMENT);
        }
        return DecodeResult.OK;
    }

    /** The sequence number. */
    public int sqn() {
        return buffer.getInt(at + SQN_OFFSET);
    }

    /** The oldest number that can be repaired; never after {@link #sqn}. */
    public int trail() {
        return buffer.getInt(at + TRAIL_OFFSET);
    }

    /** Whether the payload is only a part of an APDU; the options say which. */
    public boolean isFragment() {
        return options.has(OptionType.FRAGMENT);
    }
}
