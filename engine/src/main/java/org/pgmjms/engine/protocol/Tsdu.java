package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.pgmjms.engine.wire.OptionView;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** What a data packet brings, with its payload in the clear. Reused; good until the packet's buffer changes. */
final class Tsdu {
    private int sqn;
    private boolean isRepair;
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int at;
    private int length;
    private boolean isFragment;
    private int apduFirst;
    private long apduOffset;
    private long apduLength;

    /** Takes a data packet whose payload is where it came. */
    void wrap(PacketView packet) {
        wrap(packet, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
    }

    /** Takes a data packet whose payload is elsewhere. */
    void wrap(PacketView packet, ByteBuf payload, int payloadAt, int payloadLength) {
        sqn = packet.data().sqn();
        isRepair = packet.type() == PacketType.RDATA;
        buffer = payload;
        at = payloadAt;
        length = payloadLength;
        isFragment = packet.data().isFragment();
        if (isFragment) {
            OptionView options = packet.options();
            apduFirst = options.fragmentFirstSqn();
            apduOffset = options.fragmentOffset();
            apduLength = options.fragmentApduLength();
        } else {
            apduFirst = sqn;
            apduOffset = 0;
            apduLength = payloadLength;
        }
    }

    int sqn() {
        return sqn;
    }

    /** Whether it came as RDATA. */
    boolean isRepair() {
        return isRepair;
    }

    ByteBuf buffer() {
        return buffer;
    }

    int at() {
        return at;
    }

    int length() {
        return length;
    }

    /** Whether it is a part of an APDU only. */
    boolean isFragment() {
        return isFragment;
    }

    /** The number of the first packet of its APDU. */
    int apduFirst() {
        return apduFirst;
    }

    long apduOffset() {
        return apduOffset;
    }

    long apduLength() {
        return apduLength;
    }
}
