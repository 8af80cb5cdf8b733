package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;

/**
 * Reads our private option of an ACK in place. It tells a source how far a receiver lets it go.
 *
 * <pre>
 *   0  type 0x51 and END    uint8
 *   1  length 20            uint8
 *   2  OPX 0                uint8    who does not know it ignores it
 *   3  version 1            uint8
 *   4  flags                uint16   bit 0: the receiver leaves
 *   6  reserved 0           uint16
 *   8  receiver             uint32   drawn by the receiver
 *  12  limit                uint32   the last number that it can take now
 *  16  room                 uint32   bytes that its application can take now
 * </pre>
 *
 * <p>Other versions and lengths are ignored. Belongs to the {@link OptionView} that answers it.
 */
public final class StatusOption {
    /** The length of the option. */
    public static final int LENGTH = 20;

    static final int VERSION = 1;

    private static final int LEAVING = 1;
    private static final int FLAGS_OFFSET = OptionType.VALUE_OFFSET;
    private static final int RECEIVER_OFFSET = FLAGS_OFFSET + 2 * Short.BYTES;
    private static final int LIMIT_OFFSET = RECEIVER_OFFSET + Integer.BYTES;
    private static final int ROOM_OFFSET = LIMIT_OFFSET + Integer.BYTES;

    private final OptionView options;

    StatusOption(OptionView options) {
        this.options = options;
    }

    /** Whether this is the receiver's last word. */
    public boolean isLeaving() {
        return (options.buffer().getUnsignedShort(at() + FLAGS_OFFSET) & LEAVING) != 0;
    }

    /** Which receiver says this, among those of one address. */
    public int receiver() {
        return options.buffer().getInt(at() + RECEIVER_OFFSET);
    }

    /** The last number that the receiver can take now. */
    public int limitSqn() {
        return options.buffer().getInt(at() + LIMIT_OFFSET);
    }

    /** Bytes that the receiver's application can take now, at least 0. */
    public int roomBytes() {
        return options.buffer().getInt(at() + ROOM_OFFSET) & Integer.MAX_VALUE;
    }

    static void write(ByteBuf buffer, int at, int receiver, int limitSqn, int roomBytes, boolean isLeaving) {
        buffer.setByte(at + OptionType.SPECIFIC_OFFSET, VERSION);
        buffer.setInt(at + FLAGS_OFFSET, isLeaving ? LEAVING << Short.SIZE : 0);
        buffer.setInt(at + RECEIVER_OFFSET, receiver);
        buffer.setInt(at + LIMIT_OFFSET, limitSqn);
        buffer.setInt(at + ROOM_OFFSET, roomBytes);
    }

    private int at() {
        return options.at(OptionType.STATUS);
    }
}
