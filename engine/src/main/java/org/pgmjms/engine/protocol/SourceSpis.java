package org.pgmjms.engine.protocol;

/** What can be put into a source from outside. */
public record SourceSpis(PacketProtection protection, Parity parity, SendLimit limit) {
    /** RFC 3208 as it stands, repaired by selective NAKs, limited by its rate. */
    public static final SourceSpis PLAIN = new SourceSpis(PacketProtection.NONE, Parity.NONE, SendLimit.NONE);
}
