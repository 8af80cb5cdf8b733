package org.pgmjms.engine.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.pgmjms.engine.wire.AckEncoder;
import org.pgmjms.engine.wire.Afi;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PgmHeader;
import org.pgmjms.engine.wire.PollEncoder;
import org.pgmjms.engine.wire.PolrEncoder;
import org.pgmjms.engine.wire.SpmEncoder;
import org.pgmjms.engine.wire.SpmrEncoder;

/** Random things from one seed: numbers where they hurt, addresses, well-formed packets, damaged packets. */
public final class Gen {
    /** Room for any packet. */
    public static final int MAX_PACKET = 2048;

    private static final int MAX_PAYLOAD = 1400;
    private static final int NEAR = 40;
    private static final int NOTHING = 0xFFFF;

    private final RandomGenerator random;
    private final ByteBuf scratch = Unpooled.buffer(MAX_PACKET, MAX_PACKET);

    /** Everything follows from the seed. */
    public Gen(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The generator behind it. */
    public RandomGenerator random() {
        return random;
    }

    /** True in one of so many cases. */
    public boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

    /** From 0 to below the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A sequence number; often near a place where numbers wrap or change sign. */
    public int sqn() {
        int near = random.nextInt(-NEAR, NEAR);
        return switch (random.nextInt(4)) {
            case 0 -> near;
            case 1 -> Integer.MIN_VALUE + near;
            default -> random.nextInt();
        };
    }

    /** A session, as the value of a Tsi. */
    public long tsi() {
        return random.nextLong();
    }

    /** A port, 0 and 65,535 included. */
    public int port() {
        return oneIn(8) ? oneIn(2) ? 0 : NOTHING : random.nextInt(NOTHING + 1);
    }

    /** {@link Afi#IPV4} or {@link Afi#IPV6}. */
    public int afi() {
        return oneIn(3) ? Afi.IPV6 : Afi.IPV4;
    }

    /** An address of one host. */
    public Nla unicast(int afi) {
        return afi == Afi.IPV4
                ? Nla.ipv4(10 << 24 | random.nextInt(1, 1 << 24))
                : new Nla(Afi.IPV6, 0xFD77L << 48 | random.nextInt(1 << 16), random.nextLong());
    }

    /** A group. */
    public Nla group(int afi) {
        return afi == Afi.IPV4
                ? Nla.ipv4(239 << 24 | random.nextInt(1 << 24))
                : new Nla(Afi.IPV6, 0xFF15L << 48 | random.nextInt(1 << 16), random.nextLong());
    }

    /** Random bytes. */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A type. */
    public PacketType type() {
        PacketType[] types = PacketType.values();
        return types[random.nextInt(types.length)];
    }

    /** A well-formed packet of any type. */
    public byte[] packet() {
        return packet(type());
    }

    /** A well-formed packet of that type, with options that it may have. */
    public byte[] packet(PacketType type) {
        int length = switch (type) {
            case SPM -> spm();
            case ODATA, RDATA -> data(type);
            case NAK, NNAK, NCF -> nak(type);
            case POLL -> poll();
            case POLR -> polr();
            case ACK -> ack();
            case SPMR ->
                new SpmrEncoder().wrap(scratch, 0).session(tsi(), port()).finish();
        };
        byte[] packet = new byte[length];
        scratch.getBytes(0, packet);
        return packet;
    }

    private int spm() {
        int trail = sqn();
        SpmEncoder spm = new SpmEncoder().wrap(scratch, 0).session(tsi(), port());
        spm.sqn(sqn()).trail(trail).lead(trail - 1 + random.nextInt(1000)).path(unicast(afi()));
        if (oneIn(2)) {
            spm.join(trail);
        }
        if (oneIn(4)) {
            spm.fin();
        } else if (oneIn(8)) {
            spm.rst(random.nextInt(64), oneIn(2));
        }
        if (oneIn(4)) {
            spm.nakBackOffInterval(random.nextInt(1 << 20), sqn()).nakBackOffRange(1000, 100_000);
        }
        if (oneIn(4)) {
            spm.parityParameters(random.nextInt(4), 2 << random.nextInt(7)).currentGroupSize(random.nextInt(128));
        }
        if (oneIn(8)) {
            spm.neighbourUnreachable().reportRequest(random.nextInt(8));
        }
        if (oneIn(2)) {
            spm.sessionOption(port(), sqn(), random.nextLong(), random.nextInt(60_000));
        }
        return spm.finish();
    }

    private int data(PacketType type) {
        int sqn = sqn();
        int payload = random.nextInt(MAX_PAYLOAD);
        DataEncoder data = new DataEncoder().wrap(scratch, 0).type(type).session(tsi(), port());
        data.sqn(sqn).trail(sqn - random.nextInt(1000));
        if (payload > 0 && oneIn(3)) {
            int index = random.nextInt(16);
            int offset = index * MAX_PAYLOAD;
            data.fragment(sqn - index, offset, offset + payload + 1 + random.nextInt(5000));
        }
        if (oneIn(4)) {
            data.join(sqn - 1);
        }
        if (oneIn(8)) {
            data.syn();
        }
        if (oneIn(8)) {
            data.fin();
        }
        if (oneIn(8)) {
            data.currentGroupSize(random.nextInt(128)).pgmcc(random.nextInt(), unicast(afi()));
        }
        scratch.setBytes(data.payloadAt(), bytes(payload));
        return data.finish(payload);
    }

    private int nak(PacketType type) {
        int afi = afi();
        int sqn = sqn();
        NakEncoder nak = new NakEncoder().wrap(scratch, 0).type(type).session(tsi(), port());
        nak.source(unicast(afi)).group(group(afi)).sqn(sqn);
        if (oneIn(8)) {
            nak.parity();
        }
        for (int count = oneIn(2) ? random.nextInt(NakEncoder.MAX_NUMBERS) : 0; count > 0; count--) {
            sqn += 1 + random.nextInt(NEAR);
            nak.add(sqn);
        }
        if (type == PacketType.NCF && oneIn(4)) {
            nak.pathNla(unicast(afi))
                    .nakBackOffInterval(random.nextInt(1 << 20), 0)
                    .neighbourUnreachable();
        }
        if (type == PacketType.NAK && oneIn(4)) {
            nak.feedback(random.nextInt(), port(), unicast(afi)).report(1, sqn, port(), port(), port(), unicast(afi));
        }
        return nak.finish();
    }

    private int poll() {
        PollEncoder poll = new PollEncoder().wrap(scratch, 0).session(tsi(), port());
        poll.sqn(sqn()).round(port()).subType(random.nextInt(2)).path(unicast(afi()));
        poll.match(random.nextInt(1 << 20), random.nextInt(), random.nextInt());
        if (oneIn(3)) {
            poll.nakBackOffInterval(random.nextInt(1 << 20), sqn());
        }
        return poll.finish();
    }

    private int polr() {
        PolrEncoder polr = new PolrEncoder()
                .wrap(scratch, 0)
                .session(tsi(), port())
                .sqn(sqn())
                .round(port());
        if (oneIn(2)) {
            polr.redirect(unicast(afi()));
        }
        return polr.finish();
    }

    private int ack() {
        AckEncoder ack =
                new AckEncoder().wrap(scratch, 0).session(tsi(), port()).received(sqn(), random.nextInt());
        if (oneIn(2)) {
            ack.feedback(random.nextInt(), port(), unicast(afi()));
        }
        return ack.finish();
    }

    /**
     * A copy of a packet with one or a few things wrong, where parsers break: lengths, types, families, the ends of the
     * option area. Most have a right checksum, so that the damage is not found at the door.
     */
    public byte[] mutant(byte[] packet) {
        byte[] mutant = packet.clone();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            mutant = mutated(mutant);
        }
        if (!oneIn(10)) {
            setChecksum(mutant);
        }
        return mutant;
    }

