package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.protocol.SlowestReceiver.Change;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.wire.AckEncoder;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;

/** What statuses from the network can do to a source, whoever wrote them. */
class SlowestReceiverHostileTest {
    private static final long MS = 1_000_000;
    private static final long SILENCE_NS = 1_000 * MS;
    private static final long PATIENCE_NS = 3_000 * MS;
    private static final int ROOM = 100_000;
    private static final int FIRST = Integer.MAX_VALUE - 10;
    private static final Nla HOST = Nla.ipv4(0x0A000007);

    private final Counters<SourceCounter> counters = new Counters<>(SourceCounter.class);
    private final Map<Change, Integer> changes = new EnumMap<>(Change.class);
    private final ByteBuf buffer = Unpooled.buffer(256);
    private final PacketView view = new PacketView();
    private final SlowestReceiver limit = limit(0);
    private long nowNs = Long.MAX_VALUE - 10 * MS;
    private int lead = FIRST - 1;

    private SlowestReceiver limit(int receivers) {
        SourceConfig config = new SourceConfigBuilder()
                .firstSqn(FIRST)
                .slowest(receivers, SILENCE_NS, PATIENCE_NS)
                .build();
        return new SlowestReceiver(
                config, 1_472, counters, (change, from, left) -> changes.merge(change, 1, Integer::sum), nowNs);
    }

    private void status(int receiver, int taken, int limitSqn) {
        status(HOST, receiver, taken, limitSqn, false);
    }

    private void status(Nla from, int receiver, int taken, int limitSqn, boolean leaving) {
        int length = new AckEncoder()
                .wrap(buffer, 0)
                .session(1, 7_500)
                .received(taken, -1)
                .status(receiver, limitSqn, ROOM, leaving)
                .finish();
        assertThat(view.wrap(buffer, 0, length)).isEqualTo(DecodeResult.OK);
        limit.onFeedback(nowNs, from, view);
    }

    /** How many packets may leave now. */
    private int ahead() {
        int ahead = limit.limitSqn(nowNs, lead) - lead;
        limit.onTried(nowNs, ahead == 0);
        return ahead;
    }

    @Test
    void withoutReceiversNothingIsLimited() {
        assertThat(ahead()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theLeastLimitCounts() {
        status(1, lead, lead + 50);
        status(2, lead, lead + 20);

        assertThat(ahead()).isEqualTo(20);
    }

    @Test
    void whatWasSaidIsNotTakenBack() {
        status(1, lead, lead + 50);
        status(1, lead - 10, lead + 5);

        assertThat(ahead()).isEqualTo(50);
    }

    @Test
    void oneThatIsBehindIsNoReceiverYet() {
        lead += 100;
        ahead();
        status(1, lead - 100, lead);

        assertThat(ahead()).isEqualTo(Integer.MAX_VALUE);
        assertThat(counters.get(SourceCounter.STATUSES_REFUSED)).isEqualTo(1);
    }

    @Test
    void aSingleForgedStatusHoldsTheSourceForTheSilenceAtMost() {
        status(1, lead, lead + 1);
        lead++;
        assertThat(ahead()).isZero();

        nowNs += SILENCE_NS;

        assertThat(ahead()).isEqualTo(Integer.MAX_VALUE);
        assertThat(changes).containsEntry(Change.SILENT, 1);
    }

    @Test
    void theSameStatusAgainAndAgainHoldsItForThePatienceAtMost() {
        status(1, lead, lead + 1);
        int limitSqn = ++lead;
        for (long heldNs = 0; heldNs < PATIENCE_NS; heldNs += SILENCE_NS / 4) {
            assertThat(ahead()).isZero();
            nowNs += SILENCE_NS / 4;
            status(1, limitSqn - 1, limitSqn);
        }

        assertThat(ahead()).isEqualTo(Integer.MAX_VALUE);
        assertThat(changes).containsEntry(Change.STUCK, 1);
    }

    @Test
    void anotherAddressCannotSpeakForAReceiver() {
        status(1, lead, lead + 10);
        status(Nla.ipv4(0x0A000008), 1, lead, lead + 1_000, false);
        status(Nla.ipv4(0x0A000008), 1, lead, lead + 10, true);

        assertThat(ahead()).isEqualTo(10);
        assertThat(changes).doesNotContainKey(Change.LEFT);
    }

    @Test
    void oneAddressCannotFillTheTable() {
        for (int receiver = 0; receiver < 2 * SlowestReceiver.MAX_PER_ADDRESS; receiver++) {
            status(receiver, lead, lead + 10);
        }
        assertThat(changes).containsEntry(Change.CAME, SlowestReceiver.MAX_PER_ADDRESS);

        for (int host = 0; host < SlowestReceiver.MAX_RECEIVERS; host++) {
            status(Nla.ipv4(0x0B000000 + host), -host - 1, lead, lead + 10, false);
        }

        assertThat(changes).containsEntry(Change.CAME, SlowestReceiver.MAX_RECEIVERS);
    }

    @Test
    void aFloodIsNotLookedAt() {
        for (int i = 0; i < 30_000; i++) {
            status(1, lead, lead + 10);
        }

        assertThat(counters.get(SourceCounter.STATUSES_RECEIVED)).isEqualTo(20_000);
    }

    @Test
    void nobodyIsTrustedBeyondTheWindow() {
        status(1, lead, lead + SlowestReceiver.MAX_AHEAD);
        assertThat(ahead()).isBetween(1, 4_096);

        status(2, lead, lead + SlowestReceiver.MAX_AHEAD + 1);
        status(3, lead, lead + Integer.MIN_VALUE);

        assertThat(changes).containsEntry(Change.CAME, 1);
    }

    @Seeds(fresh = 200)
    void anyStatusesHoldTheSourceForABoundedTime(long seed) {
        Gen gen = new Gen(seed);
        for (int i = 0; i < 300; i++) {
            status(
                    Nla.ipv4(0x0A000000 + gen.below(4)),
                    gen.below(8),
                    gen.oneIn(2) ? lead - gen.below(100) : gen.random().nextInt(),
                    gen.oneIn(2) ? lead + gen.below(100) : gen.random().nextInt(),
                    gen.oneIn(20));
            lead += Math.min(ahead(), gen.below(10));
            nowNs += gen.below(100) * MS;
        }
        ahead();
        nowNs += SILENCE_NS;

        assertThat(ahead()).isEqualTo(Integer.MAX_VALUE);
    }
}
