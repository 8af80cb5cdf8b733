package org.pgmjms.engine.wire;

/** Writes an ACK of PGMCC, or with our own option a receiver's status; the layout is that of {@link AckDecoder}. */
public final class AckEncoder extends PacketEncoder<AckEncoder> {

    /** An encoder, to be wrapped around places for packets. */
    public AckEncoder() {
        super(PacketType.ACK);
    }

    @Override
    AckEncoder self() {
        return this;
    }

    @Override
    int smallestBodyEnd() {
        return AckDecoder.BODY_END;
    }

    /** RX_MAX and the bitmap of what was received before it. */
    public AckEncoder received(int highestSqn, int bitmap) {
        putInt(AckDecoder.MAX_OFFSET, highestSqn);
        putInt(AckDecoder.BITMAP_OFFSET, bitmap);
        return this;
    }

    /** Adds OPT_PGMCC_FEEDBACK. */
    public AckEncoder feedback(int timestamp, int lossRate, Nla receiver) {
        Feedback.add(this, timestamp, lossRate, receiver);
        return this;
    }

    /** Adds our private option: how far the receiver lets the source go. */
    public AckEncoder status(int receiver, int limitSqn, int roomBytes, boolean isLeaving) {
        int place = option(OptionType.STATUS, StatusOption.LENGTH);
        StatusOption.write(buffer(), index(place), receiver, limitSqn, roomBytes, isLeaving);
        return this;
    }

    /** Completes the packet and answers its length. */
    public int finish() {
        return complete(0);
    }
}
