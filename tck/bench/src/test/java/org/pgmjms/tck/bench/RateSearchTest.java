package org.pgmjms.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateSearchTest {
    @ParameterizedTest
    @ValueSource(longs = {700, 9_999, 10_000, 63_000, 1_234_567, 6_000_000})
    void findsTheHighestRateToWithinAFewPerCentAndNotMore(long limit) throws InterruptedException {
        AtomicInteger probes = new AtomicInteger();

        long found = RateSearch.highest(rate -> {
            probes.incrementAndGet();
            return rate <= limit;
        });

        assertThat(found).isLessThanOrEqualTo(limit);
        assertThat((double) found).isGreaterThan(limit / (limit < 10_000 ? 2.0 : 1.05));
        assertThat(probes).hasValueLessThan(25);
    }

    @Test
    void findsNothingWhereEverythingLoses() throws InterruptedException {
        assertThat(RateSearch.highest(rate -> false)).isZero();
    }

    @Test
    void endsWhereNothingLoses() throws InterruptedException {
        assertThat(RateSearch.highest(rate -> true)).isGreaterThan(10_000_000);
    }
}
