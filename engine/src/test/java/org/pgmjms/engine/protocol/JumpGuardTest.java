package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A jump needs a second packet that says the same. */
class JumpGuardTest {
    private static final int REACH = 100;
    private static final int FAR = Math.subtractExact(Integer.MAX_VALUE, 10);
    private static final long PATIENCE_NS = 1_000_000_000L;
    private static final long NOW_NS = Math.subtractExact(Long.MAX_VALUE, 10);

    private final JumpGuard guard = new JumpGuard(REACH);

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "99, true",
        "100, false",
        "-1, true",
        "-99, true",
        "-100, false",
        "0, false",
        "-2147483648, false"
    })
    void dataIsConfirmedByOtherDataNearIt(int apart, boolean expected) {
        assertThat(guard.isConfirmed(NOW_NS, FAR, false)).isFalse();

        assertThat(guard.isConfirmed(NOW_NS, FAR + apart, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, 1000000000, 1, true",
        "false, false, 1000000001, 1, false",
        "false, true, 1000000000, 0, true",
        "false, true, 1000000001, 0, false",
        "true, false, 1000000000, 0, true",
        "true, false, 1000000001, 0, false",
        "true, true, 1000000001, 0, true"
    })
    void withinASecondOrByTheNextSpm(boolean first, boolean second, long laterNs, int apart, boolean expected) {
        guard.isConfirmed(NOW_NS, FAR, first);

        assertThat(guard.isConfirmed(NOW_NS + laterNs, FAR + apart, second)).isEqualTo(expected);
    }

    @Test
    void whatConfirmsNothingIsSuspectItself() {
        guard.isConfirmed(NOW_NS, FAR, false);
        guard.isConfirmed(NOW_NS + PATIENCE_NS, FAR + REACH, true);

        assertThat(guard.isConfirmed(NOW_NS + 2 * PATIENCE_NS, FAR + REACH + 1, false))
                .isTrue();
    }

    @Test
    void afterAJumpTheNextOneNeedsTwoAgain() {
        guard.isConfirmed(NOW_NS, FAR, false);
        guard.isConfirmed(NOW_NS, FAR + 1, false);

        assertThat(guard.isConfirmed(NOW_NS, FAR + 2, false)).isFalse();
        assertThat(guard.isConfirmed(NOW_NS, FAR + 3, false)).isTrue();
    }

    @Test
    void packetsOfTheStreamCallASuspicionOff() {
        guard.isConfirmed(NOW_NS, FAR, false);
        guard.clear();

        assertThat(guard.isConfirmed(NOW_NS, FAR + 1, false)).isFalse();
    }

    @Test
    void theVeryFirstSuspectIsNotNearZero() {
        assertThat(guard.isConfirmed(NOW_NS, 5, true)).isFalse();
    }
}
