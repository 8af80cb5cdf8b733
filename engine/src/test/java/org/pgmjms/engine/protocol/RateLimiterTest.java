package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

class RateLimiterTest {
    private static final long SECOND_NS = 1_000_000_000;

    @Test
    void startsFull() {
        RateLimiter limiter = new RateLimiter(1000, 500, 0);

        assertThat(limiter.tryTake(500, 0)).isTrue();
        assertThat(limiter.tryTake(1, 0)).isFalse();
    }

    @Test
    void saysTheExactTimeWhenThereIsEnough() {
        RateLimiter limiter = new RateLimiter(3, 500, 0);
        limiter.take(500);

        long readyNs = limiter.readyNs(1, 0);

        assertThat(readyNs).isEqualTo(333_333_334);
        assertThat(limiter.allows(1, readyNs - 1)).isFalse();
        assertThat(limiter.allows(1, readyNs)).isTrue();
    }

    @Test
    void neverHoldsMoreThanTheBucket() {
        RateLimiter limiter = new RateLimiter(1000, 500, 0);

        assertThat(limiter.available(3600 * SECOND_NS)).isEqualTo(500);
        limiter.giveBack(10);
        assertThat(limiter.available(3600 * SECOND_NS)).isEqualTo(500);
    }

    @Test
    void losesNothingWhenAskedOften() {
        RateLimiter limiter = new RateLimiter(7, 100, 0);
        limiter.take(100);

        for (long nowNs = 0; nowNs <= SECOND_NS; nowNs += 997) {
            limiter.allows(1, nowNs);
        }

        assertThat(limiter.available(SECOND_NS)).isEqualTo(7);
    }

    @Test
    void worksAcrossTheWrapOfTheClock() {
        long nearEndNs = Long.MAX_VALUE - SECOND_NS / 2;
        RateLimiter limiter = new RateLimiter(1000, 1000, nearEndNs);
        limiter.take(1000);

        assertThat(limiter.available(nearEndNs + SECOND_NS)).isEqualTo(1000);
    }

    @Test
    void ignoresATimeThatIsPast() {
        RateLimiter limiter = new RateLimiter(1000, 1000, SECOND_NS);
        limiter.take(1000);

        assertThat(limiter.available(0)).isZero();
        assertThat(limiter.available(2 * SECOND_NS)).isEqualTo(1000);
    }

    @Seeds(fresh = 50)
    void staysWithinBucketAndRateOverEveryInterval(long seed) {
        Gen gen = new Gen(seed);
        long rate = 1 + gen.below(gen.oneIn(2) ? 100 : 1_000_000_000);
        long bucket = 1 + gen.below(10_000);
        RateLimiter limiter = new RateLimiter(rate, bucket, 0);
        List<long[]> taken = new ArrayList<>();

        long nowNs = 0;
        for (int i = 0; i < 300; i++) {
            long amount = 1 + gen.below((int) bucket);
            nowNs = gen.oneIn(3) ? limiter.readyNs(amount, nowNs) : nowNs + gen.below(1 << gen.below(30));
            if (limiter.tryTake(amount, nowNs)) {
                taken.add(new long[] {nowNs, amount});
            } else {
                assertThat(limiter.readyNs(amount, nowNs)).isGreaterThan(nowNs);
            }
        }

        assertThat(taken).isNotEmpty();
        for (int from = 0; from < taken.size(); from++) {
            long sum = 0;
            for (int to = from; to < taken.size(); to++) {
                sum += taken.get(to)[1];
                double intervalS = (taken.get(to)[0] - taken.get(from)[0]) / (double) SECOND_NS;
                assertThat((double) sum).isLessThanOrEqualTo(bucket + rate * intervalS + 1e-3);
            }
        }
    }

    @Seeds(fresh = 20)
    void givesTheWholeRateToWhoAlwaysTakes(long seed) {
        Gen gen = new Gen(seed);
        long rate = 1000 + gen.below(1_000_000);
        RateLimiter limiter = new RateLimiter(rate, 2000, 0);

        long sum = 0;
        long nowNs = 0;
        while (nowNs < SECOND_NS) {
            long amount = 1 + gen.below(1500);
            nowNs = limiter.readyNs(amount, nowNs);
            limiter.take(amount);
            sum += amount;
        }

        assertThat(sum).isGreaterThanOrEqualTo(rate);
    }

    @Test
    void refusesWhatItCannotCount() {
        assertThatThrownBy(() -> new RateLimiter(0, 1, 0)).hasMessageContaining("rate 0");
        assertThatThrownBy(() -> new RateLimiter(1, 0, 0)).hasMessageContaining("bucket 0");
        long most = Long.MAX_VALUE / SECOND_NS / 2;
        assertThatThrownBy(() -> new RateLimiter(1, most + 1, 0)).isInstanceOf(IllegalArgumentException.class);

        assertThat(new RateLimiter(1, most, 0).available(0)).isEqualTo(most);
        assertThat(new RateLimiter(1, 1, 0).available(0)).isEqualTo(1);
    }

    @Test
    void whatIsPutBackCanBeTakenAgain() {
        RateLimiter limiter = new RateLimiter(1000, 500, 0);
        limiter.take(500);

        limiter.giveBack(10);

        assertThat(limiter.available(0)).isEqualTo(10);
    }
}
