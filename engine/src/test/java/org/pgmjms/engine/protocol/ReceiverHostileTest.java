package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.DPORT;
import static org.pgmjms.engine.protocol.ReceiverRig.GROUP;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.OTHER_HOST;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;
import static org.pgmjms.engine.protocol.ReceiverRig.SOURCE;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PollEncoder;
import org.pgmjms.engine.wire.SpmrEncoder;

/** One forged packet, or many of no use, cost no message and little memory. */
class ReceiverHostileTest {
    /** As far ahead as a stream may jump. */
    private static final int FAR = StreamBounds.FAR;

    private ReceiverRig rig = new ReceiverRig().established(0);

    private void rig(Consumer<Config> change) {
        rig.close();
        rig = new ReceiverRig(Config.with(change));
    }

    @AfterEach
    void holdsNothingInTheEnd() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
    }

    private void streamGoesOn() {
        int sqn = rig.odata();
        rig.odata();
        rig.spm();
        assertThat(rig.heard.takeDeliveries()).contains("apdu " + sqn, "apdu " + (sqn + 1));
        rig.advance(2 * SECOND);
        assertThat(rig.heard.takeDeliveries()).isEmpty();
        assertThat(rig.count(ReceiverCounter.LOST)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {5000, 1 << 20, FAR - 10, FAR, FAR + 1, Integer.MAX_VALUE})
    void oneDataPacketFarAheadChangesNothing(int ahead) {
        rig.odata();

        rig.data(PacketType.ODATA, ahead, ahead);
        rig.data(PacketType.ODATA, ahead, ahead);

        streamGoesOn();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5000, 1 << 20, FAR - 10, FAR + 1, Integer.MAX_VALUE - 10})
    void oneSpmWithAForgedWindowChangesNothing(int ahead) {
        rig.odata();
        int lead = rig.lead;

        rig.trail = lead + ahead;
        rig.lead = lead + ahead;
        rig.spm();
        rig.trail = 0;
        rig.lead = lead;
        rig.spm();

        streamGoesOn();
    }

    /** Found by the simulation's impostor: SPMs of the source between them did not count. */
    @Test
    void twoForgedLeadsWithTheSourceBetweenThemAgreeOnNothing() {
        rig.odata();
        for (int i = 0; i < 10; i++) {
            rig.lead = 100_000;
            rig.spm();
            rig.lead = 0;
            rig.spm();
            rig.advance(SECOND);
        }

        assertThat(rig.count(ReceiverCounter.DISCONTINUITIES)).isEqualTo(10);
        streamGoesOn();
    }

    @Test
    void aForgedLeadIsForgottenInTheEnd() {
        rig.odata();
        rig.lead = 50;
        rig.spm();

        rig.advance(5 * SECOND);
        rig.lead = 0;

        streamGoesOn();
    }

    @Test
    void twoPacketsFarAheadMakeOneLossOfAllBetween() {
        rig.odata();
        rig.heard.take();

        rig.data(PacketType.ODATA, FAR - 1, FAR - 10);
        rig.data(PacketType.ODATA, FAR, FAR - 10);

        assertThat(rig.heard.take())
                .containsExactly("lost 1+" + (FAR - 11) + " TRAIL_PASSED", "resolved " + (FAR - 10));
        rig.advance(2 * MS);
        assertThat(rig.naked()).hasSize(10);
        assertThat(rig.receiver.heldBytes()).isLessThan(8192);
    }

    @Test
    void aJumpLongerThanTheWindowKeepsTheWindow() {
        rig.odata();
        rig.heard.take();

        rig.lead = FAR - 1;
        rig.spm();
        rig.spm();

        assertThat(rig.heard.take())
                .containsExactly("lost 1+" + (FAR - 4097) + " WINDOW_OVERFLOW", "resolved " + (FAR - 4096));
    }

    @Test
    void whatIsFartherAheadThanAStreamMayJumpIsRefused() {
        rig.odata();

        for (int i = 1; i <= 4; i++) {
            rig.data(PacketType.ODATA, FAR + i, FAR - 10);
        }
        rig.trail = FAR;
        rig.lead = FAR + 5;
        rig.spm();
        rig.spm();
        rig.trail = 0;
        rig.lead = 0;

        assertThat(rig.count(ReceiverCounter.OUT_OF_WINDOW)).isEqualTo(4);
        streamGoesOn();
    }

    @Test
    void leadsThatCreepAwayStayWithinReach() {
        int step = 1 << 20;
        rig(config -> config.windowPackets = step);
        rig.established(0);
        rig.odata();
        for (int lead = step; lead > 0; lead += step) {
            rig.lead = lead;
            rig.spm();
        }
        rig.heard.take();

        rig.lead = 0;
        rig.odata();
        rig.advance(200 * SECOND);

        assertThat(rig.heard.takeDeliveries())
                .startsWith("apdu 1")
                .last()
                .asString()
                .startsWith("end EXPIRED");
        assertThat(rig.count(ReceiverCounter.LOST)).isLessThan(FAR);
    }

    @Test
    void theFirstSpmOfAStreamThatHasBegunIsNotBelievedAlone() {
        rig(config -> config.raw = true);
        rig.odata(5);
        rig.trail = 1 << 20;
        rig.lead = 1 << 20;
        rig.spm();
        rig.trail = 0;
        rig.odata(6);
        rig.advance(200 * SECOND);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly("session FROM_LEAD", "apdu 5", "apdu 6", "end EXPIRED 6");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, Integer.MAX_VALUE, FAR, -FAR})
    void dataFarFromTheFirstSpmIsOfNoStream(int far) {
        rig(config -> {});
        rig.data(PacketType.ODATA, far, far);
        rig.established(0);
        rig.odata();
        rig.advance(2 * SECOND);

        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_BIRTH", "apdu 0");
        assertThat(rig.naked()).isEmpty();
    }

    /** Ahead of the lead, but more than half the number space ahead of the edge: found by {@link HostileStreamTest}. */
    @Test
    void numbersBehindTheEdgeByWayOfTheWrapAreOld() {
        rig.odata();
        rig.lead = 4000;
        rig.spm();
        int far = Integer.MIN_VALUE + 100;

        rig.data(PacketType.ODATA, far, far - 10);
        rig.data(PacketType.ODATA, far + 1, far - 10);
        rig.trail = far;
        rig.lead = far + 5;
        rig.spm();
        rig.spm();

        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_BIRTH", "apdu 0");
        rig.trail = 0;
        rig.lead = 4000;
        rig.spm();
        rig.odata(1);
        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 1");
    }

    /** Found by {@link HostileStreamTest}: what was heard of before the jump lay ahead of all that came after it. */
    @Test
    void aResetAfterAJumpLosesNothingFarAhead() {
        rig.odata();
        rig.heard.take();
        rig.data(PacketType.ODATA, FAR - 1, FAR - 1);
        rig.data(PacketType.ODATA, FAR, FAR - 1);
        rig.data(PacketType.ODATA, FAR + 1, FAR - 1);
        rig.data(PacketType.ODATA, FAR + 2, FAR - 1);
        rig.heard.take();

        rig.trail = FAR - 1;
        rig.lead = FAR + 2;
        rig.spm(spm -> spm.rst(1, true));
        rig.spm(spm -> spm.rst(1, true));
        rig.advance(15 * SECOND);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly(
                        "lost " + (FAR - 1) + "+1 RESET",
                        "apdu " + FAR,
                        "apdu " + (FAR + 1),
                        "apdu " + (FAR + 2),
                        "end RST " + (FAR + 2));
    }

    @Test
    void aSecondPacketConfirmsWithinASecondOnly() {
        rig.odata();
        rig.heard.take();

        rig.data(PacketType.ODATA, 100_000, 100_000);
        rig.advance(SECOND + 1);
        rig.data(PacketType.ODATA, 100_001, 100_000);

        assertThat(rig.heard.take()).isEmpty();
        rig.data(PacketType.ODATA, 100_002, 100_000);
        assertThat(rig.heard.take()).startsWith("lost 1+99999 TRAIL_PASSED");
    }

    @Test
    void anSpmWithALowerNumberIsIgnored() {
        rig.spmSqn = 3200;
        rig.spm();
        rig.spmSqn = 20;
        rig.lead = 5;
        rig.spm();

        rig.advance(2 * SECOND);

        assertThat(rig.naked()).isEmpty();
        assertThat(rig.count(ReceiverCounter.SPM_OLD)).isEqualTo(1);
    }

    /** The third SPM of the source is believed; or the next one, when the third has the forged number itself. */
    @ParameterizedTest
    @CsvSource({"1073741824, 1", "65536, 1", "65535, 3", "100, 3", "3, 3", "2, 4", "1, 3", "0, 2", "-2147483648, 1"})
    void aForgedSpmNumberMutesNobodyForLong(int ahead, int intervals) {
        int real = rig.spmSqn;
        rig.spmSqn += ahead;
        rig.spm();
        rig.spmSqn = real;
        rig.lead = 3;
        long forgedNs = rig.nowNs;
        while (rig.naked().isEmpty()) {
            rig.advance(SECOND);
            rig.spm();
            rig.advance(2 * MS);
        }

        assertThat(rig.naked()).containsExactly(0, 1, 2, 3);
        assertThat(rig.nowNs - forgedNs).isEqualTo(intervals * (SECOND + 2 * MS));
    }

    @Test
    void anSpmCannotDirectNaksAtAVictim() {
        rig.lead = 3;
        for (int i = 0; i < 10; i++) {
            rig.spm(spm -> spm.path(OTHER_HOST));
        }
        rig.from = OTHER_HOST;
        rig.spm();
        rig.spm();
        rig.from = SOURCE;
        rig.odata(1);

        rig.advance(2 * MS);

        assertThat(rig.sent(PacketType.NAK)).isNotEmpty().allMatch(nak -> SOURCE.equals(nak.host()));
        assertThat(rig.count(ReceiverCounter.SPM_REFUSED)).isEqualTo(12);
    }

    @Test
    void aSourceThatMovedIsFollowedAfterThreeSpms() {
        rig.from = OTHER_HOST;
        rig.spm();
        rig.spm();
        rig.spm();
        rig.odata(1);

        rig.advance(2 * MS);

        assertThat(rig.sent(PacketType.NAK)).allMatch(nak -> OTHER_HOST.equals(nak.host()));
        assertThat(rig.naked()).containsExactly(0);
    }

    @Test
    void aSessionThatIsStillHeardWhereItWasDoesNotMove() {
        for (int sqn = 0; sqn < 6; sqn++) {
            rig.from = SOURCE;
            rig.odata(sqn);
            rig.from = OTHER_HOST;
            rig.spm();
        }
        rig.odata(6);
        rig.from = SOURCE;
        rig.odata(7);

        rig.advance(2 * MS);

        assertThat(rig.naked()).containsExactly(6);
        assertThat(rig.sent(PacketType.NAK)).allMatch(nak -> SOURCE.equals(nak.host()));
        assertThat(rig.count(ReceiverCounter.SPM_REFUSED)).isEqualTo(6);
    }

    @Test
    void dataFromAnotherAddressIsNotTaken() {
        rig.from = OTHER_HOST;
        rig.odata(0);
        rig.ncf(500);
        rig.advance(2 * SECOND);

        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_BIRTH");
        assertThat(rig.naked()).isEmpty();
    }

    @Test
    void forgedConfirmationsDelayARepairOnceOnly() {
        long normalNs = repairNs(false);
        long delayedNs = repairNs(true);

        assertThat(delayedNs).isBetween(normalNs, 2 * normalNs + 40 * MS);
    }

    /** From a gap to its repair, a round trip after the NAK; with a forged confirmation each millisecond, or without. */
    private long repairNs(boolean isForged) {
        rig(config -> {});
        rig.established(0);
        rig.odata(1);
        long missingNs = rig.nowNs;
        while (rig.sent(PacketType.NAK).isEmpty()) {
            confirm(isForged);
        }
        for (int i = 0; i < 5; i++) {
            confirm(isForged);
        }
        rig.rdata(0);
        assertThat(rig.heard.takeDeliveries()).endsWith("apdu 0 repaired", "apdu 1");
        return rig.nowNs - missingNs;
    }

    private void confirm(boolean isForged) {
        if (isForged) {
            rig.ncf(0);
        }
        rig.advance(MS);
    }

    @Test
    void anNcfRevealsALossNearTheLeadOnly() {
        rig.odata(0);
        rig.ncf(1025 + 1);
        rig.advance(200 * MS);
        assertThat(rig.naked()).isEmpty();

        rig.ncf(2);
        rig.advance(200 * MS);
        assertThat(rig.naked()).contains(1, 2);
    }

    @Test
    void anNcfForWhatIsThereChangesNothing() {
        rig.odata(0);
        rig.odata(2);
        rig.ncf(0);
        rig.ncf(2);

        rig.advance(2 * MS);

        assertThat(rig.naked()).containsExactly(1);
    }

    @Test
    void packetsThatAreNoDataAndNoSpmMakeNoSession() {
        rig(config -> {});
        NakEncoder nak = new NakEncoder();
        SpmrEncoder spmr = new SpmrEncoder();
        PollEncoder poll = new PollEncoder();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 250_000; i++) {
            long tsi = random.nextLong() >>> Short.SIZE;
            for (PacketType type : new PacketType[] {PacketType.NAK, PacketType.NCF}) {
                nak.wrap(rig.buffer, 0).type(type).session(tsi, DPORT);
                rig.feed(nak.source(SOURCE).group(GROUP).sqn(i).finish());
            }
            rig.feed(spmr.wrap(rig.buffer, 0).session(tsi, DPORT).finish());
            poll.wrap(rig.buffer, 0).session(tsi, DPORT).sqn(1).round(1).subType(0);
            rig.feed(poll.path(SOURCE).match(1, 2, 3).finish());
        }

        assertThat(rig.receiver.peers()).isZero();
        assertThat(rig.receiver.halfOpen()).isZero();
        assertThat(rig.receiver.heldBytes()).isZero();
        assertThat(rig.count(ReceiverCounter.NOT_FOR_RECEIVERS)).isEqualTo(250_000);
        assertThat(rig.count(ReceiverCounter.OF_NO_SESSION)).isEqualTo(750_000);
    }

    @Test
    void aFloodOfSessionsHarmsNoEstablishedOneAndLittleElse() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            rig.tsi = new Tsi(random.nextLong() >>> Short.SIZE);
            rig.from = i % 2 == 0 ? OTHER_HOST : Nla.ipv4(0x0B000000 + i);
            rig.data(PacketType.ODATA, i, i);
            rig.advance(SECOND / 100_000);
            assertThat(rig.receiver.halfOpen()).isLessThanOrEqualTo(64);
            assertThat(rig.receiver.heldBytes()).isLessThan(64 * 64 << 10);
        }

        rig.tsi = ReceiverRig.TSI;
        rig.from = SOURCE;
        streamGoesOn();
        assertThat(rig.count(ReceiverCounter.SPMRS_SENT)).isLessThan(40);
    }

    @Test
    void aFloodFromOneAddressLeavesTheOthersHalfOpenSessionsAlone() {
        rig(config -> {});
        rig.hasOption = false;
        rig.lead = 6;
        rig.odata(7);

        rig.from = OTHER_HOST;
        for (int i = 0; i < 1000; i++) {
            rig.tsi = new Tsi(1_000L + i);
            rig.data(PacketType.ODATA, i, i);
        }
        rig.tsi = ReceiverRig.TSI;
        rig.from = SOURCE;
        rig.lead = 7;
        rig.spm();

        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_LEAD", "apdu 7");
    }

    @Test
    void takesNoMoreSessionsThanAllowed() {
        rig(config -> config.maxPeers = 2);
        for (int i = 0; i < 4; i++) {
            rig.tsi = new Tsi(1_000L + i);
            rig.from = Nla.ipv4(0x0A000010 + i);
            rig.spm();
            rig.spm();
        }

        assertThat(rig.receiver.peers()).isEqualTo(2);
        assertThat(rig.count(ReceiverCounter.SESSIONS_REFUSED)).isPositive();
    }

    @Test
    void takesNoMoreSessionsFromOneAddressThanAllowed() {
        rig(config -> config.maxPeersPerAddress = 2);
        for (int i = 0; i < 4; i++) {
            rig.tsi = new Tsi(1_000L + i);
            rig.spm();
            rig.spm();
        }

        assertThat(rig.receiver.peers()).isEqualTo(2);
    }

    @Test
    void ownPacketsAndThoseOfOtherPortsAreOfNoInterest() {
        rig.receiver.ignore(99);
        rig.tsi = new Tsi(99);
        rig.odata(0);
        rig.feed(new SpmrEncoder()
                .wrap(rig.buffer, 0)
                .session(ReceiverRig.TSI.value(), DPORT + 1)
                .finish());

        assertThat(rig.count(ReceiverCounter.OWN_PACKETS)).isEqualTo(1);
        assertThat(rig.count(ReceiverCounter.OTHER_PORT)).isEqualTo(1);
        assertThat(rig.receiver.halfOpen()).isZero();
    }

    @Test
    void asksNoFasterThanASourceTakes() {
        rig(config -> {
            config.windowPackets = 1 << 20;
            config.ncfRetries = 1000;
        });
        rig.established(0);
        rig.odata(0);
        rig.odata(500_000);

        rig.advance(SECOND);

        assertThat(rig.sent(PacketType.NAK).size()).isLessThanOrEqualTo(64 + 400);
        assertThat(rig.naked().get(0)).isEqualTo(1);
    }

    @Test
    void keepsOnlyWhatTheBudgetAllowsAndAsksAgain() {
        rig(config -> config.windowBytes = 20_000);
        rig.established(0);
        rig.odata(0);
        for (int sqn = 2; sqn < 1000; sqn++) {
            rig.odata(sqn);
            assertThat(rig.receiver.heldBytes()).isLessThanOrEqualTo(20_000);
        }
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isPositive();

        rig.rdata(1);
        for (int round = 0; round < 400 && !rig.heard.events.contains("apdu 999 repaired"); round++) {
            rig.sent.clear();
            rig.advance(10 * MS);
            rig.naked().forEach(rig::rdata);
        }

        assertThat(rig.heard.take()).contains("apdu 999 repaired").noneMatch(event -> event.startsWith("lost"));
    }
}
