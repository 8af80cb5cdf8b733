package org.pgmjms.engine.api;

/** What is known about an APDU beside its bytes; the flags of {@link ReceiverHandler#onApdu}. */
public final class ApduFlags {
    /** At least one of its packets came as a repair. */
    public static final int REPAIRED = 1;

    /** It was sent before this receiver joined. */
    public static final int REPLAYED = 1 << 1;

    private ApduFlags() {}
}