    private byte[] mutated(byte[] packet) {
        if (packet.length <= PgmHeader.LENGTH) {
            return bytes(random.nextInt(PgmHeader.LENGTH + NEAR));
        }
        int at = oneIn(2) ? random.nextInt(packet.length) : random.nextInt(Math.min(packet.length, 2 * NEAR));
        switch (random.nextInt(7)) {
            case 0 -> packet[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 1 -> packet[at] = (byte) random.nextInt();
            case 2 -> packet[at] = edge();
            case 3 -> packet[PgmHeader.TYPE_OFFSET] = (byte) type().code();
            case 4 -> packet[PgmHeader.FLAGS_OFFSET] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 5 -> packet[PgmHeader.TSDU_LENGTH_OFFSET + random.nextInt(2)] = edge();
            default -> {
                byte[] other = new byte[Math.max(1, packet.length + random.nextInt(-NEAR, NEAR))];
                System.arraycopy(packet, 0, other, 0, Math.min(packet.length, other.length));
                return other;
            }
        }
        return packet;
    }

    private byte edge() {
        int[] edges = {0, 1, 2, 3, 4, 5, 7, 8, 12, 16, 20, OptionType.END, 0x7F, 0xFE, 0xFF};
        return (byte) edges[random.nextInt(edges.length)];
    }

    /** Writes the right checksum into a packet, computed the slow way. */
    public static void setChecksum(byte[] packet) {
        if (packet.length < PgmHeader.LENGTH) {
            return;
        }
        packet[PgmHeader.CHECKSUM_OFFSET] = 0;
        packet[PgmHeader.CHECKSUM_OFFSET + 1] = 0;
        int sum = 0;
        for (int i = 0; i < packet.length; i++) {
            sum += i % 2 == 0 ? (packet[i] & 0xFF) << Byte.SIZE : packet[i] & 0xFF;
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> Short.SIZE);
        }
        int checksum = ~sum & 0xFFFF;
        int field = checksum == 0 ? 0xFFFF : checksum;
        packet[PgmHeader.CHECKSUM_OFFSET] = (byte) (field >>> Byte.SIZE);
        packet[PgmHeader.CHECKSUM_OFFSET + 1] = (byte) field;
    }
}
