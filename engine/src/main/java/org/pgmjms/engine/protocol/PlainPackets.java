package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** No protection: RFC 3208 as it stands. */
final class PlainPackets implements PacketProtection {

    @Override
    public int headroom() {
        return 0;
    }

    @Override
    public int tailroom() {
        return 0;
    }

    @Override
    public int optionBytes(PacketType type) {
        return 0;
    }

    @Override
    public boolean trustDataTrail() {
        return true;
    }

    @Override
    public void seal(int sqn, int wraps, ByteBuf packet, int at, int length) {
        // plain packets stay as they are
    }

    @Override
    public DecodeResult open(PacketView packet, ByteBuf out) {
        return DecodeResult.OK;
    }
}
