package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.SlowestReceiver.MAX_AHEAD;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.HOST;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.MS;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.OTHER_HOST;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.PACKET_BYTES;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.PATIENCE_NS;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.ROOM;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.SILENCE_NS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.protocol.SlowestReceiver.Change;
import org.pgmjms.engine.protocol.SlowestReceiverRig.Told;

/** How far a source may run ahead of its receivers, which of them count, and for how long. */
class SlowestReceiverLimitTest {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    /** Three quarters of the packets that the window of 4 MiB holds. */
    private static final int UNCONFIRMED = (4 << 20) / PACKET_BYTES / 4 * 3;

    private final SlowestReceiverRig rig = new SlowestReceiverRig(0, PATIENCE_NS);

    /** A receiver that takes one packet, which leaves; the source is held. */
    private void hold(SlowestReceiverRig held) {
        held.status(1, held.lead, held.lead + 1);
        held.lead++;
        assertThat(held.ahead()).isZero();
    }

    /** Time passes while the receiver says the same again and again. */
    private void wait(SlowestReceiverRig held, long ns, int roomBytes) {
        long endNs = held.nowNs + ns;
        while (held.nowNs - endNs < 0) {
            held.nowNs += Math.min(SILENCE_NS / 4, endNs - held.nowNs);
            held.status(HOST, 1, held.lead - 1, held.lead, roomBytes, false);
            held.ahead();
        }
    }

    @Test
    void waitsForAsManyReceiversAsItIsToldAndGoesOnWithFewer() {
        SlowestReceiverRig waiting = new SlowestReceiverRig(2, PATIENCE_NS);
        assertThat(waiting.ahead()).isZero();
        waiting.status(1, waiting.lead, waiting.lead + 20);
        assertThat(waiting.ahead()).isZero();
        waiting.status(2, waiting.lead, waiting.lead + 30);
        assertThat(waiting.ahead()).isEqualTo(20);

        waiting.status(HOST, 1, waiting.lead, waiting.lead + 20, true);

        assertThat(waiting.ahead()).isEqualTo(30);
        waiting.status(HOST, 2, waiting.lead, waiting.lead + 20, true);
        assertThat(waiting.ahead()).isEqualTo(UNLIMITED);
    }

    @Test
    void tellsWhoCameAndWentAndHowManyAreLeft() {
        rig.status(1, rig.lead, rig.lead + 5);
        rig.status(OTHER_HOST, 2, rig.lead, rig.lead + 6, false);
        rig.status(3, rig.lead, rig.lead + 7);
        rig.status(OTHER_HOST, 2, rig.lead, rig.lead + 6, true);

        assertThat(rig.told)
                .containsExactly(
                        new Told(Change.CAME, HOST, 1),
                        new Told(Change.CAME, OTHER_HOST, 2),
                        new Told(Change.CAME, HOST, 3),
                        new Told(Change.LEFT, OTHER_HOST, 2));
        assertThat(rig.count(SourceCounter.STATUSES_RECEIVED)).isEqualTo(4);
        assertThat(rig.ahead()).isEqualTo(5);
    }

    @Test
    void whoLeavesIsForgottenAndNobodyElse() {
        for (int receiver = 1; receiver <= 9; receiver++) {
            rig.status(receiver, rig.lead, rig.lead + 10 * receiver);
        }
        for (int receiver : new int[] {1, 4, 2}) {
            rig.status(HOST, receiver, rig.lead, rig.lead + 1, true);
        }

        assertThat(rig.ahead()).isEqualTo(30);
        rig.status(HOST, 3, rig.lead, rig.lead + 1, true);
        assertThat(rig.ahead()).isEqualTo(50);
        rig.status(9, rig.lead, rig.lead + 91);
        assertThat(rig.changes(Change.CAME)).isEqualTo(9);
    }

    @Test
    void leaveOfSomebodyUnknownIsNoNews() {
        rig.status(HOST, 1, rig.lead, rig.lead + 1, true);

        assertThat(rig.told).isEmpty();
        assertThat(rig.count(SourceCounter.STATUSES_RECEIVED)).isEqualTo(1);
        assertThat(rig.ahead()).isEqualTo(UNLIMITED);
    }

