package org.pgmjms.engine.wire;

/** Writes a POLL; the layout is that of {@link PollDecoder}. */
public final class PollEncoder extends PacketEncoder<PollEncoder> {
    private int pathEnd;

    /** An encoder, to be wrapped around places for packets. */
    public PollEncoder() {
        super(PacketType.POLL);
    }

    @Override
    PollEncoder self() {
        return this;
    }

    @Override
    int smallestBodyEnd() {
        return PollDecoder.PATH_OFFSET + NlaBlock.IPV4_LENGTH + PollDecoder.AFTER_PATH_LENGTH;
    }

    @Override
    void begin() {
        pathEnd = PollDecoder.PATH_OFFSET + NlaBlock.IPV4_LENGTH;
    }

    /** POLL_SQN. */
    public PollEncoder sqn(int sqn) {
        putInt(PollDecoder.SQN_OFFSET, sqn);
        return this;
    }

    /** POLL_ROUND. */
    public PollEncoder round(int round) {
        putShort(PollDecoder.ROUND_OFFSET, round);
        return this;
    }

    /** POLL_S_TYPE. */
    public PollEncoder subType(int subType) {
        putShort(PollDecoder.SUB_TYPE_OFFSET, subType);
        return this;
    }

    /** POLL_PATH. Before the fields that follow it, and before any option. */
    public PollEncoder path(Nla path) {
        pathEnd = putNla(PollDecoder.PATH_OFFSET, path);
        bodyEnd(pathEnd + PollDecoder.AFTER_PATH_LENGTH);
        return this;
    }

    /** POLL_BO_IVL, POLL_RAND and POLL_MASK. */
    public PollEncoder match(long backOffMicros, int random, int mask) {
        putInt(pathEnd + PollDecoder.BACK_OFF_AFTER_PATH, (int) backOffMicros);
        putInt(pathEnd + PollDecoder.RANDOM_AFTER_PATH, random);
        putInt(pathEnd + PollDecoder.MASK_AFTER_PATH, mask);
        return this;
    }

    /** Adds OPT_NAK_BO_IVL. */
    public PollEncoder nakBackOffInterval(long micros, int pollSqn) {
        return wordsOption(OptionType.NAK_BO_IVL, (int) micros, pollSqn);
    }

    /** Completes the packet and answers its length. */
    public int finish() {
        return complete(0);
    }
}
