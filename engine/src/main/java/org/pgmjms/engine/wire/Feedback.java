package org.pgmjms.engine.wire;

/** Writes OPT_PGMCC_FEEDBACK, which NAK and ACK can carry. */
final class Feedback {

    private Feedback() {}

    static void add(PacketEncoder<?> encoder, int timestamp, int lossRate, Nla receiver) {
        int length = OptionType.length(OptionType.PGMCC_FEEDBACK, receiver.afi());
        int value = encoder.option(OptionType.PGMCC_FEEDBACK, length) + OptionType.VALUE_OFFSET;
        int address = value + Integer.BYTES;
        encoder.putInt(value, timestamp);
        encoder.putNla(address, receiver);
        encoder.putShort(address + Short.BYTES, lossRate);
    }
}