    @Test
    void feedbackOfAnotherKindIsOfNoInterest() {
        rig.acknowledge(HOST);

        assertThat(rig.count(SourceCounter.STATUSES_RECEIVED)).isZero();
        assertThat(rig.count(SourceCounter.STATUSES_REFUSED)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "1048576, true", "1048577, false"})
    void aNewReceiverIsAheadAndNotTooFar(int ahead, boolean isTaken) {
        rig.status(1, rig.lead, rig.lead + ahead);

        assertThat(rig.changes(Change.CAME)).isEqualTo(isTaken ? 1 : 0);
        assertThat(rig.count(SourceCounter.STATUSES_REFUSED)).isEqualTo(isTaken ? 0 : 1);
        assertThat(MAX_AHEAD).isEqualTo(1_048_576);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1048576, true", "1048577, false", "-2136, true", "-2137, false"})
    void aNewReceiverHasTakenWhatIsNearTheLead(int taken, boolean isTaken) {
        assertThat(UNCONFIRMED).isEqualTo(2136);

        rig.status(1, rig.lead + taken, rig.lead + 1);

        assertThat(rig.changes(Change.CAME)).isEqualTo(isTaken ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 2136", "-100, 2036", "-2136, 0"})
    void whatNobodyHasConfirmedStaysInTheWindow(int taken, int ahead) {
        rig.status(1, rig.lead + taken, rig.lead + MAX_AHEAD);

        assertThat(rig.ahead()).isEqualTo(ahead);
    }

    @Test
    void whatAReceiverTakesLetsTheSourceGoOn() {
        rig.status(1, rig.lead, rig.lead + MAX_AHEAD);
        rig.lead += UNCONFIRMED;
        assertThat(rig.ahead()).isZero();

        rig.status(1, rig.lead - 1_000, rig.lead + 5_000);
        assertThat(rig.ahead()).isEqualTo(UNCONFIRMED - 1_000);
        rig.status(1, rig.lead - 1_001, rig.lead + 5_000);

        assertThat(rig.ahead()).isEqualTo(UNCONFIRMED - 1_000);
    }

    @Test
    void oneThatClaimsTooMuchIsNotHeard() {
        rig.status(1, rig.lead, rig.lead + 10);
        rig.ahead();
        rig.nowNs += SILENCE_NS / 2;
        rig.status(1, rig.lead, rig.lead + MAX_AHEAD + 1);
        rig.status(1, rig.lead + MAX_AHEAD + 1, rig.lead + 10);
        assertThat(rig.count(SourceCounter.STATUSES_REFUSED)).isEqualTo(2);
        assertThat(rig.ahead()).isEqualTo(10);

        rig.nowNs += SILENCE_NS / 2;

        assertThat(rig.ahead()).isEqualTo(UNLIMITED);
        assertThat(rig.told).endsWith(new Told(Change.SILENT, HOST, 0));
    }

    @Test
    void theMostThatCanBeClaimedIsHeard() {
        rig.status(1, rig.lead, rig.lead + 10);

        rig.status(1, rig.lead + MAX_AHEAD, rig.lead + MAX_AHEAD);

        assertThat(rig.count(SourceCounter.STATUSES_REFUSED)).isZero();
        assertThat(rig.ahead()).isEqualTo(MAX_AHEAD);
    }

    @Test
    void oneThatIsSilentIsDroppedAtTheEndOfTheSilence() {
        rig.ahead();
        rig.status(1, rig.lead, rig.lead + 10);
        rig.nowNs += SILENCE_NS / 4 * 3;
        rig.ahead();
        rig.nowNs += SILENCE_NS / 4 - 1;
        assertThat(rig.ahead()).isEqualTo(10);

        rig.nowNs++;

        assertThat(rig.ahead()).isEqualTo(UNLIMITED);
        assertThat(rig.count(SourceCounter.RECEIVERS_DROPPED)).isEqualTo(1);
    }

    @Test
    void theDeadlineIsTheNextCheck() {
        assertThat(rig.limit.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
        rig.ahead();
        rig.status(1, rig.lead, rig.lead + 10);
        assertThat(rig.limit.nextDeadlineNs()).isEqualTo(rig.nowNs + SILENCE_NS / 4);

        rig.nowNs += SILENCE_NS / 4 - 1;
        rig.ahead();
        assertThat(rig.limit.nextDeadlineNs()).isEqualTo(rig.nowNs + 1);
        rig.nowNs++;
        rig.ahead();

        assertThat(rig.limit.nextDeadlineNs()).isEqualTo(rig.nowNs + SILENCE_NS / 4);
    }

    @Test
    void asksForFourStatusesInASilence() {
        assertThat(rig.limit.statusIntervalNs()).isEqualTo(SILENCE_NS / 4);
    }

    @Test
    void knowsSinceWhenDataWaitsForReceiversOnly() {
        assertThat(rig.limit.heldNs(rig.nowNs)).isZero();
        hold(rig);
        rig.nowNs += 5 * MS;
        rig.ahead();
        assertThat(rig.limit.heldNs(rig.nowNs)).isEqualTo(5 * MS);
        assertThat(rig.count(SourceCounter.LIMIT_WAITS)).isEqualTo(1);

        rig.status(1, rig.lead, rig.lead + 1);
        rig.ahead();
        assertThat(rig.limit.heldNs(rig.nowNs)).isZero();
        rig.lead++;
        rig.ahead();

        assertThat(rig.count(SourceCounter.LIMIT_WAITS)).isEqualTo(2);
        assertThat(rig.limit.nextDeadlineNs()).isNotEqualTo(ProtocolHalf.NONE);
    }

    @Test
    void oneThatHoldsTheSourceForThePatienceIsGoneOnWithout() {
        hold(rig);
        wait(rig, PATIENCE_NS - 1, ROOM);
        assertThat(rig.ahead()).isZero();

        wait(rig, SILENCE_NS / 4, ROOM);

        assertThat(rig.ahead()).isEqualTo(UNLIMITED);
        assertThat(rig.told).endsWith(new Told(Change.STUCK, HOST, 0));
        assertThat(rig.count(SourceCounter.RECEIVERS_DROPPED)).isEqualTo(1);
    }

    @Test
    void withoutPatienceSetNobodyIsGoneOnWithout() {
        SlowestReceiverRig patient = new SlowestReceiverRig(0, 0);
        hold(patient);

        wait(patient, 10 * PATIENCE_NS, ROOM);

        assertThat(patient.ahead()).isZero();
    }

    @Test
    void oneThatTakesSomethingNowAndThenIsNotStuck() {
        hold(rig);
        wait(rig, PATIENCE_NS / 2, ROOM);
        wait(rig, PATIENCE_NS / 2 + SILENCE_NS / 2, ROOM - 1);

        assertThat(rig.ahead()).isZero();
        wait(rig, PATIENCE_NS / 2, ROOM - 1);
        assertThat(rig.changes(Change.STUCK)).isEqualTo(1);
    }

    @Test
    void aSourceThatDoesNotWaitHasNobodyStuck() {
        rig.status(1, rig.lead, rig.lead + 1);
        for (long waitedNs = 0; waitedNs < 2 * PATIENCE_NS; waitedNs += SILENCE_NS / 4) {
            rig.nowNs += SILENCE_NS / 4;
            rig.status(1, rig.lead, rig.lead + 1);
            assertThat(rig.ahead()).isEqualTo(1);
        }

        assertThat(rig.changes(Change.STUCK)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"50000, 1, true", "49999, 1, false", "50000, 0, false"})
    void oneThatWasStuckCountsAgainWithHalfOfItsRoom(int roomBytes, int ahead, boolean isBack) {
        hold(rig);
        wait(rig, PATIENCE_NS + SILENCE_NS / 4, 0);
        assertThat(rig.ahead()).isEqualTo(UNLIMITED);

        rig.status(HOST, 1, rig.lead, rig.lead + ahead, roomBytes, false);

        assertThat(rig.changes(Change.CAME)).isEqualTo(isBack ? 2 : 1);
        assertThat(rig.ahead()).isEqualTo(isBack ? 1 : UNLIMITED);
    }

    @Test
    void oneThatWasStuckAndFallsSilentIsToldOfOnce() {
        hold(rig);
        wait(rig, PATIENCE_NS + SILENCE_NS / 4, ROOM);
        int told = rig.told.size();

        rig.nowNs += SILENCE_NS;
        rig.ahead();

        assertThat(rig.told).hasSize(told);
        assertThat(rig.count(SourceCounter.RECEIVERS_DROPPED)).isEqualTo(1);
        rig.status(1, rig.lead, rig.lead + 7);
        assertThat(rig.ahead()).isEqualTo(7);
    }

    @Test
    void oneThatWasStuckAndLeavesIsToldOf() {
        hold(rig);
        rig.status(2, rig.lead, rig.lead + 50);
        wait(rig, PATIENCE_NS + SILENCE_NS / 4, ROOM);

        rig.status(HOST, 1, rig.lead, rig.lead, true);

        assertThat(rig.told).endsWith(new Told(Change.LEFT, HOST, 0));
    }

    @Test
    void onlyOneThatHoldsTheSourceIsStuck() {
        hold(rig);
        for (long waitedNs = 0; waitedNs <= PATIENCE_NS; waitedNs += SILENCE_NS / 4) {
            rig.status(HOST, 1, rig.lead - 1, rig.lead, false);
            rig.status(OTHER_HOST, 2, rig.lead, rig.lead + 50, false);
            rig.ahead();
            rig.nowNs += SILENCE_NS / 4;
        }

        assertThat(rig.told).endsWith(new Told(Change.STUCK, HOST, 1));
        assertThat(rig.ahead()).isEqualTo(50);
    }
}
