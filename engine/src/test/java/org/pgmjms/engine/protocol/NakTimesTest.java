package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals double with each try, up to a bound. RFC 3208, section 6.3. */
class NakTimesTest {
    private static final NakTimes TIMES = new NakTimes(20, 45, 200, 3, 3, 0);

    @ParameterizedTest
    @CsvSource({
        "0, 20, 45",
        "1, 40, 90",
        "2, 80, 180",
        "3, 160, 200",
        "4, 200, 200",
        "58, 200, 200",
        "64, 200, 200",
        "65, 200, 200"
    })
    void doubleUpToTheBound(int retries, long repeatNs, long rdataNs) {
        assertThat(TIMES.repeatNs(retries)).isEqualTo(repeatNs);
        assertThat(TIMES.rdataNs(retries)).isEqualTo(rdataNs);
    }

    @Test
    void oneThatIsLongerThanTheBoundStays() {
        NakTimes times = new NakTimes(200, 300, 200, 3, 3, 0);

        assertThat(times.repeatNs(5)).isEqualTo(200);
        assertThat(times.rdataNs(5)).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource({"61, 2305843009213693952", "62, 9223372036854775807", "63, 9223372036854775807"})
    void neverOverflow(int retries, long expectedNs) {
        assertThat(new NakTimes(1, 1, Long.MAX_VALUE, 3, 3, 0).repeatNs(retries))
                .isEqualTo(expectedNs);
    }
}
