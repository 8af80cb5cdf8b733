package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The checksum of a packet: ones-complement of the ones-complement sum of its 16-bit words, without a pseudo header.
 * An odd last byte is padded with zero on the right. 0 on the wire means "not computed", so a computed 0 is sent as
 * 0xFFFF. RFC 3208, section 8.
 *
 * <p>A ones-complement sum does not depend on the order of the bytes in a word but for the order in the result (RFC 1071),
 * so long stretches are read eight bytes at a time in the order of the machine.
 */
public final class Checksum {
    /** What the field holds when no checksum was computed. */
    public static final int NONE = 0;

    private static final int ALL_ONES = 0xFFFF;
    private static final long LOWER_HALF = 0xFFFF_FFFFL;

    /** Longs in the order of the machine, at any place of a buffer. */
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final boolean IS_SWAPPED = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int BLOCK_BYTES = 4 * Long.BYTES;

    /** What is shorter is not worth the detour. */
    private static final int MIN_NATIVE = 4 * BLOCK_BYTES;

    private Checksum() {}

    /** The sum of some bytes, not folded. Sums of parts may be added as long as each part but the last is even. */
    public static long sum(ByteBuf buffer, int at, int length) {
        if (length < MIN_NATIVE || buffer.nioBufferCount() != 1) {
            return sumOfFields(buffer, at, length);
        }
        int whole = length & -BLOCK_BYTES;
        int blocks = fold(nativeSum(buffer.internalNioBuffer(at, whole), whole));
        return (IS_SWAPPED ? swap(blocks) : blocks) + sumOfFields(buffer, at + whole, length - whole);
    }

    private static long sumOfFields(ByteBuf buffer, int at, int length) {
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

    /** The sum in the byte order of the machine, which is that of the network with its two bytes swapped, or not. */
    private static long nativeSum(ByteBuffer bytes, int length) {
        int start = bytes.position();
        long high = 0;
        long low = 0;
        for (int offset = 0; offset < length; offset += BLOCK_BYTES) {
            int position = start + offset;
            long a = (long) LONGS.get(bytes, position);
            long b = (long) LONGS.get(bytes, position + Long.BYTES);
            long c = (long) LONGS.get(bytes, position + 2 * Long.BYTES);
            long d = (long) LONGS.get(bytes, position + 3 * Long.BYTES);
            high += (a >>> Integer.SIZE) + (b >>> Integer.SIZE) + (c >>> Integer.SIZE) + (d >>> Integer.SIZE);
            low += (a & LOWER_HALF) + (b & LOWER_HALF) + (c & LOWER_HALF) + (d & LOWER_HALF);
        }
        return high + low;
    }

    private static int swap(int folded) {
        return Short.toUnsignedInt(Short.reverseBytes((short) folded));
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
