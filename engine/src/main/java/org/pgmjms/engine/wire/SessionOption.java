package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;

/**
 * Reads our private option of an SPM in place. It tells a receiver where the session began and where to send requests.
 *
 * <pre>
 *   0  type 0x50 and END    uint8
 *   1  length 20            uint8
 *   2  OPX 0                uint8    who does not know it ignores it
 *   3  version 1            uint8
 *   4  flags 0              uint16
 *   6  unicast UDP port     uint16   where NAK, SPMR and ACK go
 *   8  first number         uint32   of the session
 *  12  age                  uint32   of the session in milliseconds; stops at the largest value
 *  16  status interval      uint32   in milliseconds, 0 for none
 * </pre>
 *
 * <p>Other versions and lengths are ignored. Belongs to the {@link OptionView} that answers it.
 */
public final class SessionOption {
    /** The length of the option. */
    public static final int LENGTH = 20;

    static final int VERSION = 1;

    private static final int FLAGS_OFFSET = OptionType.VALUE_OFFSET;
    private static final int PORT_OFFSET = FLAGS_OFFSET + Short.BYTES;
    private static final int FIRST_SQN_OFFSET = PORT_OFFSET + Short.BYTES;
    private static final int AGE_OFFSET = FIRST_SQN_OFFSET + Integer.BYTES;
    private static final int STATUS_OFFSET = AGE_OFFSET + Integer.BYTES;
    private static final long MAX_MILLIS = 0xFFFF_FFFFL;

    private final OptionView options;

    SessionOption(OptionView options) {
        this.options = options;
    }

    /** The UDP port of the source for unicast requests. */
    public int unicastPort() {
        return options.buffer().getUnsignedShort(at() + PORT_OFFSET);
    }

    /** The first number of the session; before any data, the next one. */
    public int firstSqn() {
        return options.buffer().getInt(at() + FIRST_SQN_OFFSET);
    }

    /** How long ago the session was born, in milliseconds; 0 before any data. */
    public long ageMillis() {
        return options.buffer().getUnsignedInt(at() + AGE_OFFSET);
    }

    /** How often receivers report their status, in milliseconds; 0 for never. */
    public long statusIntervalMillis() {
        return options.buffer().getUnsignedInt(at() + STATUS_OFFSET);
    }

    static void write(ByteBuf buffer, int at, int unicastPort, int firstSqn, long ageMillis, long statusMillis) {
        buffer.setByte(at + OptionType.SPECIFIC_OFFSET, VERSION);
        buffer.setShort(at + FLAGS_OFFSET, 0);
        buffer.setShort(at + PORT_OFFSET, unicastPort);
        buffer.setInt(at + FIRST_SQN_OFFSET, firstSqn);
        buffer.setInt(at + AGE_OFFSET, saturated(ageMillis));
        buffer.setInt(at + STATUS_OFFSET, saturated(statusMillis));
    }

    private static int saturated(long millis) {
        return (int) Math.max(0, Math.min(millis, MAX_MILLIS));
    }

    private int at() {
        return options.at(OptionType.SESSION);
    }
}
