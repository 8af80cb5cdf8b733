package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgmjms.engine.protocol.SourceRig.MS;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** What becomes of the data that a source is given. RFC 3208, sections 5.1.1, 5.1.2 and 9.2. */
class SourceSendingTest {
    private static final int MAX_TSDU = SourceRig.TPDU_PAYLOAD - 24;
    private static final int MAX_FRAGMENT = SourceRig.TPDU_PAYLOAD - 44;

    @Test
    void numbersPacketsInOrder() {
        SourceRig rig = SourceRig.opened();

        rig.sendPackets(1_000);

        List<SentPacket> sent = rig.take(PacketType.ODATA);
        assertThat(sent)
                .extracting(SentPacket::sqn)
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        assertThat(rig.source.lead()).isEqualTo(999);
        assertThat(rig.count(SourceCounter.ODATA_SENT)).isEqualTo(1_000);
        assertThat(rig.count(SourceCounter.ODATA_BYTES)).isEqualTo(1_000);
        assertThat(rig.count(SourceCounter.APDUS)).isEqualTo(1_000);
    }

    @Test
    void wrapsNumbers() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().firstSqn(-2));

        rig.sendPackets(4);
        rig.nak(-2, -1, 0, 1);

        List<SentPacket> sent = rig.take();
        assertThat(SourceRig.numbers(sent, PacketType.ODATA)).containsExactly(-2, -1, 0, 1);
        assertThat(SourceRig.numbers(sent, PacketType.RDATA)).containsExactly(-2, -1, 0, 1);
        assertThat(rig.source.trail()).isEqualTo(-2);
    }

    @Test
    void marksOnlyTheFirstPacketAsTheFirst() {
        SourceRig rig = SourceRig.opened();

        rig.sendPackets(3);

        assertThat(rig.take(PacketType.ODATA))
                .extracting(packet -> packet.has(OptionType.SYN))
                .containsExactly(true, false, false);
    }

    @Test
    void leavesTheMarkOutWhenThereIsNoRoomForIt() {
        SourceRig rig = SourceRig.opened();

        rig.send(new byte[MAX_TSDU]);

        SentPacket sent = rig.take(PacketType.ODATA).get(0);
        assertThat(sent.has(OptionType.SYN)).isFalse();
        assertThat(sent.length()).isEqualTo(SourceRig.TPDU_PAYLOAD);
    }

    @Test
    void packsWhatFitsAndSendsTheRestAtOnce() {
        SourceRig rig = SourceRig.opened();
        rig.sendPackets(1);
        rig.take();

        for (int i = 0; i < 10; i++) {
            rig.supply(new byte[400]);
        }
        boolean waits = rig.source.trySend(rig.nowNs);

        assertThat(waits).isFalse();
        assertThat(rig.take(PacketType.ODATA))
                .extracting(packet -> packet.view().payloadLength())
                .containsExactly(1200, 1200, 1200, 400);
        assertThat(rig.storedRanges).hasSize(5);
    }

    @Test
    void layPacketsOfARunOneBehindAnotherAndPadThemAlike() {
        SourceRig rig = SourceRig.opened();
        rig.sendPackets(1);
        rig.sendsRuns = true;
        rig.pads.clear();

        rig.send(new byte[1400], new byte[1400], new byte[1400]);
        rig.send(new byte[1400]);

        assertThat(rig.pads).containsExactly(0, 1400, 1400, 0);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                MAX_TSDU + 1,
                MAX_TSDU + 4,
                2 * MAX_FRAGMENT - 5,
                2 * MAX_FRAGMENT - 4,
                2 * MAX_FRAGMENT - 3,
                2 * MAX_FRAGMENT - 1,
                2 * MAX_FRAGMENT,
                2 * MAX_FRAGMENT + 1,
                3 * MAX_FRAGMENT,
                15 * MAX_FRAGMENT + 1,
                16 * MAX_FRAGMENT - 4,
                16 * MAX_FRAGMENT - 3,
                16 * MAX_FRAGMENT - 1,
                16 * MAX_FRAGMENT
            })
    void cutsWhatIsLongerThanAPacket(int length) {
        SourceRig first = SourceRig.opened(new SourceConfigBuilder().apdu(16, 65_535));
        SourceRig later = SourceRig.opened(new SourceConfigBuilder().apdu(16, 65_535));
        later.sendPackets(1);
        later.take();
        byte[] apdu = new Gen(length).bytes(length);

        first.send(apdu);
        later.send(apdu);

        checkFragments(first.take(PacketType.ODATA), 0, apdu);
        checkFragments(later.take(PacketType.ODATA), 1, apdu);
        assertThat(first.storedRanges.get(0)).containsExactly(0, first.source.lead());
        assertThat(first.count(SourceCounter.APDUS)).isEqualTo(1);
    }

    private static void checkFragments(List<SentPacket> sent, int firstSqn, byte[] apdu) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (SentPacket packet : sent) {
            assertThat(packet.sqn()).isEqualTo(firstSqn + sent.indexOf(packet));
            assertThat(packet.length()).isLessThanOrEqualTo(SourceRig.TPDU_PAYLOAD);
            assertThat(packet.view().options().fragmentFirstSqn()).isEqualTo(firstSqn);
            assertThat(packet.view().options().fragmentOffset()).isEqualTo(joined.size());
            assertThat(packet.view().options().fragmentApduLength()).isEqualTo(apdu.length);
            joined.writeBytes(packet.payload());
        }
        assertThat(joined.toByteArray()).isEqualTo(apdu);
        assertThat(sent).hasSizeBetween(2, 16);
        int each = sent.get(0).payload().length;
        assertThat(sent.subList(0, sent.size() - 1)).allMatch(packet -> packet.payload().length == each);
        assertThat(each - sent.get(sent.size() - 1).payload().length).isBetween(0, sent.size() - 1);
    }

    @Test
    void cutsAnApduOfEvenLengthIntoPacketsThatAreAllAsLong() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().apdu(16, 65_535));
        rig.sendPackets(1);
        int even = rig.source.evenApduBytes(8_265);

        rig.take();
        rig.send(new byte[even], new byte[even]);

        List<SentPacket> sent = rig.take(PacketType.ODATA);
        assertThat(even).isBetween(8_265, 8_265 + sent.size() / 2 - 1);
        assertThat(sent).extracting(SentPacket::length).containsOnly(sent.get(0).length());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        MAX_TSDU + "," + MAX_TSDU,
        MAX_TSDU + 1 + "," + (MAX_TSDU / 2 + 1) * 2,
        2 * MAX_FRAGMENT + "," + 2 * MAX_FRAGMENT,
        2 * MAX_FRAGMENT + 1 + "," + (2 * MAX_FRAGMENT / 3 + 1) * 3
    })
    void knowsTheEvenLengthOfAnApdu(int length, int even) {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().apdu(16, 65_535));

        assertThat(rig.source.evenApduBytes(length)).isEqualTo(even);
    }

    @Test
    void noEvenLengthIsMoreThanTheLargestApdu() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().apdu(64, 65_535));

        for (int length = 65_000; length <= 65_535; length++) {
            assertThat(rig.source.evenApduBytes(length)).isBetween(length, 65_535);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MAX_TSDU - 9, MAX_TSDU - 8, MAX_TSDU - 7, MAX_TSDU - 1, MAX_TSDU})
    void leavesWholeWhatFitsIntoAPacket(int length) {
        SourceRig rig = SourceRig.opened();
        byte[] frame = new Gen(length).bytes(length);

        rig.send(frame, frame);

        List<SentPacket> sent = rig.take(PacketType.ODATA);
        assertThat(sent).noneMatch(packet -> packet.has(OptionType.FRAGMENT));
        assertThat(sent).allMatch(packet -> packet.length() <= SourceRig.TPDU_PAYLOAD);
        assertThat(sent.stream()
                        .mapToInt(packet -> packet.view().payloadLength())
                        .sum())
                .isEqualTo(2 * length);
        assertThat(rig.source.maxTsduBytes()).isEqualTo(MAX_TSDU);
    }

    @Test
    void knowsTheLargestApdu() {
        assertThat(SourceRig.opened(new SourceConfigBuilder().apdu(16, 65_535))
                        .source
                        .maxApduBytes())
                .isEqualTo(16 * MAX_FRAGMENT);
        assertThat(SourceRig.opened(new SourceConfigBuilder().apdu(64, 65_535))
                        .source
                        .maxApduBytes())
                .isEqualTo(65_535);
        assertThat(SourceRig.opened(new SourceConfigBuilder().apdu(1, 65_535))
                        .source
                        .maxApduBytes())
                .isEqualTo(MAX_TSDU);
        assertThat(SourceRig.opened(new SourceConfigBuilder()
                                .window(200_000, 4096, MS)
                                .apdu(1000, 1 << 20))
                        .source
                        .maxApduBytes())
                .isEqualTo(100_000 / SourceRig.TPDU_PAYLOAD * MAX_FRAGMENT);
    }

    @Test
    void refusesAnApduThatIsTooLarge() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().apdu(16, 65_535));

        assertThatThrownBy(() -> rig.send(new byte[rig.source.maxApduBytes() + 1]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(String.valueOf(rig.source.maxApduBytes()));
    }

    @Test
    void sendsARefusedPacketAgainAfterAMoment() {
        SourceRig rig = SourceRig.opened();
        rig.socketRoom = 1;

        for (int i = 0; i < 4; i++) {
            rig.supply(new byte[] {(byte) i}, new byte[MAX_TSDU]);
        }
        boolean waits = rig.source.trySend(rig.nowNs);

        assertThat(waits).isTrue();
        assertThat(rig.source.hasUnsent()).isTrue();
        assertThat(rig.source.lead()).isZero();
        assertThat(rig.source.nextDeadlineNs()).isEqualTo(rig.nowNs + MS);
        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(MS);
        List<SentPacket> sent = rig.take(PacketType.ODATA);
        assertThat(sent).extracting(SentPacket::sqn).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(sent.get(1).atNs()).isEqualTo(101 * MS);
        assertThat(rig.source.hasUnsent()).isFalse();
        assertThat(rig.count(SourceCounter.SEND_REFUSED)).isEqualTo(7);
    }

    @Test
    void leavesARefusingSocketAloneForAMoment() {
        SourceRig rig = SourceRig.opened();
        rig.socketRoom = 0;

        rig.sendPackets(1);
        rig.socketRoom = Long.MAX_VALUE;
        rig.sendPackets(1);

        assertThat(rig.take()).isEmpty();
        rig.runFor(MS);
        assertThat(rig.take(PacketType.ODATA)).hasSize(2);
    }

    @Test
    void evictsByNumberOfPackets() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(1 << 20, 10, 10_000 * MS));

        rig.sendPackets(25);

        assertThat(rig.source.trail()).isEqualTo(15);
        assertThat(rig.count(SourceCounter.EVICTED)).isEqualTo(15);
        List<SentPacket> sent = rig.take(PacketType.ODATA);
        assertThat(sent.get(9).trail()).isZero();
        assertThat(sent.get(10).trail()).isEqualTo(1);
        assertThat(sent.get(24).trail()).isEqualTo(15);
    }

    @Test
    void evictsByBytes() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(20_000, 1000, 10_000 * MS));

        for (int i = 0; i < 30; i++) {
            rig.send(new byte[1000]);
        }

        assertThat(rig.source.lead() - rig.source.trail() + 1).isEqualTo(19);
        assertThat(rig.source.windowFreeBytes()).isEqualTo(20_000 - 19 * 1024);
    }

    @Test
    void evictsByAge() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(1 << 20, 1000, 1_000 * MS));

        rig.sendPackets(5);
        rig.runFor(600 * MS);
        rig.sendPackets(5);
        rig.runFor(800 * MS);
        int trail = rig.source.trail();
        rig.runFor(10_000 * MS);

        assertThat(trail).isEqualTo(5);
        assertThat(rig.source.trail()).isEqualTo(10);
        List<SentPacket> spms = rig.take(PacketType.SPM);
        SentPacket last = spms.get(spms.size() - 1);
        assertThat(last.trail()).isEqualTo(last.lead() + 1);
    }

    @Test
    void putsTheTrailOfTheMomentIntoEveryPacketOfABatch() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(1 << 20, 40, 10_000 * MS));
        rig.sendPackets(40);
        rig.take();

        for (int i = 0; i < 20; i++) {
            rig.supply(new byte[1448]);
        }
        rig.source.trySend(rig.nowNs);

        assertThat(rig.take(PacketType.ODATA)).extracting(SentPacket::trail).containsOnly(20);
    }

    @Test
    void waitsForTheRateAndWakesAtTheExactTime() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(1_000_000, 10_000));
        rig.runFor(1_000 * MS);

        for (int i = 0; i < 30; i++) {
            rig.supply(new byte[MAX_TSDU]);
        }
        boolean waits = rig.source.trySend(rig.nowNs);
        int atOnce = rig.take(PacketType.ODATA).size();
        long deadlineNs = rig.source.nextDeadlineNs();
        rig.runFor(deadlineNs - rig.nowNs - 1);
        int early = rig.take(PacketType.ODATA).size();
        rig.runFor(1);
        int then = rig.take(PacketType.ODATA).size();
        rig.runFor(100 * MS);

        assertThat(waits).isTrue();
        assertThat(atOnce).isEqualTo(5);
        assertThat(early).isZero();
        assertThat(then).isEqualTo(1);
        assertThat(rig.supply).isEmpty();
        assertThat(rig.count(SourceCounter.RATE_WAITS)).isPositive();
    }

    @Test
    void keepsToARateOfAPacketASecond() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(1_500, 3_000));

        for (int i = 0; i < 50; i++) {
            rig.supply(new byte[MAX_TSDU / 2 + 1]);
        }
        rig.source.trySend(rig.nowNs);
        rig.runFor(10_000 * MS);

        long bytes = rig.take().stream()
                .mapToLong(packet -> packet.length() + SourceRig.HEADERS)
                .sum();
        assertThat(bytes).isBetween(12_000L, 18_200L);
    }

    @Test
    void sendsNoFurtherThanItsLimit() {
        int[] limit = {4};
        SendLimit stopping = new SendLimit() {
            @Override
            public int limitSqn(long nowNs, int lead) {
                return limit[0];
            }

            @Override
            public void onFeedback(long nowNs, Nla from, PacketView packet) {
                // this one is moved by hand
            }
        };
        SourceRig rig = new SourceRig(
                new SourceConfigBuilder(), new SourceSpis(PacketProtection.NONE, Parity.NONE, stopping), 0);
        rig.source.open(0);

        for (int i = 0; i < 10; i++) {
            rig.supply(new byte[MAX_TSDU]);
        }
        boolean waits = rig.source.trySend(0);
        rig.runFor(1_000 * MS);
        assertThat(rig.take(PacketType.ODATA)).hasSize(5);
        assertThat(waits).isTrue();
        limit[0] = 7;
        rig.source.onBatchEnd(rig.nowNs);

        assertThat(rig.take(PacketType.ODATA)).extracting(SentPacket::sqn).containsExactly(5, 6, 7);
    }

    @Test
    void accountsForReservedRoom() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(100_000, 4096, 10_000 * MS));

        assertThat(rig.source.reserve(60_000)).isTrue();
        assertThat(rig.source.reserve(60_000)).isFalse();
        assertThat(rig.source.windowFreeBytes()).isLessThan(40_000);
        rig.source.releaseReserved(60_000);
        assertThat(rig.source.windowFreeBytes()).isEqualTo(100_000);
    }

    @Test
    void keepsPublishedRoomUntilItIsUsed() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(100_000, 4096, 10_000 * MS));
        rig.sendPackets(1);
        assertThat(rig.source.reserve(10_000)).isTrue();

        rig.supply(new byte[10_000]);
        rig.source.publishReserved(10_000);
        long before = rig.source.windowFreeBytes();
        rig.source.trySend(rig.nowNs);
        long after = rig.source.windowFreeBytes();

        assertThat(before).isLessThan(90_000);
        assertThat(after).isBetween(before, 90_000L);
        assertThat(rig.source.reserve(98_000 - 1000)).isTrue();
    }

    @Test
    void givesAllMemoryBack() {
        SourceRig rig = SourceRig.opened();
        for (int i = 0; i < 3_000; i++) {
            rig.send(new byte[MAX_TSDU]);
            rig.runFor(MS / 10);
        }
        assertThat(rig.store.out()).isGreaterThan(4);

        rig.source.close();
        rig.source.close();

        assertThat(rig.store.out()).isZero();
        assertThat(rig.source.finished()).isTrue();
        assertThat(rig.source.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }
}
