package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.SourceRig.MS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.wire.Afi;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;

/** Whatever supply, requests, socket and clock do, a source keeps its promises. */
class SourceStormTest {
    private static final long STEP_NS = 3 * MS;
    private static final int STEPS = 1_500;

    @Seeds(fresh = 40)
    void keepsItsPromises(long seed) {
        Gen gen = new Gen(seed);
        int firstSqn = gen.sqn();
        SourceConfigBuilder config = new SourceConfigBuilder()
                .firstSqn(firstSqn)
                .rate(20_000 + gen.below(10_000_000), 4_000 + gen.below(100_000))
                .repairShare(gen.below(101) / 100.0)
                .window(20_000 + gen.below(1 << 20), 10 + gen.below(2_000), (1 + gen.below(2_000)) * MS)
                .lateJoinPercent(gen.below(76))
                .naks(50, 2_000);
        SourceRig rig = new SourceRig(config, SourceSpis.PLAIN, Long.MAX_VALUE - gen.below(2_000) * MS);
        rig.source.open(rig.nowNs);
        List<SentPacket> sent = new ArrayList<>();

        for (int step = 0; step < STEPS; step++) {
            act(rig, gen);
            sent.addAll(rig.take());
        }
        rig.socketRoom = Long.MAX_VALUE;
        rig.source.beginFin(rig.nowNs);
        rig.runFor(60_000 * MS);
        sent.addAll(rig.take());

        assertThat(rig.source.finished()).isTrue();
        assertThat(rig.supply).isEmpty();
        assertThat(rig.count(SourceCounter.EVICTED)).isEqualTo(rig.source.trail() - firstSqn);
        checkOrder(sent, firstSqn);
        checkRepairs(sent);
        checkConfirmations(sent);
        checkRate(sent, rig);
        rig.source.close();
        assertThat(rig.store.out()).isZero();
    }

    private static void act(SourceRig rig, Gen gen) {
        switch (gen.below(12)) {
            case 0 -> rig.socketRoom = gen.oneIn(2) ? gen.below(20) : Long.MAX_VALUE;
            case 1 -> rig.spmr();
            case 2 -> rig.discover();
            case 3, 4 -> nak(rig, gen);
            case 5 -> rig.source.announce(rig.nowNs);
            case 6, 7 -> {
                if (rig.supply.size() < 50) {
                    rig.send(gen.bytes(1 + gen.below(gen.oneIn(10) ? rig.source.maxApduBytes() : 1_000)));
                }
            }
            case 8 -> rig.socketRoom = Long.MAX_VALUE;
            default -> rig.runFor(gen.below((int) STEP_NS));
        }
    }

    private static void nak(SourceRig rig, Gen gen) {
        int[] numbers = new int[1 + gen.below(gen.oneIn(3) ? 60 : 2)];
        int sqn = gen.oneIn(10) ? gen.sqn() : rig.source.lead() - gen.below(gen.oneIn(3) ? 500 : 20);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = sqn;
            sqn += 1 + gen.below(3);
        }
        rig.nakFrom(gen.unicast(Afi.IPV4), gen.below(5), numbers);
    }

    /** Data is sent once each, in order; trails never go back nor past what was sent; SPMs tell what was sent. */
    static void checkOrder(List<SentPacket> sent, int firstSqn) {
        int lead = firstSqn - 1;
        int trail = firstSqn;
        int spms = 0;
        for (SentPacket packet : sent) {
            switch (packet.type()) {
                case ODATA -> assertThat(packet.sqn()).isEqualTo(++lead);
                case RDATA -> assertThat(lead - packet.sqn()).isNotNegative();
                case SPM -> {
                    assertThat(packet.sqn()).isEqualTo(spms++);
                    assertThat(packet.lead()).isEqualTo(lead);
                    if (packet.view().options().has(OptionType.JOIN)) {
                        assertThat(packet.view().options().joinSqn() - packet.trail())
                                .isNotNegative();
                        assertThat(lead + 1 - packet.view().options().joinSqn()).isNotNegative();
                    }
                }
                default -> assertThat(packet.type()).isEqualTo(PacketType.NCF);
            }
            if (packet.type() != PacketType.NCF) {
                assertThat(packet.trail() - trail).isNotNegative();
                assertThat(lead + 1 - packet.trail()).isNotNegative();
                trail = packet.trail();
            }
        }
    }

    /** Each repair has the bytes of the original, was confirmed before, and keeps to the hold-off. */
    static void checkRepairs(List<SentPacket> sent) {
        Map<Integer, SentPacket> originals = new HashMap<>();
        Map<Integer, Long> repairedAtNs = new HashMap<>();
        Set<Integer> confirmed = new HashSet<>();
        for (SentPacket packet : sent) {
            if (packet.type() == PacketType.ODATA) {
                originals.put(packet.sqn(), packet);
            } else if (packet.type() == PacketType.NCF) {
                for (int sqn : packet.numbers()) {
                    assertThat(originals.containsKey(sqn)).isTrue();
                    confirmed.add(sqn);
                }
            } else if (packet.type() == PacketType.RDATA) {
                assertThat(confirmed.remove(packet.sqn())).isTrue();
                assertThat(packet.sqn() - packet.trail()).isNotNegative();
                assertThat(packet.isRepairOf(originals.get(packet.sqn()))).isTrue();
                Long lastNs = repairedAtNs.put(packet.sqn(), packet.atNs());
                assertThat(lastNs == null || packet.atNs() - lastNs >= 2 * MS).isTrue();
            }
        }
    }

    static void checkConfirmations(List<SentPacket> sent) {
        assertThat(sent).filteredOn(packet -> packet.type() == PacketType.NCF).allSatisfy(packet -> {
            assertThat(packet.numbers()).isNotEmpty();
            assertThat(packet.numbers()).doesNotHaveDuplicates();
        });
    }

    /** In no interval does more leave than the bucket and the rate together allow. */
    static void checkRate(List<SentPacket> sent, SourceRig rig) {
        double bucket = Math.max(rig.config.bucketBytes(), 2.0 * (SourceRig.TPDU_PAYLOAD + SourceRig.HEADERS));
        double level = 0;
        long lastNs = sent.get(0).atNs();
        for (SentPacket packet : sent) {
            level = Math.max(0, level - rig.config.maxRateBytesPerSecond() * ((packet.atNs() - lastNs) / 1e9));
            level += packet.length() + SourceRig.HEADERS;
            lastNs = packet.atNs();
            assertThat(level).isLessThanOrEqualTo(bucket + 0.01);
        }
    }
}
