package org.pgmjms.engine.wire;

/** Writes a POLR; the layout is that of {@link PolrDecoder}. */
public final class PolrEncoder extends PacketEncoder<PolrEncoder> {

    /** An encoder, to be wrapped around places for packets. */
    public PolrEncoder() {
        super(PacketType.POLR);
    }

    @Override
    PolrEncoder self() {
        return this;
    }

    @Override
    int smallestBodyEnd() {
        return PolrDecoder.BODY_END;
    }

    /** The number of the poll. */
    public PolrEncoder sqn(int sqn) {
        putInt(PolrDecoder.SQN_OFFSET, sqn);
        return this;
    }

    /** The round of the poll. */
    public PolrEncoder round(int round) {
        putShort(PolrDecoder.ROUND_OFFSET, round);
        return this;
    }

    /** Marks it as being from a repairer that repairs by parity. */
    public PolrEncoder parity() {
        flag(PgmHeader.PARITY);
        return this;
    }

    /** Adds OPT_REDIRECT. */
    public PolrEncoder redirect(Nla repairer) {
        int place = option(OptionType.REDIRECT, OptionType.length(OptionType.REDIRECT, repairer.afi()));
        putNla(place + OptionType.VALUE_OFFSET, repairer);
        return this;
    }

    /** Completes the packet and answers its length. */
    public int finish() {
        return complete(0);
    }
}
