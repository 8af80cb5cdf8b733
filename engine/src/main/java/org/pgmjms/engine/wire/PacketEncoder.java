package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Writes a packet in place: what all types share. Wrap it around a place in a buffer that has room, set the fields, add
 * options after the addresses, finish. Options of interest to network elements are put before the others, as RFC 3208,
 * section 9, asks. Setters are called once each.
 *
 * <p>Reused; allocates nothing; one owner. The indexes of the buffer are left alone.
 *
 * @param <E> the encoder itself
 */
public abstract sealed class PacketEncoder<E extends PacketEncoder<E>>
        permits SpmEncoder, DataEncoder, NakEncoder, SpmrEncoder, PollEncoder, PolrEncoder, AckEncoder {
    private static final int TYPE_SHIFT = 24;
    private static final int LENGTH_SHIFT = 16;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int at;
    private PacketType type;
    private int flags;
    private long tsi;
    private int dataDestinationPort;
    private int bodyEnd;
    private int optionsEnd;
    /** Where the options that network elements do not look at start. */
    private int plainAt;

    private int lastOptionAt;

    PacketEncoder(PacketType type) {
        this.type = type;
    }

    /** This encoder, with its own type. */
    abstract E self();

    /** The length of header and body, with IPv4 addresses. */
    abstract int smallestBodyEnd();

    /** Starts a packet at this index. */
    public final E wrap(ByteBuf target, int index) {
        buffer = target;
        at = index;
        flags = 0;
        tsi = 0;
        dataDestinationPort = 0;
        bodyEnd(smallestBodyEnd());
        target.setZero(index, bodyEnd);
        begin();
        return self();
    }

    /** Forgets what the last packet left in fields of the subclass. */
    void begin() {
        // most keep nothing
    }

    /**
     * Sets the session, in the session's own terms: upstream packets swap the ports by themselves.
     *
     * @param sessionTsi the value of a Tsi
     */
    public final E session(long sessionTsi, int sessionDataDestinationPort) {
        tsi = sessionTsi;
        dataDestinationPort = sessionDataDestinationPort;
        return self();
    }

    final void packetType(PacketType packetType) {
        type = packetType;
    }

    final PacketType packetType() {
        return type;
    }

    final void flag(int flag) {
        flags |= flag;
    }

    /** Where header and body end, and the options start. */
    final void bodyEnd(int end) {
        bodyEnd = end;
        optionsEnd = end;
        plainAt = end;
    }

    final int optionsEnd() {
        return optionsEnd;
    }

    final void putShort(int offset, int value) {
        buffer.setShort(at + offset, value);
    }

    final void putInt(int offset, int value) {
        buffer.setInt(at + offset, value);
    }

    final ByteBuf buffer() {
        return buffer;
    }

    /** The index in the buffer of an offset in the packet. */
    final int index(int offset) {
        return at + offset;
    }

    /** Writes an address block and answers where it ends. */
    final int putNla(int offset, Nla address) {
        address.write(buffer, at + offset);
        return offset + address.blockLength();
    }

    /** Makes room for an option, writes its first four bytes and answers its offset in the packet. */
    final int option(int optionType, int length) {
        if (optionsEnd == bodyEnd) {
            optionsEnd += OptionType.HEADER_LENGTH;
            plainAt = optionsEnd;
            flags |= PgmHeader.OPTIONS_PRESENT;
        }
        int place = optionsEnd;
        if (OptionType.isNetworkSignificant(optionType, type)) {
            flags |= PgmHeader.OPTIONS_NETWORK;
            place = plainAt;
            plainAt += length;
        }
        if (place == optionsEnd) {
            lastOptionAt = place;
        } else {
            shift(place, length);
            lastOptionAt += length;
        }
        optionsEnd += length;
        putInt(place, optionType << TYPE_SHIFT | length << LENGTH_SHIFT);
        return place;
    }

    private void shift(int from, int by) {
        for (int word = optionsEnd - Integer.BYTES; word >= from; word -= Integer.BYTES) {
            buffer.setInt(at + word + by, buffer.getInt(at + word));
        }
    }

    /** Adds an option without a value but with flags. */
    final E flagOption(int optionType, int optionFlags) {
        int place = option(optionType, OptionType.HEADER_LENGTH);
        buffer.setByte(at + place + OptionType.SPECIFIC_OFFSET, optionFlags);
        return self();
    }

    /** Adds an option with one word of value. */
    final E wordOption(int optionType, int value) {
        putInt(option(optionType, OptionType.length(optionType)) + OptionType.VALUE_OFFSET, value);
        return self();
    }

    /** Adds an option with two words of value. */
    final E wordsOption(int optionType, int first, int second) {
        int value = option(optionType, OptionType.length(optionType)) + OptionType.VALUE_OFFSET;
        putInt(value, first);
        putInt(value + Integer.BYTES, second);
        return self();
    }

    /** Writes header, end of options and checksum; the payload has to be there. Answers the length of the packet. */
    final int complete(int payloadLength) {
        if (optionsEnd != bodyEnd) {
            putInt(bodyEnd, OptionType.HEADER_LENGTH << LENGTH_SHIFT | optionsEnd - bodyEnd);
            int last = at + lastOptionAt;
            buffer.setByte(last, buffer.getByte(last) | OptionType.END);
        }
        int sourcePort = (int) tsi & 0xFFFF;
        boolean upstream = type.isUpstream();
        putShort(PgmHeader.SOURCE_PORT_OFFSET, upstream ? dataDestinationPort : sourcePort);
        putShort(PgmHeader.DESTINATION_PORT_OFFSET, upstream ? sourcePort : dataDestinationPort);
        putShort(PgmHeader.TYPE_OFFSET, type.code() << Byte.SIZE | flags);
        putShort(PgmHeader.CHECKSUM_OFFSET, Checksum.NONE);
        buffer.setLong(at + PgmHeader.GSI_OFFSET, tsi & -1L << Short.SIZE | payloadLength);
        int length = optionsEnd + payloadLength;
        putShort(PgmHeader.CHECKSUM_OFFSET, Checksum.ofSum(Checksum.sum(buffer, at, length)));
        return length;
    }
}
