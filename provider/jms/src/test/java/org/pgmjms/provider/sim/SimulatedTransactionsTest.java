package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.jms.JMSException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.pgmjms.engine.testing.Seeds;

/** Transactions in virtual time: on each group a consumer's process gets all of one or nothing, whatever happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulatedTransactionsTest {
    private static final int RUNS = 40;

    private long runs;
    private long deaths;
    private long committed;
    private long large;
    private long rolledBack;
    private long dropped;
    private long missed;
    private long incomplete;

    @Order(1)
    @Seeds(fresh = RUNS)
    void allOrNothing(long seed) throws JMSException {
        TransactionRun run = new TransactionRun(seed);

        run.go();

        run.check();
        runs++;
        deaths += run.dies() ? 1 : 0;
        committed += run.committed();
        large += run.large();
        rolledBack += run.rolledBack();
        dropped += run.dropped();
        missed += run.missedTrains();
        incomplete += run.incomplete();
    }

    @Order(2)
    @Test
    void theTroubleWasReal() {
        assumeThat(runs).isGreaterThanOrEqualTo(RUNS);

        assertThat(dropped).as("dropped packets").isGreaterThan(1_000);
        assertThat(deaths).as("publishers that died").isBetween(1L, runs - 1);
        assertThat(rolledBack).as("rollbacks").isPositive();
        assertThat(large).as("transactions of long messages").isGreaterThan(committed / 10);
        assertThat(incomplete).as("trains of which parts came").isPositive();
        assertThat(missed).as("trains that did not come").isBetween(10L, committed * 3);
    }
}
