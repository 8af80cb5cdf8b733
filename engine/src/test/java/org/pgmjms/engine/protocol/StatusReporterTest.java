package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.BUFFER_BYTES;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.OTHER_HOST;
import static org.pgmjms.engine.protocol.ReceiverRig.PACKET_BYTES;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;
import static org.pgmjms.engine.protocol.ReceiverRig.SOURCE;
import static org.pgmjms.engine.protocol.ReceiverRig.START_NS;
import static org.pgmjms.engine.protocol.ReceiverRig.UNICAST_PORT;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.protocol.ReceiverRig.Status;
import org.pgmjms.engine.wire.PacketType;

/** What a receiver tells a source that follows the slowest one, and when. */
class StatusReporterTest {
    /** Packets that the receiving socket takes. */
    private static final int WINDOW = BUFFER_BYTES / PACKET_BYTES / 3 * 2;

    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final int RARELY_MS = 10_000;

    private ReceiverRig rig = new ReceiverRig();

    @AfterEach
    void close() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
    }

    /** An established session from number 0 on, whose SPMs ask for statuses so often. */
    private void asked(long everyMs) {
        rig.statusMillis = everyMs;
        rig.established(0);
    }

    private List<Long> sentAtMs() {
        return rig.sent(PacketType.ACK).stream()
                .map(packet -> (packet.atNs() - START_NS) / MS)
                .toList();
    }

    private Status last() {
        return rig.statuses().get(rig.statuses().size() - 1);
    }

    @Test
    void saysHowFarTheSourceMayGo() {
        asked(RARELY_MS);

        assertThat(rig.statuses()).containsExactly(new Status(-1, WINDOW - 1, NO_LIMIT, false));
        ReceiverRig.Sent status = rig.sent(PacketType.ACK).get(0);
        assertThat(status.host()).isEqualTo(SOURCE);
        assertThat(status.port()).isEqualTo(UNICAST_PORT);
        assertThat(status.tsi()).isEqualTo(rig.tsi.value());
        assertThat(rig.count(ReceiverCounter.STATUSES_SENT)).isEqualTo(1);
    }

    @Test
    void saysNothingUnasked() {
        asked(0);
        rig.odata();
        rig.advance(20 * SECOND);
        rig.receiver.close(rig.nowNs);

        assertThat(rig.statuses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "9, 10", "11, 11", "9999, 9999", "10001, 10000", "4294967295, 10000"})
    void clampsHowOftenTheSourceWantsToHear(long askedMs, long takenMs) {
        asked(askedMs);
        long firstNs = rig.sent(PacketType.ACK).get(0).atNs();

        rig.advance(30 * SECOND);

        assertThat(rig.sent(PacketType.ACK).get(1).atNs() - firstNs).isEqualTo(takenMs * MS);
    }

    @Test
    void aSingleSpmIsAnsweredWithinAMomentOfRandomLength() {
        rig.statusMillis = RARELY_MS;
        rig.spm();
        rig.odata();
        assertThat(rig.heard.events).contains("apdu 0");

        rig.advance(5 * MS);

        assertThat(rig.statuses()).containsExactly(new Status(0, WINDOW, NO_LIMIT, false));
        assertThat(rig.sent(PacketType.ACK).get(0).atNs()).isNotEqualTo(START_NS);
    }

    @Test
    void saysSoWheneverAQuarterIsFreeAgain() {
        asked(RARELY_MS);
        for (int i = 1; i < WINDOW / 4; i++) {
            rig.odata();
        }
        assertThat(rig.statuses()).hasSize(1);

        rig.odata();

        assertThat(rig.statuses()).hasSize(2);
        assertThat(last()).isEqualTo(new Status(WINDOW / 4 - 1, WINDOW / 4 - 1 + WINDOW, NO_LIMIT, false));
    }

    @ParameterizedTest
    @CsvSource({"200, 200", "1, 10", "10, 10", "10000, 10000", "20000, 10000"})
    void repeatsItAsOftenAsTheSourceWishesWithinBounds(long askedMs, long everyMs) {
        asked(askedMs);

        rig.advance(3 * everyMs * MS);

        assertThat(sentAtMs()).containsExactly(0L, everyMs, 2 * everyMs, 3 * everyMs);
        assertThat(rig.statuses()).containsOnly(new Status(-1, WINDOW - 1, NO_LIMIT, false));
    }

    @Test
    void anotherSpmIsAnsweredAtOnceButNotTwiceInAMoment() {
        asked(RARELY_MS);

        rig.advance(20 * MS - 1);
        rig.spm();
        assertThat(rig.statuses()).hasSize(1);
        rig.advance(1);
        rig.spm();

        assertThat(sentAtMs()).containsExactly(0L, 20L);
    }

    @Test
    void isSilentWhenTheSourceDoesNotWantToKnowAnyMore() {
        asked(100);
        rig.statusMillis = 0;
        rig.spm();
        rig.advance(SECOND);
        rig.receiver.close(rig.nowNs);

        assertThat(rig.statuses()).hasSize(1);
    }

    @Test
    void takesLeave() {
        asked(RARELY_MS);
        rig.odata();
        rig.odata();

        rig.receiver.close(rig.nowNs);

        assertThat(last()).isEqualTo(new Status(1, WINDOW - 1, NO_LIMIT, true));
    }

    @Test
    void aSessionThatEndedNeedsNoLeave() {
        asked(RARELY_MS);
        rig.advance(5 * SECOND);

        rig.spm(spm -> spm.rst(0, true));
        rig.spm(spm -> spm.rst(0, true));

        assertThat(rig.receiver.peers()).isZero();
        assertThat(rig.statuses()).noneMatch(Status::isLeaving);
    }

    @Test
    void whatIsMissingIsNotTaken() {
        asked(20);
        rig.odata(0);
        rig.odata(2);
        rig.odata(3);

        rig.advance(20 * MS);
        assertThat(last()).isEqualTo(new Status(0, WINDOW + 3, NO_LIMIT, false));
        rig.rdata(1);
        rig.advance(20 * MS);

        assertThat(last().taken()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"100, 36", "400, 100"})
    void thePacketsThatWaitBehindAGapLeaveHalfOfTheWindowAtMost(int windowPackets, int ahead) {
        rig.close();
        rig = new ReceiverRig(Config.with(config -> config.windowPackets = windowPackets));
        asked(20);
        rig.odata(0);
        for (int sqn = 2; sqn <= 14; sqn++) {
            rig.odata(sqn);
        }

        rig.advance(20 * MS);

        assertThat(last()).isEqualTo(new Status(0, 14 + ahead, NO_LIMIT, false));
    }

    @Test
    void noMoreIsAskedForThanTheApplicationHasRoomFor() {
        rig.heard.room = 10 * PACKET_BYTES + PACKET_BYTES - 1;
        asked(20);
        assertThat(rig.statuses()).containsExactly(new Status(-1, 9, rig.heard.room, false));

        rig.odata(0);
        rig.odata(3);
        rig.advance(20 * MS);

        assertThat(last()).isEqualTo(new Status(0, 3 + 10 - 2, rig.heard.room, false));
    }

    @Test
    void whatWasPromisedIsNotTakenBack() {
        asked(200);
        rig.heard.room = 0;

        rig.advance(200 * MS);

        assertThat(last()).isEqualTo(new Status(-1, WINDOW - 1, 0, false));
    }

    @Test
    void sessionsShareTheSocket() {
        asked(200);
        rig.tsi = Tsi.of(5, 5);
        rig.from = OTHER_HOST;
        rig.established(0);
        rig.sent.clear();

        rig.advance(200 * MS);

        assertThat(rig.statuses())
                .hasSize(2)
                .extracting(Status::limit)
                .containsExactlyInAnyOrder(WINDOW - 1, WINDOW / 2 - 1);
    }

    @Test
    void looksMoreAndMoreRarelyWhetherAFullApplicationHasRoom() {
        rig.heard.room = 0;
        asked(RARELY_MS);
        assertThat(last().limit()).isEqualTo(-1);

        for (long atMs : new long[] {2, 6, 14, 30, 62, 126, 190}) {
            assertThat(rig.receiver.nextDeadlineNs()).isEqualTo(START_NS + atMs * MS);
            rig.advance(rig.receiver.nextDeadlineNs() - rig.nowNs);
        }
        assertThat(rig.statuses()).hasSize(1);
        rig.heard.room = PACKET_BYTES;
        rig.advance(64 * MS);

        assertThat(sentAtMs()).containsExactly(0L, 254L);
        assertThat(last()).isEqualTo(new Status(-1, 0, PACKET_BYTES, false));
        assertThat(rig.receiver.nextDeadlineNs()).isEqualTo(START_NS + 256 * MS);
    }

    @Test
    void closeToTheLimitEachPacketCountsButNotMoreThanOneStatusInTwoMilliseconds() {
        rig.heard.room = 0;
        asked(RARELY_MS);
        rig.advance(2 * MS - 1);
        rig.heard.room = PACKET_BYTES;
        rig.receiver.onBatchEnd(rig.nowNs);
        assertThat(rig.statuses()).hasSize(1);

        rig.advance(1);

        assertThat(sentAtMs()).containsExactly(0L, 2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void closeIsAQuarterOfTheWindow(int less) {
        rig.heard.room = WINDOW * PACKET_BYTES;
        asked(RARELY_MS);
        rig.advance(10 * MS);
        for (int i = 0; i < WINDOW / 4 * 3 - less; i++) {
            rig.heard.room -= PACKET_BYTES;
            rig.odata();
        }

        rig.heard.room += PACKET_BYTES;
        rig.advance(4 * MS);

        assertThat(rig.statuses()).hasSize(2 - less);
    }
}
