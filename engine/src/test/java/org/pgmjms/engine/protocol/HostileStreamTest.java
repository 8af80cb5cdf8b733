package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.sim.CountingAllocator;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/**
 * A receiver among sequences of packets that somebody forges about its sessions, a million in each build: whatever they
 * make it believe, it keeps its books, its limits and its memory in order.
 */
class HostileStreamTest {
    private static final int SEQUENCES = 500;
    private static final int MOST_PACKETS = 200;
    private static final int LEAST_PACKETS = 10;
    private static final int MOST_TURNS = 1000;
    private static final int MAX_APDU = 4096;
    private static final byte SPOILT = (byte) 0xDB;

    /** Held besides packets that wait: what is put together, and packets to be sent. */
    private static final long WORKING_BYTES = 1 << 20;

    private long taken;
    private long apdus;
    private long losses;
    private long sessions;
    private long naks;

    @Seeds(
            known = {
                1_000_031, 1_000_033, 1_000_035, 1_000_040, 1_000_046, 1_000_047, 1_000_054, 1_000_063, 1_000_068,
                1_000_079, 1_000_085, 1_000_094, 1_000_110
            },
            fresh = 20,
            deep = 200)
    void keepsTheBooksInOrder(long seed) {
        Gen gen = new Gen(seed);
        for (int i = 0; i < SEQUENCES; i++) {
            new Sequence(gen).run();
        }

        assertThat(taken).isGreaterThan(SEQUENCES * 30L);
        assertThat(apdus).isGreaterThan(SEQUENCES);
        assertThat(losses).isGreaterThan(SEQUENCES / 10);
        assertThat(sessions).isGreaterThan(SEQUENCES / 4);
        assertThat(naks).isGreaterThan(SEQUENCES);
    }

    /** One receiver, and what it hears until it closes. */
    private final class Sequence implements PacketSink {
        private final Gen gen;
        private final CountingAllocator allocator = new CountingAllocator();
        private final Counters<ReceiverCounter> counters = new Counters<>(ReceiverCounter.class);
        private final PacketView view = new PacketView();
        private final PacketView seen = new PacketView();
        private final ReceiverConfig config;
        private final SessionBooks books;
        private final Receiver receiver;
        private final HostilePackets packets;
        private final long startNs;
        private long nowNs;
        private int spmrs;

        Sequence(Gen gen) {
            this.gen = gen;
            ReceiverRig.Config draw = new ReceiverRig.Config();
            draw.order = gen.oneIn(2) ? DeliveryOrder.CONTIGUOUS : DeliveryOrder.COMPLETE;
            draw.lateJoin = gen.oneIn(2);
            draw.raw = gen.oneIn(3);
            draw.windowPackets = 1 + gen.below(gen.oneIn(2) ? 20 : 5000);
            draw.windowBytes = gen.oneIn(2) ? 4096 + gen.below(20_000) : 1 << 22;
            draw.gapDeadlineNs = gen.oneIn(3) ? gen.below(100) * MS : 0;
            draw.maxFragments = 1 + gen.below(64);
            draw.maxApduBytes = MAX_APDU;
            draw.maxPeers = 1 + gen.below(4);
            draw.maxPeersPerAddress = 1 + gen.below(4);
            config = draw.build();
            books = new SessionBooks(draw.order == DeliveryOrder.CONTIGUOUS, MAX_APDU);
            startNs = Long.MAX_VALUE - 1_234_567 - gen.below(5_000) * MS;
            nowNs = startNs;
            ReceiverContext context = new ReceiverContext(
                    config,
                    ReceiverRig.DPORT,
                    ReceiverRig.GROUP,
                    ReceiverRig.UDP_PORT,
                    Nla.ipv4(0x0A000002),
                    ReceiverRig.PACKET_BYTES,
                    ReceiverRig.BUFFER_BYTES);
            SplittableRandom random = new SplittableRandom(gen.below(1 << 20));
            receiver = new Receiver(context, this, allocator, PacketProtection.NONE, random, counters, startNs);
            receiver.add(books);
            packets = new HostilePackets(
                    gen, ReceiverRig.TSI, ReceiverRig.DPORT, ReceiverRig.SOURCE, ReceiverRig.GROUP, gen.sqn());
        }

