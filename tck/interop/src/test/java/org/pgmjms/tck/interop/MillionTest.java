package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** A million messages at a rate that leaves little to spare, hence when no other live test runs. */
@Tag("long")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@RequiresLab
@Isolated
class MillionTest {
    private static final int MILLION = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @Test
    void arrivesOnceInOrderAtOnePercentLoss() throws InterruptedException {
        try (Lab lab = new Lab()) {
            LabHost right = lab.host("right");
            right.lose(1);
            LabProcess subscriber = LiveTools.subscribe(
                    LiveTools.PLAIN,
                    right,
                    LiveTools.url(),
                    "--topic=t",
                    "--count=" + MILLION,
                    "--timeout=150",
                    "--output=none");

            LabProcess publisher = LiveTools.publish(
                    LiveTools.PLAIN,
                    lab.host("left"),
                    LiveTools.url(),
                    "--topic=t",
                    "--count=" + MILLION,
                    "--size=256",
                    "--rate=100000");

            assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
            assertThat(subscriber.number("received")).isEqualTo(MILLION);
            assertThat(subscriber.number("lost")).isZero();
            assertThat(subscriber.number("duplicates")).isZero();
            assertThat(right.lostPercent()).isBetween(0.8, 1.2);
            assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        }
    }
}
