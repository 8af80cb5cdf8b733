package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;

/**
 * Writes ODATA and RDATA; the layout is that of {@link DataDecoder}. Options first, then the caller writes the payload
 * at {@link #payloadAt}, then {@link #finish(int)}.
 */
public final class DataEncoder extends PacketEncoder<DataEncoder> {
    /** Bytes that FRAGMENT adds to a packet without other options. */
    public static final int FRAGMENT_BYTES = headerLength(OptionType.length(OptionType.FRAGMENT)) - headerLength(0);

    /** An encoder, to be wrapped around places for packets. */
    public DataEncoder() {
        super(PacketType.ODATA);
    }

    /** Bytes before the payload of a packet with that many bytes of options, the OPT_LENGTH not counted. */
    public static int headerLength(int optionBytes) {
        return DataDecoder.BODY_END + (optionBytes == 0 ? 0 : OptionType.HEADER_LENGTH + optionBytes);
    }

    /** Bytes before the payload of a packet with no option, or with FRAGMENT. */
    public static int headerLength(boolean fragment) {
        return headerLength(fragment ? OptionType.length(OptionType.FRAGMENT) : 0);
    }

    /**
     * Makes a finished packet leave as another type with another trail. The checksum is brought up to date without
     * reading the rest of the packet. Options whose place depends on the type (CURR_TGSIZE) stay where they are.
     */
    public static void rewrite(ByteBuf packet, int at, PacketType type, int trail) {
        int typeAt = at + PgmHeader.TYPE_OFFSET;
        int trailAt = at + DataDecoder.TRAIL_OFFSET;
        int checksumAt = at + PgmHeader.CHECKSUM_OFFSET;
        int oldWord = packet.getUnsignedShort(typeAt);
        int newWord = type.code() << Byte.SIZE | oldWord & 0xFF;
        int oldTrail = packet.getInt(trailAt);
        long sum = (~packet.getUnsignedShort(checksumAt) & 0xFFFFL)
                + (~oldWord & 0xFFFFL)
                + newWord
                + (~oldTrail & 0xFFFF_FFFFL)
                + (trail & 0xFFFF_FFFFL);
        packet.setShort(typeAt, newWord);
        packet.setInt(trailAt, trail);
        packet.setShort(checksumAt, Checksum.ofSum(sum));
    }

    @Override
    DataEncoder self() {
        return this;
    }

    @Override
    int smallestBodyEnd() {
        return DataDecoder.BODY_END;
    }

    /** {@link PacketType#ODATA} or {@link PacketType#RDATA}. Before any option. */
    public DataEncoder type(PacketType type) {
        packetType(type);
        return this;
    }

    /** The sequence number. */
    public DataEncoder sqn(int sqn) {
        putInt(DataDecoder.SQN_OFFSET, sqn);
        return this;
    }

    /** The oldest number that can be repaired. */
    public DataEncoder trail(int trail) {
        putInt(DataDecoder.TRAIL_OFFSET, trail);
        return this;
    }

    /** Adds OPT_FRAGMENT. */
    public DataEncoder fragment(int firstSqn, int offset, int apduLength) {
        int value = option(OptionType.FRAGMENT, OptionType.length(OptionType.FRAGMENT)) + OptionType.VALUE_OFFSET;
        putInt(value, firstSqn);
        putInt(value + Integer.BYTES, offset);
        putInt(value + Long.BYTES, apduLength);
        return this;
    }

    /** Adds OPT_JOIN. */
    public DataEncoder join(int oldestSqn) {
        return wordOption(OptionType.JOIN, oldestSqn);
    }

    /** Adds OPT_SYN. */
    public DataEncoder syn() {
        return flagOption(OptionType.SYN, 0);
    }

    /** Adds OPT_FIN. */
    public DataEncoder fin() {
        return flagOption(OptionType.FIN, 0);
    }

    /** Adds OPT_CURR_TGSIZE. */
    public DataEncoder currentGroupSize(int packets) {
        return wordOption(OptionType.CURR_TGSIZE, packets);
    }

    /** Makes it a parity packet and adds OPT_PARITY_GRP. */
    public DataEncoder parityGroup(int group) {
        flag(PgmHeader.PARITY);
        return wordOption(OptionType.PARITY_GRP, group);
    }

    /** Adds OPT_PGMCC_DATA. */
    public DataEncoder pgmcc(int timestamp, Nla acker) {
        int value = option(OptionType.PGMCC_DATA, OptionType.length(OptionType.PGMCC_DATA, acker.afi()))
                + OptionType.VALUE_OFFSET;
        putInt(value, timestamp);
        putNla(value + Integer.BYTES, acker);
        return this;
    }

    /** The index in the buffer where the payload goes, once all options are there. */
    public int payloadAt() {
        return index(optionsEnd());
    }

    /** Completes the packet, whose payload has been written, and answers its length. */
    public int finish(int payloadLength) {
        return complete(payloadLength);
    }
}
