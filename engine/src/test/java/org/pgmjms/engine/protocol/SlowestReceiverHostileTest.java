package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.MS;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.OTHER_HOST;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.PATIENCE_NS;
import static org.pgmjms.engine.protocol.SlowestReceiverRig.SILENCE_NS;

import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.protocol.SlowestReceiver.Change;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.wire.Nla;

/** What statuses from the network can do to a source, whoever wrote them. */
class SlowestReceiverHostileTest {
    private final SlowestReceiverRig rig = new SlowestReceiverRig(0, PATIENCE_NS);

    @Test
    void withoutReceiversNothingIsLimited() {
        assertThat(rig.ahead()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theLeastLimitCounts() {
        rig.status(1, rig.lead, rig.lead + 50);
        rig.status(2, rig.lead, rig.lead + 20);

        assertThat(rig.ahead()).isEqualTo(20);
    }

    @Test
    void whatWasSaidIsNotTakenBack() {
        rig.status(1, rig.lead, rig.lead + 50);
        rig.status(1, rig.lead - 10, rig.lead + 5);

        assertThat(rig.ahead()).isEqualTo(50);
    }

    @Test
    void oneThatIsBehindIsNoReceiverYet() {
        rig.lead += 100;
        rig.ahead();
        rig.status(1, rig.lead - 100, rig.lead);

        assertThat(rig.ahead()).isEqualTo(Integer.MAX_VALUE);
        assertThat(rig.count(SourceCounter.STATUSES_REFUSED)).isEqualTo(1);
    }

    @Test
    void aSingleForgedStatusHoldsTheSourceForTheSilenceAtMost() {
        rig.status(1, rig.lead, rig.lead + 1);
        rig.lead++;
        assertThat(rig.ahead()).isZero();

        rig.nowNs += SILENCE_NS;

        assertThat(rig.ahead()).isEqualTo(Integer.MAX_VALUE);
        assertThat(rig.changes(Change.SILENT)).isEqualTo(1);
    }

    @Test
    void theSameStatusAgainAndAgainHoldsItForThePatienceAtMost() {
        rig.status(1, rig.lead, rig.lead + 1);
        int limitSqn = ++rig.lead;
        for (long heldNs = 0; heldNs < PATIENCE_NS; heldNs += SILENCE_NS / 4) {
            assertThat(rig.ahead()).isZero();
            rig.nowNs += SILENCE_NS / 4;
            rig.status(1, limitSqn - 1, limitSqn);
        }

        assertThat(rig.ahead()).isEqualTo(Integer.MAX_VALUE);
        assertThat(rig.changes(Change.STUCK)).isEqualTo(1);
    }

    @Test
    void anotherAddressCannotSpeakForAReceiver() {
        rig.status(1, rig.lead, rig.lead + 10);
        rig.status(OTHER_HOST, 1, rig.lead, rig.lead + 1_000, false);
        rig.status(OTHER_HOST, 1, rig.lead, rig.lead + 10, true);

        assertThat(rig.ahead()).isEqualTo(10);
        assertThat(rig.changes(Change.LEFT)).isZero();
    }

    @Test
    void oneAddressCannotFillTheTable() {
        for (int receiver = 0; receiver < 2 * SlowestReceiver.MAX_PER_ADDRESS; receiver++) {
            rig.status(receiver, rig.lead, rig.lead + 10);
        }
        assertThat(rig.changes(Change.CAME)).isEqualTo(SlowestReceiver.MAX_PER_ADDRESS);

        for (int host = 0; host < SlowestReceiver.MAX_RECEIVERS; host++) {
            rig.status(Nla.ipv4(0x0B000000 + host), -host - 1, rig.lead, rig.lead + 10, false);
        }

        assertThat(rig.changes(Change.CAME)).isEqualTo(SlowestReceiver.MAX_RECEIVERS);
    }

    @Test
    void aFloodIsNotLookedAt() {
        for (int i = 0; i < 30_000; i++) {
            rig.status(1, rig.lead, rig.lead + 10);
        }

        assertThat(rig.count(SourceCounter.STATUSES_RECEIVED)).isEqualTo(20_000);
    }

    @Test
    void nobodyIsTrustedBeyondTheWindow() {
        rig.status(1, rig.lead, rig.lead + SlowestReceiver.MAX_AHEAD);
        assertThat(rig.ahead()).isBetween(1, 4_096);

        rig.status(2, rig.lead, rig.lead + SlowestReceiver.MAX_AHEAD + 1);
        rig.status(3, rig.lead, rig.lead + Integer.MIN_VALUE);

        assertThat(rig.changes(Change.CAME)).isEqualTo(1);
    }

    @Seeds(fresh = 200)
    void anyStatusesHoldTheSourceForABoundedTime(long seed) {
        Gen gen = new Gen(seed);
        for (int i = 0; i < 300; i++) {
            rig.status(
                    Nla.ipv4(0x0A000000 + gen.below(4)),
                    gen.below(8),
                    gen.oneIn(2) ? rig.lead - gen.below(100) : gen.random().nextInt(),
                    gen.oneIn(2) ? rig.lead + gen.below(100) : gen.random().nextInt(),
                    gen.oneIn(20));
            rig.lead += Math.min(rig.ahead(), gen.below(10));
            rig.nowNs += gen.below(100) * MS;
        }
        rig.ahead();
        rig.nowNs += SILENCE_NS;

        assertThat(rig.ahead()).isEqualTo(Integer.MAX_VALUE);
    }
}
