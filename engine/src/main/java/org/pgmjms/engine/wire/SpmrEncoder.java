package org.pgmjms.engine.wire;

/** Writes a request for an SPM: a header and nothing else. RFC 3208, section 8.4. */
public final class SpmrEncoder extends PacketEncoder<SpmrEncoder> {

    /** An encoder, to be wrapped around places for packets. */
    public SpmrEncoder() {
        super(PacketType.SPMR);
    }

    @Override
    SpmrEncoder self() {
        return this;
    }

    @Override
    int smallestBodyEnd() {
        return PgmHeader.LENGTH;
    }

    /** Completes the packet and answers its length. */
    public int finish() {
        return complete(0);
    }
}
