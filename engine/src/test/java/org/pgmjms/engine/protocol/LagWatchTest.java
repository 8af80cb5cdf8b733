package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.LagWatch.Choice.CATCH_UP;
import static org.pgmjms.engine.protocol.LagWatch.Choice.GIVE_WAY;
import static org.pgmjms.engine.protocol.LagWatch.Choice.SKIP;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.protocol.LagWatch.Choice;

/** When a receiver whose window is full goes on trying, and when it goes on with what is sent now. */
class LagWatchTest {
    private static final int WINDOW = 100;
    private static final long INTERVAL_NS = 10;
    private static final long MEMORY_NS = 60_000_000_000L;
    private static final int EDGE = Math.subtractExact(Integer.MAX_VALUE, 150);

    /** The nano clock wraps soon. */
    private static final long START_NS = Long.MAX_VALUE - 25;

    private final LagWatch lag = new LagWatch(WINDOW, INTERVAL_NS);
    private long nowNs = START_NS;

    /** A packet so far from the edge finds no room, so much later than the last one. */
    private Choice noRoom(long laterNs, int ahead) {
        nowNs += laterNs;
        return lag.onNoRoom(nowNs, EDGE + ahead, EDGE);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1126, 1267, SKIP", // by more than an eighth, twice
        "1000, 1125, 1267, CATCH_UP",
        "1000, 1126, 1266, CATCH_UP",
        "1000, 990, 980, CATCH_UP",
        "180, 203, 230, SKIP", // the window's length twice, and a little more
        "170, 201, 230, CATCH_UP",
        "170, 202, 229, SKIP"
    })
    void whoFallsBackTwiceInARowIsTooSlow(int before, int then, int now, Choice expected) {
        assertThat(noRoom(0, 500)).isEqualTo(CATCH_UP);
        settleAt(before);
        assertThat(noRoom(INTERVAL_NS, then)).isEqualTo(CATCH_UP);
        assertThat(noRoom(INTERVAL_NS, now)).isEqualTo(expected);
    }

    /** The distance of one interval, as one that begins the watch tells of itself only. */
    private void settleAt(int ahead) {
        nowNs += 5 * INTERVAL_NS;
        assertThat(noRoom(0, ahead)).isEqualTo(CATCH_UP);
        assertThat(noRoom(INTERVAL_NS, ahead)).isEqualTo(CATCH_UP);
    }

    @Test
    void anIntervalIsJudgedByItsBestMoment() {
        noRoom(0, 1_000);
        noRoom(INTERVAL_NS, 1_000);
        noRoom(INTERVAL_NS, 1_200);
        noRoom(1, 1_250);

        assertThat(noRoom(INTERVAL_NS - 1, 1_500)).isEqualTo(CATCH_UP);
    }

    @Test
    void nothingIsDecidedBeforeAnIntervalIsOver() {
        noRoom(0, 1_000);
        noRoom(INTERVAL_NS, 1_000);
        noRoom(INTERVAL_NS, 1_200);

        assertThat(noRoom(INTERVAL_NS - 1, 1_500)).isEqualTo(CATCH_UP);
        assertThat(noRoom(1, 1_500)).isEqualTo(SKIP);
    }

    @Test
    void oneGoodIntervalForgivesABadOne() {
        noRoom(0, 1_000);
        noRoom(INTERVAL_NS, 1_000);
        noRoom(INTERVAL_NS, 1_200);
        noRoom(INTERVAL_NS, 1_200);

        assertThat(noRoom(INTERVAL_NS, 1_500)).isEqualTo(CATCH_UP);
        assertThat(noRoom(INTERVAL_NS, 1_900)).isEqualTo(SKIP);
    }

    @Test
    void whatTheTrailHasPassedIsABadInterval() {
        noRoom(0, 1_000);
        lag.onPassed();
        assertThat(noRoom(INTERVAL_NS, 1_000)).isEqualTo(CATCH_UP);
        lag.onPassed();

        assertThat(noRoom(INTERVAL_NS, 1_000)).isEqualTo(SKIP);
    }

    @Test
    void whatTheTrailPassedIsOldNewsAnIntervalLater() {
        noRoom(0, 1_000);
        lag.onPassed();
        noRoom(INTERVAL_NS, 1_000);

        assertThat(noRoom(INTERVAL_NS, 1_000)).isEqualTo(CATCH_UP);
    }

    @Test
    void whoMakesNoHeadwayForTenIntervalsIsTooSlow() {
        noRoom(0, 1_000);
        for (int i = 1; i < 10; i++) {
            assertThat(noRoom(INTERVAL_NS, 1_000)).isEqualTo(CATCH_UP);
        }

        assertThat(noRoom(INTERVAL_NS, 1_000)).isEqualTo(SKIP);
    }

    @Test
    void theLeastHeadwayCountsForTenMore() {
        noRoom(0, 1_000);
        for (int i = 1; i < 10; i++) {
            noRoom(INTERVAL_NS, 1_000);
        }
        assertThat(lag.onNoRoom(nowNs += INTERVAL_NS, EDGE + 1_000, EDGE + 1)).isEqualTo(CATCH_UP);

        for (int i = 1; i < 10; i++) {
            assertThat(lag.onNoRoom(nowNs += INTERVAL_NS, EDGE + 1_000, EDGE + 1))
                    .isEqualTo(CATCH_UP);
        }
        assertThat(lag.onNoRoom(nowNs + INTERVAL_NS, EDGE + 1_000, EDGE + 1)).isEqualTo(SKIP);
    }

    @Test
    void whoIsNotFarBehindIsGivenAllTheTime() {
        noRoom(0, 2 * WINDOW + 1);
        for (int i = 0; i < 100; i++) {
            assertThat(noRoom(INTERVAL_NS, 2 * WINDOW + 1)).isEqualTo(CATCH_UP);
        }
    }

    @ParameterizedTest
    @CsvSource({"40, SKIP", "41, CATCH_UP"})
    void whoFoundRoomForFourIntervalsBeginsAnew(long silenceNs, Choice expected) {
        noRoom(0, 1_000);
        noRoom(INTERVAL_NS, 1_000);
        noRoom(INTERVAL_NS, 1_200);

        assertThat(noRoom(silenceNs, 1_500)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1500, SKIP", "1501, CATCH_UP"})
    void whoHasTakenAllThatFoundNoRoomBeginsAnew(int taken, Choice expected) {
        noRoom(0, 1_000);
        lag.onPassed();
        noRoom(INTERVAL_NS, 1_500);
        lag.onPassed();

        assertThat(lag.onNoRoom(nowNs + INTERVAL_NS, EDGE + 2_000, EDGE + taken))
                .isEqualTo(expected);
    }

    @Test
    void goesOnWhereTwoPacketsHaveCome() {
        noRoom(0, 1_000);
        lag.onPassed();
        noRoom(INTERVAL_NS, 1_100);
        lag.onPassed();
        assertThat(noRoom(INTERVAL_NS, 1_200)).isEqualTo(SKIP);

        assertThat(lag.target()).isEqualTo(EDGE + 1_101);
    }

    @Test
    void anOlderPacketAfterTheNewestIsTheSecond() {
        noRoom(0, 1_000);
        lag.onPassed();
        noRoom(INTERVAL_NS, 1_100);
        lag.onPassed();
        assertThat(noRoom(INTERVAL_NS, 1_050)).isEqualTo(SKIP);

        assertThat(lag.target()).isEqualTo(EDGE + 1_051);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, MEMORY_NS - 1})
    void givesWayForAWhileAfterASkip(long laterNs) {
        skip();

        assertThat(noRoom(laterNs, 101)).isEqualTo(GIVE_WAY);
        assertThat(noRoom(MEMORY_NS - 1, 101)).isEqualTo(GIVE_WAY);
    }

    @Test
    void forgetsASkipAfterAMinuteWithRoom() {
        skip();

        assertThat(noRoom(MEMORY_NS, 101)).isEqualTo(CATCH_UP);
        assertThat(noRoom(1, 101)).isEqualTo(CATCH_UP);
    }

    private void skip() {
        noRoom(0, 1_000);
        lag.onPassed();
        noRoom(INTERVAL_NS, 1_000);
        lag.onPassed();
        assertThat(noRoom(INTERVAL_NS, 1_000)).isEqualTo(SKIP);
    }
}
