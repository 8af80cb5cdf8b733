package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.SourceRig.MS;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;

/** When a source sends SPMs, and what they say. RFC 3208, sections 5.1.4, 5.1.5 and 13.3.1. */
class SourceSpmTest {
    private static final byte[] FRAME = {1, 2, 3};

    @Test
    void opensWithThreeSpmsOfAnEmptyWindow() {
        SourceRig rig = new SourceRig(new SourceConfigBuilder());

        rig.source.open(0);
        rig.runFor(1_000 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(sent).extracting(SentPacket::type).containsOnly(PacketType.SPM);
        assertThat(sent).extracting(SentPacket::atMs).containsExactly(0L, 10L, 50L);
        assertThat(sent).extracting(SentPacket::sqn).containsExactly(0, 1, 2);
        assertThat(sent).extracting(SentPacket::trail).containsOnly(0);
        assertThat(sent).extracting(SentPacket::lead).containsOnly(-1);
        assertThat(sent.get(0).view().spm().pathEquals(SourceRig.PATH)).isTrue();
        assertThat(sent.get(0).view().tsi()).isEqualTo(rig.config.tsi().value());
        assertThat(sent.get(0).view().dataDestinationPort()).isEqualTo(SourceRig.PORT);
    }

    @Test
    void sendsNothingBeforeItIsOpen() {
        SourceRig rig = new SourceRig(new SourceConfigBuilder());

        rig.send(FRAME);
        rig.runFor(5_000 * MS);

        assertThat(rig.take()).isEmpty();
        assertThat(rig.source.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }

    @Test
    void staysAtTheAmbientIntervalWhileNothingWasSent() {
        SourceRig rig = SourceRig.opened();

        rig.runFor(5_000 * MS);

        assertThat(rig.take()).extracting(SentPacket::atMs).containsExactly(2_050L, 4_050L);
        assertThat(rig.idles).isZero();
    }

    @Test
    void doublesHeartbeatsAfterData() {
        SourceRig rig = SourceRig.opened();

        rig.send(FRAME);
        rig.runFor(8_000 * MS);

        assertThat(rig.take(PacketType.SPM))
                .extracting(SentPacket::atMs)
                .containsExactly(150L, 250L, 450L, 850L, 1_650L, 3_250L, 5_250L, 7_250L);
    }

    @Test
    void keepsTheAmbientIntervalUnderLoad() {
        SourceRig rig = SourceRig.opened();

        for (int i = 0; i < 650; i++) {
            rig.send(FRAME);
            rig.runFor(10 * MS);
        }

        assertThat(rig.take(PacketType.SPM)).extracting(SentPacket::atMs).containsExactly(2_050L, 4_050L, 6_050L);
    }

    @Test
    void saysTheLeadThatWasReallySent() {
        SourceRig rig = SourceRig.opened();
        rig.socketRoom = 2;

        for (int i = 0; i < 5; i++) {
            rig.supply(new byte[1000]);
        }
        rig.source.trySend(rig.nowNs);
        rig.socketRoom = Long.MAX_VALUE;
        rig.source.announce(rig.nowNs);

        List<SentPacket> sent = rig.take();
        assertThat(sent).extracting(SentPacket::type).endsWith(PacketType.SPM);
        assertThat(sent.get(2).lead()).isEqualTo(1);
        assertThat(rig.source.lead()).isEqualTo(1);
    }

    @Test
    void tellsWhenAndWhereTheSessionWasBorn() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().firstSqn(77));

        rig.source.announce(rig.nowNs);
        SentPacket before = rig.take().get(0);
        rig.send(FRAME);
        rig.send(FRAME);
        rig.runFor(1_234 * MS);
        rig.source.announce(rig.nowNs);
        SentPacket after = rig.take(PacketType.SPM).get(4);

        assertThat(before.view().options().session().ageMillis()).isZero();
        assertThat(before.view().options().session().firstSqn()).isEqualTo(77);
        assertThat(before.view().options().session().unicastPort()).isEqualTo(SourceRig.UNICAST_PORT);
        assertThat(after.view().options().session().ageMillis()).isEqualTo(1_234);
        assertThat(after.view().options().session().firstSqn()).isEqualTo(77);
    }

