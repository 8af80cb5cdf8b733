package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;

/**
 * The checksum of a packet: ones-complement of the ones-complement sum of its 16-bit words, without a pseudo header.
 * An odd last byte is padded with zero on the right. 0 on the wire means "not computed", so a computed 0 is sent as
 * 0xFFFF. RFC 3208, section 8.
 */
public final class Checksum {
    /** What the field holds when no checksum was computed. */
    public static final int NONE = 0;

    private static final int ALL_ONES = 0xFFFF;
    private static final long LOWER_HALF = 0xFFFF_FFFFL;

    private Checksum() {}

    /** The sum of some bytes, not folded. Sums of parts may be added as long as each part but the last is even. */
    public static long sum(ByteBuf buffer, int at, int length) {
        long sum = 0;
        int position = at;
        int end = at + length;
        for (; end - position >= Long.BYTES; position += Long.BYTES) {
            long word = buffer.getLong(position);
            sum += (word >>> Integer.SIZE) + (word & LOWER_HALF);
        }
        if (end - position >= Integer.BYTES) {
            sum += buffer.getUnsignedInt(position);
            position += Integer.BYTES;
        }
        if (end - position >= Short.BYTES) {
            sum += buffer.getUnsignedShort(position);
            position += Short.BYTES;
        }
        if (position < end) {
            sum += (long) buffer.getUnsignedByte(position) << Byte.SIZE;
        }
        return sum;
    }

    /** Brings a sum down to 16 bits. */
    public static int fold(long sum) {
        long folded = (sum >>> Integer.SIZE) + (sum & LOWER_HALF);
        folded = (folded >>> Short.SIZE) + (folded & ALL_ONES);
        folded = (folded >>> Short.SIZE) + (folded & ALL_ONES);
        folded = (folded >>> Short.SIZE) + (folded & ALL_ONES);
        return (int) folded;
    }

    /** The field for a sum in which the field itself counted as zero. */
    public static int ofSum(long sum) {
        int checksum = ~fold(sum) & ALL_ONES;
        return checksum == NONE ? ALL_ONES : checksum;
    }

    /** The field for a packet, whatever the packet holds there now. */
    public static int checksum(ByteBuf packet, int at, int length) {
        int field = packet.getUnsignedShort(at + PgmHeader.CHECKSUM_OFFSET);
        return ofSum(sum(packet, at, length) + (~field & ALL_ONES));
    }

    /** Whether the field of a packet, which must not be {@link #NONE}, is right. */
    public static boolean verify(ByteBuf packet, int at, int length) {
        return fold(sum(packet, at, length)) == ALL_ONES;
    }

    /** The field after one 16-bit word of the packet changed. RFC 1624. */
    public static int update(int checksum, int oldWord, int newWord) {
        return ofSum((~checksum & ALL_ONES) + (~oldWord & ALL_ONES) + (newWord & ALL_ONES));
    }
}
