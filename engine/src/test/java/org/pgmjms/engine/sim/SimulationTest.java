package org.pgmjms.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.pgmjms.engine.testing.Seeds;

/** Many scenarios, each from a seed. {@code -Dseed=n} runs one again, {@code -Dseeds=n} more of them, {@code -Pdeep} 10,000. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulationTest {
    private static final int RUNS = 500;
    private static final int DEEP_RUNS = 10_000;
    private static final int TWICE = 50;

    /** What must have happened, or the runs prove nothing. */
    private static final String[] MUST_HAPPEN = {
        "gentle runs",
        "strangers",
        "forgers",
        "impostor: SPM_SQN",
        "impostor: SPM_TRAIL",
        "impostor: SPM_LEAD",
        "impostor: FIN",
        "impostor: RST",
        "skewed clocks",
        "network: dropped",
        "network: dropped in bursts",
        "network: cut off",
        "network: filtered",
        "network: too long",
        "network: duplicated",
        "network: replayed",
        "network: corrupted",
        "network: refused by parser",
        "network: refused by socket",
        "source: numbers started over",
        "source: numbers changed sign",
        "source: EVICTED",
        "source: NAKS_TOO_LATE",
        "source: NAKS_OVER_BUDGET",
        "source: NAK_DUPLICATES",
        "source: RATE_WAITS",
        "source: SPMRS_SUPPRESSED",
        "source: LIMIT_WAITS",
        "source: STATUSES_REFUSED",
        "source: a receiver CAME",
        "source: a receiver LEFT",
        "source: a receiver SILENT",
        "source: a receiver STUCK",
        "receiver: COMPLETE",
        "receiver: CONTIGUOUS",
        "receiver: DISCONTINUITIES",
        "receiver: DUPLICATES",
        "receiver: ENDS_CALLED_OFF",
        "receiver: NAKS_SENT",
        "receiver: NAKS_SUPPRESSED",
        "receiver: NO_ROOM",
        "receiver: OUT_OF_WINDOW",
        "receiver: REPAIRED",
        "receiver: SPM_OLD",
        "receiver: TOMBSTONED",
        "stream: FROM_BIRTH",
        "stream: FROM_JOIN",
        "stream: FROM_LEAD",
        "stream: ended by CLOSED",
        "stream: ended by EXPIRED",
        "stream: ended by FIN",
        "stream: ended by RST",
        "stream: lost by DEADLINE",
        "stream: lost by HISTORY_GONE",
        "stream: lost by MALFORMED",
        "stream: lost by NAK_RETRIES",
        "stream: lost by RDATA_RETRIES",
        "stream: lost by RESET",
        "stream: lost by SOURCE_EXPIRED",
        "stream: lost by TRAIL_PASSED",
        "stream: lost by WINDOW_OVERFLOW",
    };

    private final Outcome all = Outcome.none();

    @Order(1)
    @Seeds(
            fresh = RUNS,
            deep = DEEP_RUNS,
            known = {
                9, 110, 120, 143, 144, 152, 361, 1000767, 1000856, 1001677, 1002039, 1002262, 1006346, 1009511, 3006541,
                3006681, 3008947, 5004432, 6000965, 7007930, 7008105, 7009505
            })
    void nothingVanishesWithoutAReport(long seed) {
        all.add(Scenario.random(seed).run());
    }

    @Order(2)
    @Test
    void theTroubleWasReal() {
        assumeThat(all.get("runs")).as("runs").isGreaterThanOrEqualTo(RUNS);

        assertThat(MUST_HAPPEN)
                .allSatisfy(what -> assertThat(all.get(what)).as(what).isPositive());
        assertThat((double) all.get("network: dropped") / all.get("network: offered"))
                .isBetween(0.02, 0.3);
        assertThat((double) all.get("receiver: LOST") / all.get("stream: delivered"))
                .as("what is lost of what is delivered")
                .isLessThan(0.2);
    }

    @Order(3)
    @Seeds(fresh = TWICE)
    void sameSeedSameRun(long seed) {
        Outcome once = Scenario.random(seed).run();
        Outcome again = Scenario.random(seed).run();

        assertThat(again.fingerprint()).isEqualTo(once.fingerprint());
        assertThat(again).hasToString(once.toString());
    }
}
