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

/**
 * Connections, sessions and consumers in virtual time, on the engine's real protocol: what a consumer gets and what it is
 * told it missed make up what was sent, whatever the network does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulatedJmsTest {
    private static final int RUNS = 50;
    private static final int TWICE = 5;

    private long runs;
    private long endedInTheRain;
    private long dropped;
    private long droppedHeads;
    private long pairs;
    private long expirations;
    private long received;
    private long lost;

    @Order(1)
    @Seeds(fresh = RUNS)
    void nothingVanishesWithoutAReport(long seed) throws JMSException {
        Run run = new Run(seed);

        run.go();

        run.check();
        count(run);
    }

    private void count(Run run) {
        runs++;
        endedInTheRain += run.endsInTheRain() ? 1 : 0;
        dropped += run.dropped();
        droppedHeads += run.droppedHeads();
        pairs += run.publishers() - 1;
        for (Subscriber subscriber : run.subscribers()) {
            expirations += subscriber.expirations();
            for (TopicLog log : subscriber.logs()) {
                received += log.received();
                lost += log.lost();
            }
        }
    }

    @Order(2)
    @Test
    void theTroubleWasReal() {
        assumeThat(runs).isGreaterThanOrEqualTo(RUNS);

        assertThat(dropped).as("dropped packets").isGreaterThan(1_000);
        assertThat(droppedHeads).as("dropped topic heads").isGreaterThan(100);
        assertThat(pairs).as("runs with two publishers").isBetween(1L, runs - 1);
        assertThat(endedInTheRain).as("ends in the rain").isBetween(1L, runs - 1);
        assertThat(expirations).as("sources that fell silent").isPositive();
        assertThat(lost).as("messages lost").isBetween(100L, received / 5);
    }

    @Order(3)
    @Seeds(fresh = TWICE)
    void sameSeedSameRun(long seed) throws JMSException {
        Run once = new Run(seed);
        Run again = new Run(seed);

        once.go();
        again.go();

        assertThat(again.fingerprint()).isEqualTo(once.fingerprint());
        assertThat(logs(again)).isEqualTo(logs(once));
    }

    private static String logs(Run run) {
        return run.subscribers().stream()
                .map(subscriber -> subscriber.logs().toString())
                .reduce("", String::concat);
    }
}
