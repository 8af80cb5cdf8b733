package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** Protects packets. {@link #NONE} is plain RFC 3208. */
public interface PacketProtection {

    /** Plain packets: nothing added, everything believed. */
    PacketProtection NONE = new PlainPackets();

    /** Bytes to leave free before each payload. */
    int headroom();

    /** Bytes to leave free after each payload. */
    int tailroom();

    /** Bytes of options that this type of packet carries in addition. */
    int optionBytes(PacketType type);

    /** Whether the trail in data packets is believed, or only that in SPMs. */
    boolean trustDataTrail();

    /**
     * Protects a complete data packet in place and leaves its checksum right. Once, when it is stored; a repair sends the
     * same bytes, but for type, trail and checksum.
     */
    void seal(int sqn, int wraps, ByteBuf packet, int at, int length);

    /** Checks a packet before it changes any state; its payload in the clear goes to {@code out} if it was hidden. */
    DecodeResult open(PacketView packet, ByteBuf out);
}
