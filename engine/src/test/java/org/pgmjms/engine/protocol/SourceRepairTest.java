package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.SourceRig.MS;
import static org.pgmjms.engine.protocol.SourceRig.numbers;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.wire.Afi;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;

/** What a source does about NAKs. RFC 3208, sections 5.2, 5.3 and 9.1. */
class SourceRepairTest {
    private static final int MAX_TSDU = SourceRig.TPDU_PAYLOAD - 24;

    @Test
    void confirmsThenRepairs() {
        SourceRig rig = sent(10);
        rig.runFor(5 * MS);

        rig.nak(3);

        List<SentPacket> sent = rig.take();
        assertThat(sent).extracting(SentPacket::type).containsExactly(PacketType.NCF, PacketType.RDATA);
        assertThat(sent.get(0).numbers()).containsExactly(3);
        assertThat(sent.get(0).view().nak().sourceEquals(SourceRig.PATH)).isTrue();
        assertThat(sent.get(0).view().nak().groupEquals(SourceRig.GROUP)).isTrue();
        assertThat(sent.get(0).view().tsi()).isEqualTo(rig.config.tsi().value());
        assertThat(sent.get(1).payload()).containsExactly(3);
        assertThat(rig.count(SourceCounter.RDATA_SENT)).isEqualTo(1);
        assertThat(rig.source.lastUpstreamNs()).isEqualTo(rig.nowNs);
    }

    @Test
    void repairsWithTheOptionsOfTheOriginal() {
        SourceRig rig = SourceRig.opened();
        rig.send(new byte[5000]);
        List<SentPacket> originals = rig.take(PacketType.ODATA);

        rig.nak(0, 1);

        List<SentPacket> repairs = rig.take(PacketType.RDATA);
        assertThat(repairs).hasSize(2);
        assertThat(repairs.get(0).isRepairOf(originals.get(0))).isTrue();
        assertThat(repairs.get(1).isRepairOf(originals.get(1))).isTrue();
        assertThat(repairs.get(0).has(OptionType.SYN)).isTrue();
        assertThat(repairs.get(1).view().options().fragmentOffset())
                .isEqualTo(originals.get(1).view().options().fragmentOffset());
    }

