package org.pgmjms.provider.message;

/**
 * ZeroMQ's messages as they lie in PGM's APDUs: the offset of the first message that starts in the APDU, or that none
 * does; then a piece of one continuous stream of frames, one for each part of a message.
 *
 * <pre>
 *   APDU     u16 offset in what follows, or 0xFFFF; bytes of the stream
 *   frame    u8 1 + length of the body, 1 to 254; u8 flags, bit 0: more parts follow; body
 *   or       u8 0xFF; u64 1 + length of the body; u8 flags; body
 * </pre>
 */
public final class ZmqFormat {
    /** What an APDU begins with, in bytes. */
    public static final int OFFSET_BYTES = Short.BYTES;

    /** The offset in an APDU in which no message starts. */
    public static final int NO_START = 0xFFFF;

    private static final int PLACE_BITS = 16;

    static final int LONG = 0xFF;
    static final int MORE = 1;
    /** What a part costs beside its bytes, once it is an element of a stream message. */
    static final int PART_OVERHEAD_BYTES = Byte.BYTES + Integer.BYTES;

    private ZmqFormat() {}

    /** What numbers a message: that of the packet it starts in, times 65,536, and the byte of the packet it starts at. */
    public static long sequence(long packet, int place) {
        return packet << PLACE_BITS | place;
    }

    /** The highest number that a message of a packet can have. */
    public static long lastSequence(long packet) {
        return sequence(packet, (1 << PLACE_BITS) - 1);
    }
}
