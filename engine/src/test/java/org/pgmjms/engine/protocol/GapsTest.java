package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    @Test
    void aNumberWithoutRoomJoinsNoOtherThatIsInAnotherSituation() {
        gaps.open(0, 2, 0, 2);
        gaps.open(3, 2, 0, 2);

        gaps.reopen(2, 7, 10, 5);

        assertThat(ranges()).containsExactly("0+2", "2+1", "3+2");
        Gap gap = gaps.get(1);
        assertThat(gap.hadNoRoom).isTrue();
        assertThat(gap.nak.bornNs()).isEqualTo(7);
        assertThat(gap.nak.deadlineNs()).isEqualTo(15);
        assertThat(gaps.missing()).isEqualTo(5);
        assertThat(gaps.nextDeadlineNs()).isEqualTo(2);
    }

    @Test
    void aNumberWithoutRoomJoinsNoneThatIsFartherAway() {
        gaps.reopen(0, 0, 0, 2);
        gaps.reopen(4, 0, 0, 2);

        gaps.reopen(2, 0, 0, 2);

        assertThat(ranges()).containsExactly("0+1", "2+1", "4+1");
    }

    @Test
    void aNumberWithoutRoomJoinsTheOneBeforeItFirst() {
        gaps.reopen(1, 3, 3, 2);
        gaps.reopen(3, 9, 9, 2);

        gaps.reopen(2, 20, 20, 2);

        assertThat(ranges()).containsExactly("1+2", "3+1");
        assertThat(gaps.get(0).nak.bornNs()).isEqualTo(3);
        assertThat(gaps.nextDeadlineNs()).isEqualTo(5);
        assertThat(gaps.missing()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asked", "lost", "wanted", "asked by others"})
    void aNumberWithoutRoomDoesNotJoinWhatHasGoneOn(String how) {
        gaps.reopen(0, 0, 0, 2);
        gaps.reopen(2, 0, 0, 2);
        for (int i = 0; i < 2; i++) {
            Gap gap = gaps.get(i);
            switch (how) {
                case "asked" -> {
                    gaps.onTimeout(gap, 2, 2);
                    gaps.onNakSent(i, 1, 2);
                    gap.hadNoRoom = true;
                }
                case "lost" -> gaps.lose(gap.first(), gap.end(), LossCause.NAK_RETRIES);
                case "wanted" -> gaps.onTimeout(gap, 2, 2);
                default -> gaps.onPeerNak(gap.first(), gap.end(), 1);
            }
        }

        gaps.reopen(1, 0, 3, 2);

        assertThat(ranges()).containsExactly("0+1", "1+1", "2+1");
    }

    @Test
    void whatWasNobodysLossIsMissingAgain() {
        gaps.open(0, 10, 0, 2);
        gaps.lose(0, 3, null);
        gaps.lose(4, 6, LossCause.DEADLINE);
        gaps.lose(7, 9, null);
        assertThat(gaps.missing()).isEqualTo(3);

        gaps.revive(50, 4);

        assertThat(gaps.missing()).isEqualTo(8);
        assertThat(gaps.hasLost()).isTrue();
        assertThat(gaps.get(0).nak.bornNs()).isEqualTo(50);
        assertThat(gaps.get(0).nak.deadlineNs()).isEqualTo(54);
        assertThat(gaps.find(5).isLost).isTrue();
        assertThat(gaps.find(8).isLost).isFalse();
        gaps.dropFrom(3);
        assertThat(gaps.nextDeadlineNs()).isEqualTo(54);
        assertThat(gaps.hasLost()).isFalse();
    }

    @Test
    void whatIsFoundBeforeAllOthersIsTheFirst() {
        gaps.open(10, 5, 0, 2);

        gaps.openBefore(4, 3, 6, 9);

        assertThat(ranges()).containsExactly("4+3", "10+5");
        assertThat(gaps.get(0).nak.deadlineNs()).isEqualTo(15);
        assertThat(gaps.missing()).isEqualTo(8);
        assertThat(gaps.firstMissing(99)).isEqualTo(4);
        gaps.clear();
        gaps.openBefore(4, 3, 6, 9);
        assertThat(gaps.nextDeadlineNs()).isEqualTo(15);
    }

    @Test
    void theFirstMissingNumberIsTheFirstThatIsNotLost() {
        assertThat(gaps.firstMissing(77)).isEqualTo(77);
        gaps.open(0, 10, 0, 2);
        gaps.lose(0, 4, LossCause.DEADLINE);
        assertThat(gaps.firstMissing(77)).isEqualTo(4);

        gaps.lose(4, 10, LossCause.DEADLINE);

        assertThat(gaps.firstMissing(77)).isEqualTo(77);
    }

    @Test
    void knowsTheFirstRangeThatEndsAfterANumber() {
        gaps.open(5, 2, 0, 2);
        gaps.open(10, 1, 0, 2);

        assertThat(IntStream.of(4, 5, 6, 7, 10, 11).map(gaps::indexFrom)).containsExactly(0, 0, 0, 1, 1, 2);
    }

    @Test
    void aRangeOfWhichTheMiddleComesWaitsAsItDid() {
        gaps.open(0, 5, 0, 30);

        gaps.fill(2);

        assertThat(ranges()).containsExactly("0+2", "3+2");
        assertThat(gaps.nextDeadlineNs()).isEqualTo(30);
        gaps.fill(0);
        gaps.fill(1);
        assertThat(ranges()).containsExactly("3+2");
        assertThat(gaps.nextDeadlineNs()).isEqualTo(30);
        gaps.fill(4);
        assertThat(ranges()).containsExactly("3+1");
        gaps.fill(3);
        assertThat(gaps.isEmpty()).isTrue();
        assertThat(gaps.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0, 0+10", "4, 4+6", "9, 9+1", "10, ''", "-3, 0+10"})
    void forgetsWhatComesBeforeANumber(int edge, String left) {
        gaps.open(0, 10, 0, 2);

        gaps.dropBefore(edge);

        assertThat(String.join(" ", ranges())).isEqualTo(left);
        assertThat(gaps.missing()).isEqualTo(Math.min(10, 10 - edge));
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "4, 0+4", "9, 0+9", "10, 0+10"})
    void forgetsWhatComesFromANumberOn(int from, String left) {
        gaps.open(0, 10, 0, 2);

        gaps.dropFrom(from);

        assertThat(String.join(" ", ranges())).isEqualTo(left);
        assertThat(gaps.missing()).isEqualTo(from);
    }

    @Test
    void whatIsLostJoinsNeitherOtherCausesNorWhatIsApart() {
        gaps.open(0, 20, 0, 2);

        gaps.lose(2, 4, LossCause.DEADLINE);
        gaps.lose(6, 8, LossCause.DEADLINE);
        gaps.lose(4, 6, LossCause.RESET);
        gaps.lose(9, 10, LossCause.DEADLINE);

        assertThat(ranges()).containsExactly("0+2", "2+2", "4+2", "6+2", "8+1", "9+1", "10+10");
        assertThat(gaps.missing()).isEqualTo(13);
    }

    @Test
    void countsTheNumbersThatOthersSpareItAskingFor() {
        gaps.open(0, 10, 0, 30);
        gaps.lose(3, 4, LossCause.DEADLINE);

        assertThat(gaps.onNcf(2, 5, 1)).isEqualTo(2);
        assertThat(gaps.onNcf(2, 5, 2)).isZero();
        assertThat(gaps.onPeerNak(4, 7, 3)).isEqualTo(2);
        assertThat(gaps.onPeerNak(10, 12, 3)).isZero();
        assertThat(gaps.onNcf(-5, 0, 3)).isZero();

        assertThat(ranges()).containsExactly("0+2", "2+1", "3+1", "4+1", "5+2", "7+3");
        assertThat(gaps.requested()).isEqualTo(4);
        assertThat(gaps.get(0).nak.state()).isEqualTo(State.BACK_OFF);
        assertThat(gaps.get(1).nak.state()).isEqualTo(State.WAIT_DATA);
        assertThat(gaps.get(4).nak.state()).isEqualTo(State.WAIT_NCF);
    }

    @Test
    void whatOthersAskedForIsNotWantedAnyMore() {
        gaps.open(0, 4, 0, 2);
        gaps.onTimeout(gaps.get(0), 2, 2);
        assertThat(gaps.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);

        gaps.onPeerNak(0, 4, 3);

        assertThat(gaps.hasWanted()).isFalse();
        assertThat(gaps.nextDeadlineNs()).isEqualTo(23);
    }

    @Test
    void whatCannotBeAskedForNowWaitsAgain() {
        gaps.open(0, 4, 0, 2);
        gaps.onTimeout(gaps.get(0), 2, 2);

        gaps.postpone(gaps.get(0), 10, 7);

        assertThat(gaps.hasWanted()).isFalse();
        assertThat(gaps.nextDeadlineNs()).isEqualTo(17);
        assertThat(gaps.due(16)).isNull();
        assertThat(gaps.due(17)).isSameAs(gaps.get(0));
    }

    @Test
    void aGapIsDueAtItsDeadlineWhateverItWaitsFor() {
        Gaps impatient = new Gaps(new NakTimes(20, 40, 200, 5, 5, 50));
        impatient.open(0, 4, 5, 100);
        Gap gap = impatient.get(0);
        assertThat(impatient.nextDeadlineNs()).isEqualTo(55);
        assertThat(impatient.isTooOld(gap, 54)).isFalse();
        assertThat(impatient.isTooOld(gap, 55)).isTrue();

        impatient.onTimeout(gap, 105, 2);

        assertThat(gap.isWanted).isTrue();
        assertThat(impatient.nextDeadlineNs()).isEqualTo(55);
        assertThat(gaps.isTooOld(gap, 1_000_000)).isFalse();
    }

    @Test
    void whatIsFoundMissingLaterKnowsNothingOfWhatWasLost() {
        gaps.open(0, 4, 0, 2);
        gaps.reopen(9, 0, 0, 2);
        gaps.onTimeout(gaps.get(1), 2, 2);
        gaps.lose(0, 4, LossCause.DEADLINE);
        gaps.clear();

        gaps.open(20, 1, 0, 2);
        gaps.open(22, 1, 0, 2);

        for (int i = 0; i < 2; i++) {
            Gap gap = gaps.get(i);
            assertThat(gap.isLost || gap.isWanted || gap.hadNoRoom).isFalse();
            assertThat(gap.cause).isNull();
        }
    }

    @Test
    void theNakThatHasGoneSaysThatThereIsRoomAgain() {
        gaps.reopen(0, 0, 0, 2);
        gaps.onTimeout(gaps.get(0), 2, 2);

        gaps.onNakSent(0, 1, 2);

        assertThat(gaps.get(0).hadNoRoom).isFalse();
        assertThat(gaps.requested()).isEqualTo(1);
        assertThat(gaps.hasWanted()).isFalse();
    }

    private List<String> ranges() {
        return IntStream.range(0, gaps.size())
                .mapToObj(gaps::get)
                .map(gap -> gap.first() + "+" + gap.count())
                .toList();
    }
}