        void run() {
            for (int i = LEAST_PACKETS + gen.below(MOST_PACKETS - LEAST_PACKETS); i > 0; i--) {
                hear(packets.downstream());
                if (gen.oneIn(4)) {
                    receiver.onBatchEnd(nowNs);
                    passTime();
                    check();
                }
            }
            receiver.onBatchEnd(nowNs);
            books.capacity = Integer.MAX_VALUE;
            advance(gen.below(70) * SECOND);
            check();
            receiver.close(nowNs);
            assertThat(books.open()).isZero();
            assertThat(receiver.heldBytes()).isZero();
            assertThat(allocator.heldBytes()).isZero();
            apdus += books.apdus;
            losses += books.losses;
            sessions += books.sessions;
        }

        private void hear(byte[] bytes) {
            ByteBuf packet = Unpooled.wrappedBuffer(bytes);
            if (view.wrap(packet, 0, bytes.length) != DecodeResult.OK) {
                return;
            }
            taken++;
            for (int i = view.payloadOffset(); i < bytes.length; i++) {
                bytes[i] &= Byte.MAX_VALUE;
            }
            Nla from = gen.oneIn(8) ? gen.unicast(gen.afi()) : ReceiverRig.SOURCE;
            receiver.onPacket(nowNs, view, from, ReceiverRig.UDP_PORT);
            Arrays.fill(bytes, SPOILT);
        }

        private void passTime() {
            switch (gen.below(8)) {
                case 0 -> advance(gen.below(2_000) * MS);
                case 1 -> advance(gen.below(100) * MS);
                case 2 -> books.capacity = gen.oneIn(2) ? gen.below(200) : Integer.MAX_VALUE;
                case 3, 4 -> advance(gen.below(10) * MS);
                default -> nowNs += gen.below(1000);
            }
        }

        private void advance(long ns) {
            long endNs = nowNs + ns;
            int turns = 0;
            while (Deadlines.isDue(receiver.nextDeadlineNs(), endNs)) {
                long nextNs = receiver.nextDeadlineNs();
                turns = nextNs - nowNs > 0 ? 0 : turns + 1;
                assertThat(turns).as("turns without progress").isLessThan(MOST_TURNS);
                nowNs = nextNs - nowNs > 0 ? nextNs : nowNs;
                receiver.onTimeout(nowNs);
            }
            nowNs = endNs;
        }

        private void check() {
            assertThat(receiver.heldBytes()).isBetween(0L, config.windowBytes());
            assertThat(allocator.mostBytes()).isLessThanOrEqualTo(config.windowBytes() + WORKING_BYTES);
            assertThat(receiver.peers()).isLessThanOrEqualTo(config.maxPeers());
            assertThat(books.open()).isEqualTo(receiver.peers());
            long seconds = 1 + (nowNs - startNs) / SECOND;
            assertThat((long) spmrs).isLessThanOrEqualTo(config.spmrsPerSecond() * (seconds + 1));
        }

        @Override
        public void toGroup(ByteBuf packet, int at, int length) {
            sent(packet, at, length);
        }

        @Override
        public void toNeighbours(ByteBuf packet, int at, int length) {
            sent(packet, at, length);
        }

        @Override
        public void toControlGroup(ByteBuf packet, int at, int length) {
            sent(packet, at, length);
        }

        @Override
        public void toHost(Nla host, int udpPort, ByteBuf packet, int at, int length) {
            sent(packet, at, length);
        }

        private void sent(ByteBuf packet, int at, int length) {
            assertThat(seen.wrap(packet, at, length)).isEqualTo(DecodeResult.OK);
            assertThat(seen.type()).isIn(PacketType.NAK, PacketType.SPMR, PacketType.ACK);
            naks += seen.type() == PacketType.NAK ? 1 : 0;
            spmrs += seen.type() == PacketType.SPMR ? 1 : 0;
        }

        @Override
        public int flush() {
            return 0;
        }
    }
}
