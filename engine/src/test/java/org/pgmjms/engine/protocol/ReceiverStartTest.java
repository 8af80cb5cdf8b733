package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;
import static org.pgmjms.engine.protocol.ReceiverRig.SOURCE;
import static org.pgmjms.engine.protocol.ReceiverRig.UDP_PORT;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;

/** How sessions are found, where they start, and when they count. RFC 3208, sections 6.1, 9.4 and 13.3. */
class ReceiverStartTest {
    private ReceiverRig rig = new ReceiverRig();

    private ReceiverRig rig(Consumer<Config> change) {
        rig.close();
        rig = new ReceiverRig(Config.with(change));
        return rig;
    }

    /** A source of another make, or one that was there long before: nobody knows its first number. */
    private void isOlder() {
        rig.bornNs = ReceiverRig.START_NS - 60 * SECOND;
    }

    @AfterEach
    void holdsNothingInTheEnd() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
        assertThat(rig.receiver.peers() + rig.receiver.halfOpen()).isZero();
    }

    @Test
    void anOlderSessionStartsAfterTheLeadOfItsFirstSpm() {
        isOlder();
        rig.trail = 10;
        rig.lead = 99;
        rig.spm();
        rig.spm();
        rig.odata(99);
        rig.odata(100);

        assertThat(rig.heard.take()).containsExactly("session FROM_LEAD", "apdu 100", "resolved 101");
        assertThat(rig.count(ReceiverCounter.OUT_OF_WINDOW)).isEqualTo(1);
        rig.advance(SECOND);
        assertThat(rig.naked()).isEmpty();
    }

    @Test
    void aReceiverThatWasThereFirstGetsTheFirstPacketOrALossReport() {
        rig.firstSqn = 40;
        rig.trail = 40;
        rig.lead = 42;
        rig.spm();
        rig.odata(42);

        assertThat(rig.heard.take()).containsExactly("session FROM_BIRTH");
        rig.advance(2 * MS);
        assertThat(rig.naked()).containsExactly(40, 41);
        rig.rdata(40);
        rig.rdata(41);
        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 40 repaired", "apdu 41 repaired", "apdu 42");
    }

    @Test
    void whatIsGoneOfASessionSinceItsBirthIsReported() {
        rig.trail = 10;
        rig.lead = 19;
        rig.spm();
        rig.spm();

        assertThat(rig.heard.take()).containsExactly("session FROM_BIRTH", "lost 0+10 TRAIL_PASSED", "resolved 10");
    }

    @Test
    void dataHeldBeforeTheFirstSpmIsHandedOutAfterTheSession() {
        rig.hasOption = false;
        rig.odata(7);
        rig.odata(9);
        assertThat(rig.heard.take()).isEmpty();

        rig.lead = 9;
        rig.spm();

        assertThat(rig.heard.take()).containsExactly("session FROM_LEAD", "apdu 7", "resolved 8");
        rig.advance(2 * MS);
        assertThat(rig.naked()).containsExactly(8);
    }

    @Test
    void anSpmThatIsOlderThanTheDataHeldMovesTheStartBack() {
        rig.hasOption = false;
        rig.odata(7);

        rig.lead = 4;
        rig.spm();
        rig.advance(2 * MS);

        assertThat(rig.naked()).containsExactly(5, 6);
    }

    @Test
    void sendsNoNakBeforeTheFirstSpm() {
        rig.odata(7);
        rig.odata(9);

        rig.advance(SECOND);

        assertThat(rig.sent(PacketType.NAK)).isEmpty();
    }

    @Test
    void asksForTheSpmAtOnceAndMoreAndMoreRarely() {
        rig.odata(7);
        assertThat(rig.sent).extracting(ReceiverRig.Sent::where).containsExactly("neighbours", "host");
        assertThat(rig.sent.get(1).host()).isEqualTo(SOURCE);
        assertThat(rig.sent.get(1).port()).isEqualTo(UDP_PORT);
        assertThat(rig.count(ReceiverCounter.SPMRS_SENT)).isEqualTo(1);

        rig.advance(20 * SECOND);

        assertThat(rig.sent(PacketType.SPMR).stream()
                        .filter(packet -> packet.where().equals("host"))
                        .map(packet -> (packet.atNs() - ReceiverRig.START_NS) / MS))
                .containsExactly(0L, 500L, 1500L, 3500L, 7500L, 12500L, 17500L);
    }

    @Test
    void asksForNothingOnceAnSpmCame() {
        rig.odata(7);
        rig.lead = 7;
        rig.spm();

        rig.advance(20 * SECOND);

        assertThat(rig.count(ReceiverCounter.SPMRS_SENT)).isEqualTo(1);
    }

    @Test
    void keepsQuietWhenAnotherReceiverAskedForTheSpm() {
        rig.odata(7);
        rig.advance(499 * MS);

        rig.peerSpmr();
        rig.advance(900 * MS);

        assertThat(rig.count(ReceiverCounter.SPMRS_SENT)).isEqualTo(1);
    }

    @Test
    void asksForTheSpmsOfManySessionsNoFasterThanAllowed() {
        for (int i = 0; i < 50; i++) {
            rig.tsi = Tsi.of(i, 1);
            rig.from = Nla.ipv4(0x0A000100 + i);
            rig.odata(7);
        }
        rig.advance(400 * MS);

        assertThat(rig.count(ReceiverCounter.SPMRS_SENT)).isBetween(10L, 14L);
    }

    @Test
    void discoveryAsksTheControlGroup() {
        rig.receiver.discover(rig.nowNs);

        assertThat(rig.sent).hasSize(1);
        assertThat(rig.sent.get(0).where()).isEqualTo("control");
        assertThat(rig.sent.get(0).tsi()).isZero();
    }

    @Test
    void noiseIsNoSource() {
        rig.hasOption = false;
        rig.heard.isPlausible = false;
        rig.spm();
        rig.odata(0);
        rig.advance(SECOND);

        assertThat(rig.heard.take()).isEmpty();
        assertThat(rig.receiver.peers()).isZero();
        assertThat(rig.receiver.halfOpen()).isEqualTo(1);
    }

    @Test
    void whatWasHeardOfASourceThatFellSilentBeforeAnSpmCameIsHandedOut() {
        rig.odata(7);
        rig.odata(9);
        rig.advance(59 * SECOND);
        assertThat(rig.heard.take()).isEmpty();

        rig.advance(2 * SECOND);

        assertThat(rig.heard.take())
                .containsExactly(
                        "session FROM_LEAD",
                        "apdu 7",
                        "lost 8+1 SOURCE_EXPIRED",
                        "apdu 9",
                        "resolved 10",
                        "end EXPIRED 9");
        assertThat(rig.count(ReceiverCounter.SESSIONS_NOT_ESTABLISHED)).isZero();
    }

    @Test
    void onePacketIsNoSource() {
        rig.odata(7);
        rig.odata(7);

        rig.advance(61 * SECOND);

        assertThat(rig.heard.take()).isEmpty();
        assertThat(rig.receiver.halfOpen()).isZero();
        assertThat(rig.count(ReceiverCounter.SESSIONS_NOT_ESTABLISHED)).isOne();
    }

    @Test
    void lateCopiesAreNoSource() {
        rig.lead = 9;
        rig.spm();
        rig.odata(9);
        rig.advance(61 * SECOND);
        assertThat(rig.heard.take()).endsWith("end EXPIRED 9");

        rig.odata(7);
        rig.odata(8);
        rig.advance(61 * SECOND);

        assertThat(rig.heard.take()).isEmpty();
    }

    @Test
    void twoSpmsOfOurKindEstablishAnIdleSession() {
        rig.spm();
        assertThat(rig.heard.take()).isEmpty();

        rig.spm();

        assertThat(rig.heard.take()).containsExactly("session FROM_BIRTH");
        assertThat(rig.receiver.peers()).isEqualTo(1);
    }

    @Test
    void twoSpmsOfAnotherKindDoNot() {
        rig.hasOption = false;
        rig.spm();
        rig.spm();

        assertThat(rig.heard.take()).isEmpty();
    }

    @Test
    void rawChannelsDeliverAtOnce() {
        rig(config -> config.raw = true);
        rig.data(PacketType.RDATA, 90_000, 90_000);
        rig.odata(90_001);

        assertThat(rig.heard.take())
                .containsExactly(
                        "session FROM_LEAD", "apdu 90000 repaired", "resolved 90001", "apdu 90001", "resolved 90002");
    }

    @Test
    void anEmptyWindowIsNothingMissing() {
        rig(config -> config.raw = true);
        rig.hasOption = false;
        rig.trail = 90_001;
        rig.lead = 90_000;
        rig.spm();
        rig.advance(2 * SECOND);
        rig.odata(90_001);

        assertThat(rig.naked()).isEmpty();
        assertThat(rig.heard.take()).containsExactly("session FROM_LEAD", "apdu 90001", "resolved 90002");
    }

    @Test
    void aLateJoinerAsksForWhatTheSourceOffers() {
        rig(config -> config.lateJoin = true);
        isOlder();
        rig.trail = 90;
        rig.lead = 99;
        rig.spm(spm -> spm.join(97));
        rig.spm(spm -> spm.join(97));
        rig.advance(2 * MS);
        assertThat(rig.naked()).containsExactly(97, 98, 99);

        rig.rdata(97);
        rig.rdata(98);
        rig.rdata(99);
        rig.odata(100);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly(
                        "session FROM_JOIN",
                        "apdu 97 repaired replayed",
                        "apdu 98 repaired replayed",
                        "apdu 99 repaired replayed",
                        "apdu 100");
    }

    @Test
    void historyThatTheTrailHasPassedIsReported() {
        rig(config -> config.lateJoin = true);
        isOlder();
        rig.trail = 90;
        rig.lead = 99;
        rig.spm(spm -> spm.join(80));
        rig.spm(spm -> spm.join(80));
        assertThat(rig.heard.take()).containsExactly("session FROM_JOIN", "lost 80+10 HISTORY_GONE", "resolved 90");

        rig.trail = 95;
        rig.spm();
        rig.spm();
        assertThat(rig.heard.take()).containsExactly("lost 90+5 HISTORY_GONE", "resolved 95");
    }

    @Test
    void withoutAnOfferALateJoinerStartsAtTheLead() {
        rig(config -> config.lateJoin = true);
        isOlder();
        rig.lead = 99;
        rig.spm();
        rig.spm();

        assertThat(rig.heard.take()).containsExactly("session FROM_LEAD");
        rig.advance(SECOND);
        assertThat(rig.naked()).isEmpty();
    }

    @Test
    void aStartInTheMiddleOfAnApduSkipsToTheNextOneSilently() {
        isOlder();
        rig.lead = 11;
        rig.spm();
        rig.spm();
        rig.fragment(PacketType.ODATA, 12, 10, 5);
        rig.fragment(PacketType.ODATA, 14, 10, 5);
        rig.odata(15);

        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_LEAD", "apdu 15");
        rig.advance(SECOND);
        assertThat(rig.naked()).isEmpty();
    }

    @Test
    void aHalfOpenSessionAsksForLittle() {
        rig.hasOption = false;
        rig.heard.isPlausible = false;
        rig.lead = -1;
        rig.spm();
        rig.odata(100);

        rig.advance(10 * MS);

        assertThat(rig.naked()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void allHalfOpenSessionsTogetherAskForLittle() {
        rig.hasOption = false;
        rig.heard.isPlausible = false;
        for (int i = 0; i < 20; i++) {
            rig.tsi = Tsi.of(i, 1);
            rig.from = Nla.ipv4(0x0A000100 + i);
            rig.lead = -1;
            rig.spm();
            rig.odata(100);
        }

        rig.advance(10 * MS);

        assertThat(rig.naked()).hasSize(64);
    }

    @Test
    void aHalfOpenSessionKeepsLittle() {
        rig.heard.isPlausible = false;
        for (int sqn = 0; sqn < 3000; sqn++) {
            rig.odata(sqn);
        }

        assertThat(rig.receiver.heldBytes()).isLessThan(100_000);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isPositive();
    }

    /** What was nobody's loss, as its APDU had begun before all that was known. */
    @Test
    void aFragmentBeforeTheFirstSpmIsAskedForAgainWhenItsApduIsOfInterest() {
        rig.fragment(PacketType.ODATA, 12, 10, 3);
        rig.firstSqn = 10;
        rig.trail = 10;
        rig.lead = 12;
        rig.spm();
        rig.spm();
        rig.advance(2 * MS);
        assertThat(rig.naked()).containsExactlyInAnyOrder(10, 11, 12);

        for (int sqn = 10; sqn <= 12; sqn++) {
            rig.fragment(PacketType.RDATA, sqn, 10, 3);
        }

        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_BIRTH", "apdu 10..12 repaired");
        assertThat(rig.count(ReceiverCounter.LOST)).isZero();
    }

    @Test
    void theFirstSpmIsOneOfTwoThatSpeakOfALead() {
        rig.lead = 10;
        rig.spm();
        rig.lead = 20;
        rig.spm();

        rig.advance(SECOND);

        assertThat(rig.heard.take()).containsExactly("session FROM_BIRTH", "lost 0+11 NAK_RETRIES", "resolved 11");
        assertThat(rig.count(ReceiverCounter.SPM_RECEIVED)).isEqualTo(2);
    }

    @Test
    void dataThatAHalfOpenSessionHasNoRoomForWasSentForAll() {
        rig(config -> config.gapDeadlineNs = 10 * MS);
        rig.hasOption = false;
        rig.heard.isPlausible = false;
        rig.lead = -1;
        rig.spm();
        rig.odata(1_030);
        rig.advance(SECOND);

        rig.heard.isPlausible = true;
        rig.odata(1_031);

        assertThat(rig.heard.takeDeliveries())
                .containsExactly("session FROM_LEAD", "lost 0+1031 DEADLINE", "apdu 1031");
    }

    @Test
    void theHalfOpenSessionThatWasSilentLongestMakesPlace() {
        rig.hasOption = false;
        rig.heard.isPlausible = false;
        for (int port = 1; port <= 8; port++) {
            rig.tsi = Tsi.of(1, port);
            rig.odata(0);
            rig.advance(MS);
        }
        rig.tsi = Tsi.of(1, 1);
        rig.odata(1);
        rig.advance(MS);

        rig.tsi = Tsi.of(1, 9);
        rig.odata(0);

        assertThat(rig.receiver.sessions())
                .extracting(session -> session.tsi().sourcePort())
                .containsExactlyInAnyOrder(1, 3, 4, 5, 6, 7, 8, 9);
        assertThat(rig.count(ReceiverCounter.SESSIONS_REFUSED)).isEqualTo(1);
    }
}
