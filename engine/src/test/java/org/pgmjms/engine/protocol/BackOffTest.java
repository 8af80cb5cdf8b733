package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The random delay before a NAK. RFC 5401, section 3.2. */
class BackOffTest {
    private static final long MS = 1_000_000;
    private static final int DRAWS = 20_000;

    @Test
    void staysWithinItsBounds() {
        BackOff backOff = new BackOff(new SplittableRandom(1), 50 * MS, 10);

        for (int i = 0; i < DRAWS; i++) {
            assertThat(backOff.nextNs()).isBetween(MS, 50 * MS);
        }
    }

    @Test
    void fewOfManyReceiversAreQuick() {
        BackOff backOff = new BackOff(new SplittableRandom(1), 101 * MS, 10);
        int quick = 0;
        for (int i = 0; i < DRAWS; i++) {
            quick += backOff.nextNs() < 51 * MS ? 1 : 0;
        }

        double lambda = Math.log(10) + 1;
        double expected = (Math.exp(lambda / 2) - 1) / (Math.exp(lambda) - 1);
        assertThat((double) quick / DRAWS).isCloseTo(expected, within(0.01));
    }

    @Test
    void aShorterIntervalThanTheMinimumIsTheDelay() {
        BackOff backOff = new BackOff(new SplittableRandom(1), MS / 2, 10);

        assertThat(backOff.nextNs()).isEqualTo(MS / 2);
    }

    @Test
    void clampsWhatTheSourceAsksFor() {
        BackOff backOff = new BackOff(new SplittableRandom(1), 50 * MS, 10);

        backOff.onAdvertised(0);
        assertThat(backOff.maxNs()).isEqualTo(MS);

        backOff.onAdvertised(Long.MAX_VALUE);
        assertThat(backOff.maxNs()).isEqualTo(60_000 * MS);
    }
}
