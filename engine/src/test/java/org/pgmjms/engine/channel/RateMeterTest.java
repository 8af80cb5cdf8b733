package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long START_NS = Math.subtractExact(Long.MAX_VALUE, SECOND_NS);

    private final RateMeter meter = new RateMeter(START_NS);

    @Test
    void countsKilobitsOfAThousandBits() {
        assertThat(meter.overall(1_000_000, START_NS + 2 * SECOND_NS)).isEqualTo(4_000);
        assertThat(meter.overall(1_000_000, START_NS)).isZero();
    }

    @Test
    void theRecentRateIsThatSinceTheLookBefore() {
        assertThat(meter.recent(1_000_000, START_NS + SECOND_NS)).isEqualTo(8_000);
        assertThat(meter.recent(1_000_500, START_NS + 3 * SECOND_NS)).isEqualTo(2);
    }

    @Test
    void looksThatAreTooCloseChangeNothing() {
        assertThat(meter.recent(500_000, START_NS + SECOND_NS / 2)).isEqualTo(8_000);
        meter.recent(1_000_000, START_NS + SECOND_NS);

        assertThat(meter.recent(9_000_000, START_NS + SECOND_NS + 1)).isEqualTo(8_000);
        assertThat(meter.recent(9_000_000, START_NS + 2 * SECOND_NS)).isEqualTo(64_000);
    }
}
