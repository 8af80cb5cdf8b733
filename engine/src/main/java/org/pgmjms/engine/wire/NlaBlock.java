package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;

/**
 * An address inside a packet. RFC 3208, section 8.
 *
 * <pre>
 *   0  AFI        uint16
 *   2  reserved   uint16
 *   4  address    4 or 16 bytes, by AFI
 * </pre>
 */
final class NlaBlock {
    /** Length of the block of an IPv4 address. */
    static final int IPV4_LENGTH = Afi.HEADER_LENGTH + 4;

    private NlaBlock() {}

    /** Whether a block starts at this offset of a packet of this length, and is complete. */
    static DecodeResult check(ByteBuf packet, int at, int offset, int length) {
        if (length < offset + IPV4_LENGTH) {
            return DecodeResult.TRUNCATED;
        }
        int addressLength = Afi.addressLength(packet.getUnsignedShort(at + offset));
        if (addressLength == Afi.UNKNOWN) {
            return DecodeResult.UNKNOWN_AFI;
        }
        return length < offset + Afi.HEADER_LENGTH + addressLength ? DecodeResult.TRUNCATED : DecodeResult.OK;
    }

    /** The length of a checked block. */
    static int length(ByteBuf packet, int at) {
        return Afi.HEADER_LENGTH + Afi.addressLength(packet.getUnsignedShort(at));
    }
}
