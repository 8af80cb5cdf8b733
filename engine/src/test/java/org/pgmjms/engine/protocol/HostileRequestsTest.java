package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.SourceRig.MS;

import java.util.ArrayList;
import java.util.List;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.wire.Afi;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;

/** A source among requests, statuses and other packets that somebody forges: it keeps all that it promises. */
class HostileRequestsTest {
    private static final int SEQUENCES = 40;
    private static final int PACKETS = 250;

    /** Of the clock; and no deadline comes to be what stands for none. */
    private static final long NEAR_THE_END_NS = Long.MAX_VALUE - 1_234_567;

    private long taken;
    private long repairs;

    @Seeds(fresh = 20, deep = 200)
    void keepsItsPromises(long seed) {
        Gen gen = new Gen(seed);
        for (int i = 0; i < SEQUENCES; i++) {
            sequence(gen);
        }

        assertThat(taken).isGreaterThan(SEQUENCES * PACKETS / 4);
        assertThat(repairs).isGreaterThan(SEQUENCES);
    }

    private void sequence(Gen gen) {
        int firstSqn = gen.sqn();
        SourceConfigBuilder config = new SourceConfigBuilder()
                .firstSqn(firstSqn)
                .rate(100_000 + gen.below(10_000_000), 4_000 + gen.below(100_000))
                .window(20_000 + gen.below(1 << 18), 10 + gen.below(500), (1 + gen.below(2_000)) * MS)
                .naks(1 + gen.below(100), 1 + gen.below(2_000));
        if (gen.oneIn(2)) {
            config.slowest(1 + gen.below(4), (1 + gen.below(3_000)) * MS, (1 + gen.below(3_000)) * MS);
        }
        SourceRig rig = new SourceRig(config, SourceSpis.PLAIN, NEAR_THE_END_NS - gen.below(2_000) * MS);
        rig.source.open(rig.nowNs);
        HostilePackets packets =
                new HostilePackets(gen, rig.config.tsi(), SourceRig.PORT, SourceRig.PATH, SourceRig.GROUP, firstSqn);
        List<SentPacket> sent = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            if (gen.oneIn(3) && rig.supply.size() < 50) {
                rig.send(gen.bytes(1 + gen.below(gen.oneIn(10) ? 5_000 : 500)));
            }
            packets.trail = rig.source.trail();
            packets.lead = rig.source.lead();
            DecodeResult result = rig.hear(
                    gen.oneIn(6) ? packets.downstream() : packets.upstream(),
                    gen.oneIn(3) ? gen.unicast(Afi.IPV4) : SourceRig.RECEIVER,
                    gen.oneIn(3) ? gen.port() : 5000);
            taken += result == DecodeResult.OK ? 1 : 0;
            if (gen.oneIn(5)) {
                rig.runFor(gen.below(20) * MS);
            }
            sent.addAll(rig.take());
        }
        rig.source.beginFin(rig.nowNs);
        rig.runFor(120_000 * MS);
        sent.addAll(rig.take());
        check(rig, sent, firstSqn);
    }

    private void check(SourceRig rig, List<SentPacket> sent, int firstSqn) {
        assertThat(rig.source.finished()).isTrue();
        assertThat(rig.supply).isEmpty();
        assertThat(rig.count(SourceCounter.EVICTED)).isEqualTo(rig.source.trail() - firstSqn);
        SourceStormTest.checkOrder(sent, firstSqn);
        SourceStormTest.checkRepairs(sent);
        SourceStormTest.checkConfirmations(sent);
        SourceStormTest.checkRate(sent, rig);
        repairs += sent.stream()
                .filter(packet -> packet.type() == PacketType.RDATA)
                .count();
        rig.source.close();
        assertThat(rig.store.out()).isZero();
    }
}
