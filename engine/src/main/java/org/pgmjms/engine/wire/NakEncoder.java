package org.pgmjms.engine.wire;

/** Writes NAK, NNAK and NCF; the layout is that of {@link NakDecoder}. */
public final class NakEncoder extends PacketEncoder<NakEncoder> {
    /** The most numbers in a packet. */
    public static final int MAX_NUMBERS = 1 + OptionType.MAX_NAK_LIST;

    private final int[] listed = new int[OptionType.MAX_NAK_LIST];
    private int listedCount;
    private int groupOffset;

    /** An encoder, to be wrapped around places for packets. */
    public NakEncoder() {
        super(PacketType.NAK);
    }

    @Override
    NakEncoder self() {
        return this;
    }

    @Override
    int smallestBodyEnd() {
        return NakDecoder.SOURCE_OFFSET + NlaBlock.IPV4_LENGTH + NlaBlock.IPV4_LENGTH;
    }

    @Override
    void begin() {
        listedCount = 0;
        groupOffset = NakDecoder.SOURCE_OFFSET + NlaBlock.IPV4_LENGTH;
    }

    /** {@link PacketType#NAK}, {@link PacketType#NNAK} or {@link PacketType#NCF}. Before any option. */
    public NakEncoder type(PacketType type) {
        packetType(type);
        return this;
    }

    /** Marks it as being about parity packets. */
    public NakEncoder parity() {
        flag(PgmHeader.PARITY);
        return this;
    }

    /** The address of the source. Before the group. */
    public NakEncoder source(Nla source) {
        groupOffset = putNla(NakDecoder.SOURCE_OFFSET, source);
        return this;
    }

    /** The group. Before any option. */
    public NakEncoder group(Nla group) {
        bodyEnd(putNla(groupOffset, group));
        return this;
    }

    /** The main number, the first of all. */
    public NakEncoder sqn(int sqn) {
        putInt(NakDecoder.SQN_OFFSET, sqn);
        return this;
    }

    /** One more number, later than all before; there must be room. */
    public NakEncoder add(int sqn) {
        listed[listedCount++] = sqn;
        return this;
    }

    /** How many more numbers have room. */
    public int room() {
        return listed.length - listedCount;
    }

    /** Adds OPT_NAK_BO_IVL, for NCF. */
    public NakEncoder nakBackOffInterval(long micros, int pollSqn) {
        return wordsOption(OptionType.NAK_BO_IVL, (int) micros, pollSqn);
    }

    /** Adds OPT_NBR_UNREACH, for NCF. */
    public NakEncoder neighbourUnreachable() {
        return flagOption(OptionType.NBR_UNREACH, 0);
    }

    /** Adds OPT_PATH_NLA, for NCF. */
    public NakEncoder pathNla(Nla path) {
        int place = option(OptionType.PATH_NLA, OptionType.length(OptionType.PATH_NLA, path.afi()));
        path.writeAddress(buffer(), index(place + OptionType.VALUE_OFFSET));
        return this;
    }

    /**
     * Adds OPT_CR, for NAK. Loads are 0 to 65,535.
     *
     * @param worstLink as network elements saw it
     * @param worstPath as network elements saw it
     * @param receiverPath as receivers saw it
     * @param receiver the worst one
     */
    public NakEncoder report(int flags, int sqn, int worstLink, int worstPath, int receiverPath, Nla receiver) {
        int place = option(OptionType.CR, OptionType.length(OptionType.CR, receiver.afi()));
        buffer().setByte(index(place + OptionType.SPECIFIC_OFFSET), flags);
        int loads = place + OptionType.VALUE_OFFSET + Integer.BYTES;
        putInt(place + OptionType.VALUE_OFFSET, sqn);
        putInt(loads, worstLink << Short.SIZE | worstPath & 0xFFFF);
        putInt(loads + Integer.BYTES, receiverPath << Short.SIZE);
        putNla(loads + Long.BYTES, receiver);
        return this;
    }

    /** Adds OPT_PGMCC_FEEDBACK, for NAK. */
    public NakEncoder feedback(int timestamp, int lossRate, Nla receiver) {
        Feedback.add(this, timestamp, lossRate, receiver);
        return this;
    }

    /** Completes the packet and answers its length. */
    public int finish() {
        if (listedCount > 0) {
            int length = OptionType.HEADER_LENGTH + listedCount * Integer.BYTES;
            int value = option(OptionType.NAK_LIST, length) + OptionType.VALUE_OFFSET;
            for (int index = 0; index < listedCount; index++) {
                putInt(value + index * Integer.BYTES, listed[index]);
            }
        }
        return complete(0);
    }
}