    @Test
    void putsTheTrailOfTheMomentIntoARepair() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(1 << 20, 10, 10_000 * MS));
        rig.sendPackets(15);
        rig.take();

        rig.nak(14);

        assertThat(rig.take(PacketType.RDATA).get(0).trail()).isEqualTo(5);
    }

    @Test
    void answersAListWithOneConfirmation() {
        SourceRig rig = sent(100);

        rig.nak(IntStream.range(10, 73).toArray());

        List<SentPacket> sent = rig.take();
        assertThat(sent.get(0).numbers())
                .containsExactly(IntStream.range(10, 73).toArray());
        assertThat(numbers(sent, PacketType.NCF)).hasSize(1);
        assertThat(numbers(sent, PacketType.RDATA))
                .containsExactlyElementsOf(IntStream.range(10, 73).boxed().toList());
        assertThat(rig.count(SourceCounter.NAK_NUMBERS)).isEqualTo(63);
    }

    @Test
    void leavesOutNumbersThatWereNeverSent() {
        SourceRig rig = sent(3);

        rig.nak(1, 2, 3);
        rig.runFor(5 * MS);
        rig.nak(3, 4);
        rig.nak(-1);

        List<SentPacket> sent = rig.take();
        assertThat(sent)
                .extracting(SentPacket::type)
                .containsExactly(PacketType.NCF, PacketType.RDATA, PacketType.RDATA);
        assertThat(sent.get(0).numbers()).containsExactly(1, 2);
        assertThat(rig.count(SourceCounter.NAKS_BEYOND_LEAD)).isEqualTo(4);
    }

    @Test
    void leavesOutNumbersThatTheSocketHasNotTakenYet() {
        SourceRig rig = sent(3);
        rig.socketRoom = 0;
        rig.sendPackets(1);
        rig.socketRoom = Long.MAX_VALUE;

        rig.nak(3);

        assertThat(rig.take()).isEmpty();
    }

    @Test
    void confirmsWhatHasLeftTheWindowAndTellsTheTruth() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(1 << 20, 10, 10_000 * MS));
        rig.sendPackets(30);
        rig.runFor(60 * MS);
        rig.take();
        rig.runFor(60 * MS);

        rig.nak(5);
        rig.nak(6);
        rig.runFor(MS);

        List<SentPacket> sent = rig.take();
        assertThat(sent).extracting(SentPacket::type).containsExactly(PacketType.NCF, PacketType.SPM, PacketType.NCF);
        assertThat(sent.get(1).trail()).isEqualTo(20);
        assertThat(rig.count(SourceCounter.NAKS_TOO_LATE)).isEqualTo(2);
    }

    @Test
    void repairsANumberOnceHoweverOftenItIsAskedFor() {
        SourceRig rig = sent(3);

        for (int i = 0; i < 10; i++) {
            rig.nakFrom(SourceRig.RECEIVER, 5000 + i, 1);
            rig.runFor(MS / 10);
        }

        assertThat(rig.take()).extracting(SentPacket::type).containsExactly(PacketType.NCF, PacketType.RDATA);
        assertThat(rig.count(SourceCounter.NAK_DUPLICATES)).isEqualTo(9);
    }

    @Test
    void repairsAgainOnceTheHoldOffHasPassed() {
        SourceRig rig = sent(3);

        for (int i = 0; i < 1_000; i++) {
            rig.nakFrom(SourceRig.RECEIVER, i, 1);
            rig.runFor(2 * MS);
        }

        List<SentPacket> sent = rig.take();
        assertThat(numbers(sent, PacketType.NCF)).hasSize(1_000);
        assertThat(numbers(sent, PacketType.RDATA)).hasSize(1_000);
    }

    @Test
    void toleratesTheFirstNumberOfAListAskedForAgain() {
        SourceRig rig = sent(20);

        rig.nak(10, 11, 12);
        rig.nak(10);

        assertThat(rig.take())
                .extracting(SentPacket::type)
                .containsExactly(PacketType.NCF, PacketType.RDATA, PacketType.RDATA, PacketType.RDATA);
    }

    @Test
    void ignoresNaksForOthers() {
        SourceRig rig = sent(3);

        rig.nak(rig.nakOf(PacketType.NAK)
                .source(SourceRig.RECEIVER)
                .group(SourceRig.GROUP)
                .sqn(1));
        rig.nak(rig.nakOf(PacketType.NAK)
                .source(SourceRig.PATH)
                .group(Nla.ipv4(0xEFC00002))
                .sqn(1));
        rig.nak(rig.nakOf(PacketType.NAK)
                .source(SourceRig.PATH)
                .group(SourceRig.GROUP)
                .sqn(1)
                .parity());
        assertThat(rig.count(SourceCounter.NAKS_FOREIGN)).isEqualTo(3);
        rig.nak(rig.nakOf(PacketType.NAK)
                .session(rig.config.tsi().value() + 1, SourceRig.PORT)
                .source(SourceRig.PATH)
                .group(SourceRig.GROUP)
                .sqn(1));
        rig.nak(rig.nakOf(PacketType.NAK)
                .session(rig.config.tsi().value(), SourceRig.PORT + 1)
                .source(SourceRig.PATH)
                .group(SourceRig.GROUP)
                .sqn(1));

        assertThat(rig.take()).isEmpty();
        assertThat(rig.source.lastUpstreamNs()).isEqualTo(100 * MS);
    }

    @Test
    void neverAnswersANullNak() {
        SourceRig rig = sent(3);

        rig.nak(rig.nakOf(PacketType.NNAK)
                .source(SourceRig.PATH)
                .group(SourceRig.GROUP)
                .sqn(1));

        assertThat(rig.take()).isEmpty();
        assertThat(rig.count(SourceCounter.NNAKS_RECEIVED)).isEqualTo(1);
    }

    @Test
    void listensToNoSenderMoreThanItsBudgetAllows() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().naks(5, 100));
        rig.sendPackets(50);
        rig.take();

        for (int i = 0; i < 50; i++) {
            rig.nak(i);
        }

        assertThat(rig.take(PacketType.RDATA)).hasSize(5);
        assertThat(rig.count(SourceCounter.NAKS_OVER_BUDGET)).isEqualTo(45);
    }

    @Test
    void countsWhatCameThroughItsOwnHostOnlyInAll() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().naks(5, 100));
        rig.sendPackets(50);
        rig.take();

        for (int i = 0; i < 25; i++) {
            rig.nakFrom(SourceRig.PATH, 5000, i);
            rig.nakFrom(Nla.ipv4(0x7F000001), 5000, 25 + i);
        }

        assertThat(rig.take(PacketType.RDATA)).hasSize(50);
    }

    @Test
    void repairsOldestFirst() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(1_000_000, 6_000));
        fill(rig, 30);

        rig.nak(26, 27, 28);
        rig.nak(20, 25);
        rig.nak(3, 22);
        rig.runFor(100 * MS);

        assertThat(numbers(rig.take(), PacketType.RDATA)).containsExactly(26, 27, 3, 20, 22, 25, 28);
    }

    @Test
    void letsRepairsHaveTheirShareWhileDataWaits() {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().rate(1_000_000, 6_000).repairShare(0.25));
        fill(rig, 400);
        waitingData(rig, 400);

        askForAll(rig, 0, 80);
        rig.runFor(200 * MS);

        List<SentPacket> sent = rig.take();
        long repairs = bytes(sent, PacketType.RDATA);
        long data = bytes(sent, PacketType.ODATA);
        assertThat(repairs / (double) (repairs + data)).isBetween(0.20, 0.30);
        assertThat(repairs + data).isGreaterThan(180_000);
    }

    @Test
    void neverLetsRepairsStarve() {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().rate(1_000_000, 6_000).repairShare(0));
        fill(rig, 400);
        waitingData(rig, 1_500);

        askForAll(rig, 0, 80);
        rig.runFor(1_000 * MS);

        List<SentPacket> sent = rig.take();
        long repairs = bytes(sent, PacketType.RDATA);
        long data = bytes(sent, PacketType.ODATA);
        assertThat(repairs / (double) (repairs + data)).isBetween(0.04, 0.07);
    }

    @Test
    void givesRepairsEverythingWhenNoDataWaits() {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().rate(1_000_000, 6_000).repairShare(0.1));
        fill(rig, 400);

        askForAll(rig, 0, 63);
        rig.runFor(100 * MS);

        assertThat(rig.take(PacketType.RDATA)).hasSize(63);
    }

    @Test
    void letsDataWaitWhenAQuarterOfTheWindowIsAskedFor() {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().rate(1_000_000, 6_000).repairShare(0.25));
        fill(rig, 100);
        waitingData(rig, 100);
        rig.take();

        askForAll(rig, 0, 63);
        rig.runFor(40 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(numbers(sent, PacketType.ODATA)).isEmpty();
        assertThat(numbers(sent, PacketType.RDATA)).hasSizeGreaterThan(20);
        rig.runFor(400 * MS);
        assertThat(numbers(rig.take(), PacketType.ODATA)).hasSize(97);
    }

    @Test
    void cannotBeSilencedByAFloodOfRequests() {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().rate(1_000_000, 6_000).window(1 << 20, 500, 10_000 * MS));
        fill(rig, 400);
        waitingData(rig, 4_000);
        rig.take();

        for (int i = 0; i < 50_000; i++) {
            int first = rig.source.lead() - 1 - i * 37 % 400;
            Nla sender = Nla.ipv4(0x0A000000 + i);
            rig.nakFrom(sender, i & 0xFFFF, first, first + 1);
            rig.runFor(MS / 10);
        }

        List<SentPacket> sent = rig.take();
        long all = sent.stream()
                .mapToLong(packet -> packet.length() + SourceRig.HEADERS)
                .sum();
        assertThat(all).isLessThanOrEqualTo(5_000_000 + 6_000);
        assertThat(bytes(sent, PacketType.ODATA)).isGreaterThan(900_000);
        assertThat(bytes(sent, PacketType.NCF)).isLessThanOrEqualTo(500_000 + 6_000);
        assertThat(sent.stream()
                        .filter(packet -> packet.type() == PacketType.SPM)
                        .count())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void keepsAPacketUntilItIsRepaired() {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().rate(1_000_000, 6_000).window(1 << 20, 20, 10_000 * MS));
        fill(rig, 20);
        rig.socketRoom = 1;

        rig.nak(0);
        waitingData(rig, 5);
        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(100 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(numbers(sent, PacketType.RDATA)).containsExactly(0);
        assertThat(numbers(sent, PacketType.ODATA)).hasSize(5);
        assertThat(sent.get(0).type()).isEqualTo(PacketType.NCF);
        assertThat(sent.get(1).type()).isEqualTo(PacketType.RDATA);
        assertThat(rig.count(SourceCounter.EVICTED_WITH_REPAIR)).isZero();
    }

    @Test
    void keepsAPacketThatIsNeverRepairedForABoundedTime() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(1 << 20, 100, 1_000 * MS));
        rig.sendPackets(5);
        rig.socketRoom = 1;

        rig.nak(2);
        rig.runFor(1_400 * MS);
        int before = rig.source.trail();
        rig.runFor(101 * MS);

        assertThat(before).isEqualTo(2);
        assertThat(rig.source.trail()).isEqualTo(5);
        assertThat(rig.count(SourceCounter.EVICTED_WITH_REPAIR)).isEqualTo(1);
    }

    @Test
    void repairsNothingThatItCouldNotConfirm() {
        SourceRig rig = sent(5);
        rig.socketRoom = 0;

        rig.nak(2);
        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(10 * MS);
        assertThat(rig.take()).isEmpty();
        rig.nak(2);

        assertThat(rig.take()).extracting(SentPacket::type).containsExactly(PacketType.NCF, PacketType.RDATA);
    }

    @Test
    void sendsARefusedRepairAgain() {
        SourceRig rig = sent(5);
        rig.socketRoom = 2;

        rig.nak(1, 2, 3);
        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(2 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(numbers(sent, PacketType.RDATA)).containsExactly(1, 2, 3);
        assertThat(sent.get(2).atNs()).isEqualTo(101 * MS);
        assertThat(rig.count(SourceCounter.RDATA_SENT)).isEqualTo(3);
    }

    @Test
    void speaksIpv6() {
        Nla path = new Nla(Afi.IPV6, 0xFD77L << 48, 1);
        Nla group = new Nla(Afi.IPV6, 0xFF15L << 48, 0x7500);
        SourceRig rig = SourceRig.onIpv6(path, group);
        rig.source.open(0);
        rig.sendPackets(100);

        rig.nak(IntStream.range(10, 73).toArray());

        List<SentPacket> sent = rig.take();
        assertThat(sent.get(0).view().spm().pathEquals(path)).isTrue();
        SentPacket confirmation = sent.stream()
                .filter(packet -> packet.type() == PacketType.NCF)
                .findFirst()
                .orElseThrow();
        assertThat(confirmation.view().nak().sourceEquals(path)).isTrue();
        assertThat(confirmation.view().nak().groupEquals(group)).isTrue();
        assertThat(confirmation.numbers()).hasSize(63);
        assertThat(numbers(sent, PacketType.RDATA)).hasSize(63);
    }

    @Test
    void servesRepairsWithoutAnyCallOfItsOwner() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(4 << 20, 4_096, 70_000 * MS));
        rig.sendPackets(5);

        for (int second = 1; second <= 60; second++) {
            rig.runFor(1_000 * MS);
            rig.take();
            rig.nak(second % 5);
            assertThat(numbers(rig.take(), PacketType.RDATA)).containsExactly(second % 5);
        }
    }

    private static SourceRig sent(int packets) {
        SourceRig rig = SourceRig.opened();
        rig.sendPackets(packets);
        rig.take();
        return rig;
    }

    /** Sends that many full packets, in so much time that the bucket is full again. */
    private static void fill(SourceRig rig, int packets) {
        for (int i = 0; i < packets; i++) {
            rig.send(new byte[MAX_TSDU]);
            rig.runFor(2 * MS);
        }
        rig.runFor(20 * MS);
        rig.take();
    }

    private static void waitingData(SourceRig rig, int packets) {
        for (int i = 0; i < packets; i++) {
            rig.supply(new byte[MAX_TSDU]);
        }
        rig.source.trySend(rig.nowNs);
    }

    private static void askForAll(SourceRig rig, int from, int to) {
        for (int first = from; first < to; first += 60) {
            rig.nak(IntStream.range(first, Math.min(to, first + 60)).toArray());
        }
    }

    private static long bytes(List<SentPacket> sent, PacketType type) {
        return sent.stream()
                .filter(packet -> packet.type() == type)
                .mapToLong(packet -> packet.length() + SourceRig.HEADERS)
                .sum();
    }

    @Test
    void countsWhatIsAskedForAndWhoAsks() {
        SourceRig rig = sent(10);
        Nla other = Nla.ipv4(0x0A4D0009);

        rig.nak(1, 2, 3);
        rig.nakFrom(other, 6_000, 4);

        assertThat(rig.count(SourceCounter.NAKS_RECEIVED)).isEqualTo(2);
        assertThat(rig.count(SourceCounter.NAK_NUMBERS)).isEqualTo(4);
        assertThat(rig.count(SourceCounter.NCF_SENT)).isEqualTo(2);
        assertThat(rig.source.nakSenders())
                .containsExactly(
                        new NakSenderStats(SourceRig.RECEIVER, 5_000, 1, 3), new NakSenderStats(other, 6_000, 1, 1));
    }

    @Test
    void aConfirmationThatTheSocketRefusedIsNoConfirmation() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(1, 1_024));
        rig.sendPackets(3);
        rig.take();
        rig.socketRoom = 0;

        for (int i = 0; i < 8; i++) {
            rig.nak(1);
        }

        assertThat(rig.count(SourceCounter.SEND_REFUSED)).isEqualTo(8);
        assertThat(rig.count(SourceCounter.NCF_SENT)).isZero();
        assertThat(rig.source.queuedRepairs()).isZero();
    }

    @Test
    void whatTheRateDoesNotLetItConfirmIsNotRepaired() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(1_000, 3_000));
        rig.sendPackets(40);
        rig.take();

        for (int i = 0; i < 40; i++) {
            rig.nak(i % 20);
            rig.runFor(3 * MS);
        }

        List<SentPacket> sent = rig.take();
        assertThat(numbers(sent, PacketType.NCF)).containsAll(numbers(sent, PacketType.RDATA));
        assertThat(rig.count(SourceCounter.NCF_SENT)).isBetween(5L, 35L);
        assertThat(rig.count(SourceCounter.NAKS_OVER_BUDGET)).isPositive();
        assertThat(rig.count(SourceCounter.NAK_FLOODS)).isEqualTo(1);
    }

    @Test
    void whatWaitsToBeRepairedIsNotConfirmedAgainBeforeTheHoldOff() {
        SourceRig rig = sent(5);
        rig.socketRoom = 1;
        rig.nak(1);
        assertThat(rig.take()).extracting(SentPacket::type).containsExactly(PacketType.NCF);
        rig.socketRoom = Long.MAX_VALUE;

        rig.nak(1);
        assertThat(numbers(rig.take(), PacketType.NCF)).isEmpty();
        rig.nak(1, 2);

        assertThat(numbers(rig.take(), PacketType.NCF)).containsExactly(1);
        assertThat(rig.count(SourceCounter.NAK_DUPLICATES)).isEqualTo(2);
    }
}
