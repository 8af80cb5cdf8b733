package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.PacketMutator;
import org.pgmjms.engine.wire.AckEncoder;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PgmHeader;
import org.pgmjms.engine.wire.SpmEncoder;
import org.pgmjms.engine.wire.SpmrEncoder;

/**
 * Packets about a live session, sound ones and damaged ones, as somebody makes them who hears everything: most numbers are
 * those that count just now.
 */
final class HostilePackets {
    private static final int REACH = 40;
    private static final int FRAGMENT_BYTES = 8;
    private static final int MOST_NUMBERS = 20;

    private final Gen gen;
    private final PacketMutator mutator;
    private final ByteBuf buffer = Unpooled.buffer(Gen.MAX_PACKET);
    private final Tsi tsi;
    private final int port;
    private final Nla source;
    private final Nla group;
    private byte[] last = {};
    private int spmSqn;

    /** What the packets take for the window; tests move it along. */
    int trail;

    int lead;

    HostilePackets(Gen gen, Tsi tsi, int port, Nla source, Nla group, int firstSqn) {
        this.gen = gen;
        this.mutator = new PacketMutator(gen);
        this.tsi = tsi;
        this.port = port;
        this.source = source;
        this.group = group;
        this.trail = firstSqn;
        this.lead = firstSqn - 1;
        this.spmSqn = gen.sqn();
    }

    /** One that travels to the group: data for the most part. */
    byte[] downstream() {
        int length = switch (gen.below(16)) {
            case 0, 1, 2, 3 -> data(PacketType.ODATA, gen.oneIn(3) ? number() : ++lead);
            case 4, 5 -> data(PacketType.RDATA, number());
            case 6, 7 -> fragment(gen.oneIn(2) ? PacketType.ODATA : PacketType.RDATA);
            case 8, 9, 10 -> spm();
            case 11, 12 -> numbers(PacketType.NCF);
            case 13 -> numbers(PacketType.NAK);
            case 14 -> spmr();
            default -> 0;
        };
        return finished(length);
    }

    /** One that travels to the source: requests for the most part. */
    byte[] upstream() {
        int length = switch (gen.below(12)) {
            case 0, 1, 2, 3, 4 -> numbers(PacketType.NAK);
            case 5 -> numbers(PacketType.NNAK);
            case 6 -> spmr();
            case 7, 8, 9 -> status();
            case 10 -> numbers(PacketType.NCF);
            default -> 0;
        };
        return finished(length);
    }

    private byte[] finished(int length) {
        byte[] packet;
        if (length == 0) {
            packet = gen.packet();
        } else {
            packet = new byte[length];
            buffer.getBytes(0, packet);
        }
        if (gen.oneIn(2)) {
            packet = mutator.mutant(packet, last);
        }
        last = packet;
        return gen.oneIn(5) ? packet : ofThisSession(packet);
    }

    private byte[] ofThisSession(byte[] packet) {
        PacketType type = packet.length < PgmHeader.LENGTH ? null : PacketType.of(packet[PgmHeader.TYPE_OFFSET]);
        if (type != null) {
            ByteBuffer bytes = ByteBuffer.wrap(packet);
            int first = type.isUpstream() ? port : tsi.sourcePort();
            int second = type.isUpstream() ? tsi.sourcePort() : port;
            int tsduLength = bytes.getShort(PgmHeader.TSDU_LENGTH_OFFSET) & 0xFFFF;
            bytes.putInt(PgmHeader.SOURCE_PORT_OFFSET, first << Short.SIZE | second);
            bytes.putLong(PgmHeader.GSI_OFFSET, tsi.gsi() << Short.SIZE | tsduLength);
            Gen.setChecksum(packet);
        }
        return packet;
    }

    /** In the window or a little beside it; now and then far away. */
    private int number() {
        return switch (gen.below(10)) {
            case 0 -> gen.sqn();
            case 1 -> trail + gen.below(REACH) - REACH / 2;
            case 2, 3 -> lead + gen.below(REACH);
            default -> lead - gen.below(REACH);
        };
    }

    private int data(PacketType type, int sqn) {
        DataEncoder data = new DataEncoder().wrap(buffer, 0).type(type).session(tsi.value(), port);
        data.sqn(sqn).trail(gen.oneIn(10) ? number() : trail);
        if (gen.oneIn(30)) {
            data.fin();
        }
        return payload(data, gen.below(32));
    }

    private int payload(DataEncoder data, int length) {
        buffer.setBytes(data.payloadAt(), gen.bytes(length));
        return data.finish(length);
    }

    /** Of APDUs that begin at every eighth number, so that fragments meet. */
    private int fragment(PacketType type) {
        int sqn = gen.oneIn(3) ? ++lead : number();
        int first = sqn & -8;
        int parts = gen.oneIn(8) ? 1 + gen.below(100) : 8;
        int offset = (sqn - first) * FRAGMENT_BYTES + (gen.oneIn(12) ? gen.below(5) - 2 : 0);
        DataEncoder data = new DataEncoder().wrap(buffer, 0).type(type).session(tsi.value(), port);
        data.sqn(sqn).trail(trail).fragment(first, offset, parts * FRAGMENT_BYTES);
        return payload(data, gen.oneIn(12) ? gen.below(16) : FRAGMENT_BYTES);
    }

    private int spm() {
        if (gen.oneIn(6) && lead - trail > 0) {
            trail += gen.below(Math.min(REACH, lead - trail));
        }
        SpmEncoder spm = new SpmEncoder().wrap(buffer, 0).session(tsi.value(), port);
        spm.sqn(gen.oneIn(8) ? gen.sqn() : spmSqn++)
                .trail(gen.oneIn(10) ? number() : trail)
                .lead(gen.oneIn(6) ? number() : lead)
                .path(gen.oneIn(10) ? gen.unicast(gen.afi()) : source);
        if (gen.oneIn(25)) {
            spm.fin();
        } else if (gen.oneIn(40)) {
            spm.rst(gen.below(64), gen.oneIn(2));
        }
        if (gen.oneIn(3)) {
            spm.sessionOption(gen.port(), number(), gen.below(100_000), gen.oneIn(2) ? 0 : gen.below(10_000));
        }
        if (gen.oneIn(8)) {
            spm.nakBackOffInterval(gen.random().nextInt(), gen.below(2)).join(number());
        }
        return spm.finish();
    }

    private int numbers(PacketType type) {
        NakEncoder nak = new NakEncoder().wrap(buffer, 0).type(type).session(tsi.value(), port);
        nak.source(gen.oneIn(12) ? gen.unicast(source.afi()) : source).group(group);
        int sqn = number();
        nak.sqn(sqn);
        for (int i = gen.oneIn(2) ? gen.below(MOST_NUMBERS) : 0; i > 0; i--) {
            sqn += 1 + gen.below(3);
            nak.add(sqn);
        }
        return nak.finish();
    }

    private int spmr() {
        return new SpmrEncoder().wrap(buffer, 0).session(tsi.value(), port).finish();
    }

    private int status() {
        AckEncoder ack = new AckEncoder().wrap(buffer, 0).session(tsi.value(), port);
        ack.received(number(), gen.random().nextInt());
        int room = gen.oneIn(4) ? gen.sqn() & Integer.MAX_VALUE : gen.below(100_000);
        return ack.status(gen.below(4), number(), room, gen.oneIn(20)).finish();
    }
}
