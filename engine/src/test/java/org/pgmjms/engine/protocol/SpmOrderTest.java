package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which SPMs are news, by their numbers. RFC 3208, section 6.1. */
class SpmOrderTest {
    private static final int FIRST = Integer.MAX_VALUE - 5;

    private final SpmOrder order = new SpmOrder();

    @ParameterizedTest
    @CsvSource({"1, true", "65536, true", "65537, false", "0, false", "-1, false"})
    void takesWhatIsNewerAndNotFarAhead(int ahead, boolean expected) {
        assertThat(order.accept(FIRST)).isTrue();

        assertThat(order.accept(FIRST + ahead)).isEqualTo(expected);
    }

    @Test
    void believesTheThirdOfThoseThatFollowEachOther() {
        order.accept(FIRST);

        assertThat(order.accept(FIRST - 500)).isFalse();
        assertThat(order.accept(FIRST - 499)).isFalse();
        assertThat(order.accept(FIRST - 498)).isTrue();
        assertThat(order.accept(FIRST - 497)).isTrue();
    }

    @Test
    void theSameOneAgainIsNoOther() {
        order.accept(FIRST);

        order.accept(FIRST - 500);
        order.accept(FIRST - 499);
        for (int i = 0; i < 5; i++) {
            assertThat(order.accept(FIRST - 499)).isFalse();
        }

        assertThat(order.accept(FIRST - 498)).isTrue();
    }

    @Test
    void thoseThatContradictEachOtherAreNeverBelieved() {
        order.accept(FIRST);

        for (int i = 0; i < 10; i++) {
            assertThat(order.accept(FIRST - 500 - i)).isFalse();
        }
    }

    @Test
    void oneThatIsTakenMakesTheOthersNothing() {
        order.accept(FIRST);
        order.accept(FIRST - 500);
        order.accept(FIRST - 499);
        order.accept(FIRST + 1);

        assertThat(order.accept(FIRST - 498)).isFalse();
        assertThat(order.accept(FIRST - 497)).isFalse();
        assertThat(order.accept(FIRST - 496)).isTrue();
    }

    @Test
    void theNewestIsNotTakenAgain() {
        order.accept(FIRST);
        order.accept(FIRST - 2);
        order.accept(FIRST - 1);

        assertThat(order.accept(FIRST)).isFalse();
    }
}
