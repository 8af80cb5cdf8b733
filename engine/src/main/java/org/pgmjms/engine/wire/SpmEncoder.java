package org.pgmjms.engine.wire;

/** Writes a Source Path Message; the layout is that of {@link SpmDecoder}. */
public final class SpmEncoder extends PacketEncoder<SpmEncoder> {

    /** An encoder, to be wrapped around places for packets. */
    public SpmEncoder() {
        super(PacketType.SPM);
    }

    @Override
    SpmEncoder self() {
        return this;
    }

    @Override
    int smallestBodyEnd() {
        return SpmDecoder.PATH_OFFSET + NlaBlock.IPV4_LENGTH;
    }

    /** SPM_SQN. */
    public SpmEncoder sqn(int sqn) {
        putInt(SpmDecoder.SQN_OFFSET, sqn);
        return this;
    }

    /** SPM_TRAIL. */
    public SpmEncoder trail(int trail) {
        putInt(SpmDecoder.TRAIL_OFFSET, trail);
        return this;
    }

    /** SPM_LEAD. */
    public SpmEncoder lead(int lead) {
        putInt(SpmDecoder.LEAD_OFFSET, lead);
        return this;
    }

    /** SPM_PATH. Before any option. */
    public SpmEncoder path(Nla path) {
        bodyEnd(putNla(SpmDecoder.PATH_OFFSET, path));
        return this;
    }

    /** Adds OPT_JOIN. */
    public SpmEncoder join(int oldestSqn) {
        return wordOption(OptionType.JOIN, oldestSqn);
    }

    /** Adds OPT_NAK_BO_IVL. */
    public SpmEncoder nakBackOffInterval(long micros, int pollSqn) {
        return wordsOption(OptionType.NAK_BO_IVL, (int) micros, pollSqn);
    }

    /** Adds OPT_NAK_BO_RNG. */
    public SpmEncoder nakBackOffRange(long minMicros, long maxMicros) {
        return wordsOption(OptionType.NAK_BO_RNG, (int) maxMicros, (int) minMicros);
    }

    /** Adds OPT_PARITY_PRM. */
    public SpmEncoder parityParameters(int parityFlags, int groupSize) {
        int place = option(OptionType.PARITY_PRM, OptionType.length(OptionType.PARITY_PRM));
        buffer().setByte(index(place + OptionType.SPECIFIC_OFFSET), parityFlags);
        putInt(place + OptionType.VALUE_OFFSET, groupSize);
        return this;
    }

    /** Adds OPT_CURR_TGSIZE. */
    public SpmEncoder currentGroupSize(int packets) {
        return wordOption(OptionType.CURR_TGSIZE, packets);
    }

    /** Adds OPT_NBR_UNREACH. */
    public SpmEncoder neighbourUnreachable() {
        return flagOption(OptionType.NBR_UNREACH, 0);
    }

    /** Adds OPT_FIN. */
    public SpmEncoder fin() {
        return flagOption(OptionType.FIN, 0);
    }

    /** Adds OPT_RST. */
    public SpmEncoder rst(int code, boolean naksUnanswered) {
        int answer = naksUnanswered ? OptionType.RST_NO_REPAIRS : 0;
        return flagOption(OptionType.RST, answer | code & OptionType.RST_CODE_MASK);
    }

    /** Adds OPT_CRQST. */
    public SpmEncoder reportRequest(int reportFlags) {
        return flagOption(OptionType.CRQST, reportFlags);
    }

    /** Adds our private option; ages and intervals beyond its range stop at the largest value. */
    public SpmEncoder sessionOption(int unicastPort, int firstSqn, long ageMillis, long statusMillis) {
        int place = option(OptionType.SESSION, SessionOption.LENGTH);
        SessionOption.write(buffer(), index(place), unicastPort, firstSqn, ageMillis, statusMillis);
        return this;
    }

    /** Completes the packet and answers its length. */
    public int finish() {
        return complete(0);
    }
}