    @Test
    void staysMuteAboutItselfWhenToldTo() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().quiet());

        rig.source.announce(rig.nowNs);

        assertThat(rig.take().get(0).has(OptionType.SESSION)).isFalse();
    }

    @Test
    void tellsItsOwnerOnceAnIdlePeriod() {
        SourceRig rig = SourceRig.opened();

        rig.send(FRAME);
        rig.runFor(49 * MS);
        assertThat(rig.idles).isZero();
        rig.runFor(20_000 * MS);
        assertThat(rig.idles).isEqualTo(1);
        rig.send(FRAME);
        rig.runFor(20_000 * MS);
        assertThat(rig.idles).isEqualTo(2);
    }

    @Test
    void sendsTheHeadsBeforeTheFirstHeartbeatAndOnlyOnce() {
        SourceRig rig = SourceRig.opened();
        rig.heads.add(new byte[] {9});

        rig.send(FRAME);
        rig.runFor(30_000 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(sent.stream().filter(SentPacket::isData).map(SentPacket::atMs))
                .containsExactly(100L, 150L);
        assertThat(sent.get(2).type()).isEqualTo(PacketType.SPM);
        assertThat(sent.get(2).atMs()).isEqualTo(150);
        assertThat(sent.get(2).lead()).isEqualTo(1);
        assertThat(sent.get(3).atMs()).isEqualTo(200);
        assertThat(rig.idles).isEqualTo(1);
    }

    @Test
    void isNotIdleWhileDataWaits() {
        SourceRig rig = SourceRig.opened();
        rig.send(FRAME);
        rig.socketRoom = 0;

        rig.send(FRAME);
        rig.runFor(500 * MS);

        assertThat(rig.idles).isZero();
    }

    @Test
    void answersARequestAtOnce() {
        SourceRig rig = SourceRig.opened();
        rig.runFor(900 * MS);

        rig.spmr();

        assertThat(rig.take()).extracting(SentPacket::atMs).containsExactly(1_000L);
        assertThat(rig.source.lastUpstreamNs()).isEqualTo(rig.nowNs);
    }

    @Test
    void answersTheSecondCopyOfARequestNotAtAll() {
        SourceRig rig = SourceRig.opened();
        rig.runFor(900 * MS);

        rig.spmr();
        rig.runFor(MS);
        rig.spmr();
        rig.runFor(200 * MS);

        assertThat(rig.take()).hasSize(1);
        assertThat(rig.count(SourceCounter.SPMRS_RECEIVED)).isEqualTo(2);
        assertThat(rig.count(SourceCounter.SPMRS_SUPPRESSED)).isEqualTo(1);
    }

    @Test
    void answersAFloodOfRequestsOnceAHeartbeatInterval() {
        SourceRig rig = SourceRig.opened();
        rig.runFor(900 * MS);

        for (int i = 0; i < 10_000; i++) {
            rig.spmr();
            rig.runFor(MS / 10);
        }

        assertThat(rig.take()).hasSizeBetween(15, 21);
    }

    @Test
    void answersADiscoveryWithinFiveMilliseconds() {
        SourceRig rig = SourceRig.opened();
        rig.runFor(900 * MS);

        rig.discover();
        rig.discover();
        rig.runFor(100 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).atNs()).isBetween(1_000 * MS, 1_005 * MS);
        assertThat(rig.source.lastUpstreamNs()).isZero();
    }

    @Test
    void answersADiscoveryThatCameRightAfterAnSpm() {
        SourceRig rig = SourceRig.opened();
        rig.source.announce(rig.nowNs);
        rig.take();

        rig.runFor(MS);
        rig.discover();
        rig.runFor(60 * MS);

        assertThat(rig.take()).extracting(SentPacket::atMs).containsExactly(150L);
    }

    @Test
    void offersNoHistoryUnlessToldTo() {
        SourceRig rig = SourceRig.opened();

        rig.sendPackets(10);
        rig.source.announce(rig.nowNs);

        assertThat(rig.take(PacketType.SPM).get(0).has(OptionType.JOIN)).isFalse();
    }

    @Test
    void offersAllHistoryWhileTheWindowIsFarFromFull() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().lateJoinPercent(75));

        rig.source.announce(rig.nowNs);
        assertThat(rig.take().get(0).has(OptionType.JOIN)).isFalse();
        rig.sendPackets(10);
        rig.source.announce(rig.nowNs);

        assertThat(rig.take(PacketType.SPM).get(0).view().options().joinSqn()).isZero();
    }

    @Test
    void offersTheYoungerPartOfAFullWindow() {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().window(1 << 20, 100, 10_000 * MS).lateJoinPercent(75));

        rig.sendPackets(500);
        rig.source.announce(rig.nowNs);

        SentPacket spm = rig.take(PacketType.SPM).get(0);
        assertThat(spm.trail()).isEqualTo(400);
        assertThat(spm.view().options().joinSqn()).isEqualTo(425);
    }

    @Test
    void offersNothingThatIsAboutToAge() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().lateJoinPercent(50));

        for (int i = 0; i < 10; i++) {
            rig.sendPackets(1);
            rig.runFor(900 * MS);
        }
        rig.source.announce(rig.nowNs);

        List<SentPacket> spms = rig.take(PacketType.SPM);
        SentPacket spm = spms.get(spms.size() - 1);
        assertThat(spm.trail()).isZero();
        assertThat(spm.view().options().joinSqn()).isEqualTo(5);
    }

    @Test
    void repeatsAnSpmThatTheSocketRefused() {
        SourceRig rig = SourceRig.opened();
        rig.runFor(900 * MS);
        rig.socketRoom = 0;

        rig.source.announce(rig.nowNs);
        rig.runFor(3 * MS);
        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(3 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(sent).extracting(SentPacket::atMs).containsExactly(1_004L);
        assertThat(sent).extracting(SentPacket::sqn).containsExactly(3);
    }

    @Test
    void offersNoMoreBytesThanItsPartOfTheWindow() {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().window(20_000, 4_096, 10_000 * MS).lateJoinPercent(50));
        for (int i = 0; i < 19; i++) {
            rig.send(new byte[1_000]);
        }
        rig.take();

        rig.source.announce(rig.nowNs);

        // half of 20,000 bytes are 9 of 19 packets of 1,024
        assertThat(rig.take(PacketType.SPM).get(0).view().options().joinSqn()).isEqualTo(10);
    }

    @Test
    void anSpmWaitsForTheRateAndNotLonger() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(1_000, 1_024));
        int sent = 0;
        for (int i = 0; i < 100 && sent == i; i++) {
            rig.source.announce(rig.nowNs);
            sent += rig.take(PacketType.SPM).size();
        }
        long startNs = rig.nowNs;
        long readyNs = rig.source.nextDeadlineNs();
        assertThat(readyNs).isBetween(startNs + 1, startNs + 200 * MS);

        rig.runFor(readyNs - startNs - 1);
        rig.source.announce(rig.nowNs);
        assertThat(rig.take()).isEmpty();
        rig.runFor(1);

        assertThat(rig.take(PacketType.SPM)).hasSize(1);
        assertThat(rig.count(SourceCounter.SPM_SENT)).isEqualTo(3 + sent + 1);
    }

    @Test
    void anSpmThatTheSocketRefusedCostsNothing() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(1, 1_024));
        rig.socketRoom = 0;
        for (int i = 0; i < 100; i++) {
            rig.source.announce(rig.nowNs);
            rig.runFor(MS);
        }
        assertThat(rig.count(SourceCounter.SEND_REFUSED)).isGreaterThanOrEqualTo(100);
        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(MS);

        assertThat(rig.take(PacketType.SPM))
                .hasSize(1)
                .first()
                .extracting(SentPacket::sqn)
                .isEqualTo(3);
    }
}
