package org.pgmjms.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SteadinessTest {
    private static final long HEAP = 10_000_000;
    private static final int MINUTES = 60;

    @Test
    void theSlopeIsThatOfALine() {
        Steadiness steadiness = looks(MINUTES, minute -> HEAP + minute * 10_000);

        assertThat(steadiness.heapPercentPerHour()).isCloseTo(5.8, within(0.1));
        assertThat(steadiness.flaws()).singleElement().asString().startsWith("p: the heap grows by 5.8");
    }

    @Test
    void aFewOddLooksAreNoGrowth() {
        Steadiness steadiness = looks(MINUTES, minute -> minute % 10 == 9 ? 2 * HEAP : HEAP);

        assertThat(steadiness.heapPercentPerHour()).isZero();
        assertThat(steadiness.flaws()).isEmpty();
    }

    @Test
    void lessThanAPercentAnHourIsSteady() {
        assertThat(looks(MINUTES, minute -> HEAP + minute * 1500).flaws()).isEmpty();
        assertThat(looks(MINUTES, minute -> HEAP + minute * 1800).flaws()).hasSize(1);
    }

    @Test
    void aRunOfMinutesMayGrowByAFewPercentInAll() {
        assertThat(looks(5, minute -> HEAP + minute * 100_000).flaws()).isEmpty();
        assertThat(looks(5, minute -> HEAP + minute * 150_000).flaws()).hasSize(1);
    }

    @Test
    void whatShrinksIsSteady() {
        assertThat(looks(MINUTES, minute -> HEAP - minute * 10_000).flaws()).isEmpty();
    }

    @Test
    void directMemoryDescriptorsAndThreadsMayNotBeHigherInTheSecondHalf() {
        Steadiness steadiness = new Steadiness("p");
        steadiness.look(0, new Held(HEAP, 8 << 20, 20, 30));
        steadiness.look(60, new Held(HEAP, 12 << 20, 21, 30));
        steadiness.look(120, new Held(HEAP, 16 << 20, 21, 31));
        steadiness.look(180, new Held(HEAP, 8 << 20, 20, 30));
        assertThat(steadiness.flaws()).isEmpty();

        steadiness.look(240, new Held(HEAP, 17 << 20, 22, 32));

        assertThat(steadiness.flaws())
                .containsExactly(
                        "p: direct memory grew from 12582912 to 17825792",
                        "p: descriptors grew from 21 to 22",
                        "p: threads grew from 30 to 32");
    }

    @Test
    void aFewLooksAreNotEnough() {
        assertThat(new Steadiness("p").flaws()).isEqualTo(List.of("p: only 0 looks at what it holds"));
    }

    private static Steadiness looks(int minutes, LongUnaryOperator heap) {
        Steadiness steadiness = new Steadiness("p");
        for (int minute = 0; minute <= minutes; minute++) {
            steadiness.look(minute * 60.0, new Held(heap.applyAsLong(minute), 8 << 20, 20, 30));
        }
        return steadiness;
    }
}
