package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "-9223372036854775808, 1000000",
        "-1, 1000000",
        "0, 1000000",
        "999999, 1000000",
        "1000001, 1000001",
        "59999999999, 59999999999",
        "60000000001, 60000000000",
        "4294967295000, 60000000000",
        "9223372036854775807, 60000000000",
    })
    void clampsWhatTheSourceAsksFor(long askedNs, long takenNs) {
        BackOff backOff = new BackOff(new SplittableRandom(1), 50 * MS, 10);

        backOff.onAdvertised(askedNs);

        assertThat(backOff.maxNs()).isEqualTo(takenNs);
        for (int i = 0; i < DRAWS; i++) {
            assertThat(backOff.nextNs()).isBetween(MS, takenNs);
        }
    }
}
