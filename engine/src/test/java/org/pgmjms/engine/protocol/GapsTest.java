package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.protocol.NakState.State;
import org.pgmjms.engine.testing.Seeds;

/** Ranges against a map of numbers. */
class GapsTest {
    private static final NakTimes TIMES = new NakTimes(20, 40, 200, 5, 5, 0);
    private static final int SPAN = 300;

    /** What the map knows of a number. */
    private enum Fate {
        BACK_OFF,
        WAIT_NCF,
        WAIT_DATA,
        LOST
    }

    private final Gaps gaps = new Gaps(TIMES);

    @Seeds(fresh = 100)
    void knowsOfEachNumberWhatAMapKnows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int base = random.nextBoolean() ? Integer.MAX_VALUE - 200 : random.nextInt(-400, 400);
        TreeMap<Integer, Fate> model = new TreeMap<>();
        int edge = 0;
        int lead = 0;

        for (int i = 0; i < 400; i++) {
            int first = edge + random.nextInt(SPAN);
            int end = first + 1 + random.nextInt(random.nextBoolean() ? 3 : 60);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    int from = Math.max(edge, lead) + random.nextInt(4);
                    int count = 1 + random.nextInt(40);
                    gaps.open(base + from, count, i, 2);
                    for (int n = from; n < from + count; n++) {
                        model.put(n, Fate.BACK_OFF);
                    }
                    lead = from + count;
                }
                case 3, 4 -> {
                    Fate fate = model.get(first);
                    if (fate != null && fate != Fate.LOST) {
                        gaps.fill(base + first);
                        model.remove(first);
                    }
                }
                case 5 -> {
                    gaps.onNcf(base + first, base + end, i);
                    model.subMap(first, end).replaceAll((n, fate) -> fate == Fate.LOST ? fate : Fate.WAIT_DATA);
                }
                case 6 -> {
                    gaps.lose(base + first, base + end, LossCause.NAK_RETRIES);
                    for (int n = first; n < end; n++) {
                        model.put(n, Fate.LOST);
                    }
                    lead = Math.max(lead, end);
                }
                default -> {
                    edge += random.nextInt(20);
                    gaps.dropBefore(base + edge);
                    model.headMap(edge).clear();
                }
            }
            check(base, edge, model);
        }
    }

    private void check(int base, int edge, TreeMap<Integer, Fate> model) {
        for (int n = edge - 2; n < edge + SPAN + 70; n++) {
            Gap gap = gaps.find(base + n);
            assertThat(gap == null ? null : fate(gap)).isEqualTo(model.get(n));
        }
        assertThat(gaps.missing())
                .isEqualTo(model.values().stream()
                        .filter(fate -> fate != Fate.LOST)
                        .count());
        assertThat(gaps.requested())
                .isEqualTo(model.values().stream()
                        .filter(fate -> fate == Fate.WAIT_DATA)
                        .count());
        assertThat(gaps.hasLost()).isEqualTo(model.containsValue(Fate.LOST));
        for (int i = 1; i < gaps.size(); i++) {
            assertThat(gaps.get(i).first() - gaps.get(i - 1).end()).isNotNegative();
        }
    }

    private static Fate fate(Gap gap) {
        return gap.isLost ? Fate.LOST : Fate.valueOf(gap.nak.state().name());
    }

    @Test
    void anOutageIsOneObjectAndStaysOneWhileItIsRepairedInOrder() {
        gaps.open(10, 1_000_000, 0, 2);

        for (int sqn = 10; sqn < 500_000; sqn++) {
            gaps.fill(sqn);
        }

        assertThat(gaps.size()).isEqualTo(1);
        assertThat(gaps.missing()).isEqualTo(1_000_000 - 499_990);
    }

    @Test
    void neighboursLostForTheSameReasonAreOneRange() {
        gaps.open(0, 10, 0, 2);

        gaps.lose(0, 3, LossCause.NAK_RETRIES);
        gaps.lose(5, 8, LossCause.NAK_RETRIES);
        gaps.lose(3, 5, LossCause.NAK_RETRIES);
        gaps.lose(8, 10, LossCause.DEADLINE);

        assertThat(gaps.size()).isEqualTo(2);
        assertThat(gaps.get(0).count()).isEqualTo(8);
    }

    @Test
    void numbersWithoutRoomJoinEachOther() {
        for (int sqn = 5; sqn < 100; sqn++) {
            gaps.reopen(sqn, 0, 0, 2);
        }
        for (int sqn = 4; sqn >= 0; sqn--) {
            gaps.reopen(sqn, 0, 0, 2);
        }

        assertThat(gaps.size()).isEqualTo(1);
        assertThat(gaps.get(0).count()).isEqualTo(100);
    }

    @Test
    void theRestOfARangeStaysWantedWhenOnlyAPartWasAskedFor() {
        gaps.open(0, 100, 0, 2);
        Gap gap = gaps.get(0);
        assertThat(gaps.onTimeout(gap, 2, 2)).isEqualTo(NakState.Action.SEND_NAK);
        assertThat(gaps.hasWanted()).isTrue();

        gaps.onNakSent(0, 63, 2);

        assertThat(gaps.get(0).nak.state()).isEqualTo(State.WAIT_NCF);
        assertThat(gaps.get(1).isWanted).isTrue();
        assertThat(gaps.get(1).first()).isEqualTo(63);
        assertThat(gaps.requested()).isEqualTo(63);
        assertThat(gaps.nextDeadlineNs()).isEqualTo(22);
    }

    @Test
    void noTimerIsLeftWhenAllIsGone() {
        gaps.open(0, 100, 0, 2);
        gaps.fill(50);
        gaps.lose(0, 10, LossCause.DEADLINE);

        gaps.clear();

        assertThat(gaps.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
        assertThat(gaps.missing() + gaps.requested()).isZero();
    }
}
