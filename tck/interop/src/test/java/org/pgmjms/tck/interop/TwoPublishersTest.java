package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** Several processes on one host with one URL: each answers the NAKs for its own session. */
@RequiresLab
class TwoPublishersTest {
    private static final int MESSAGES = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void bothArriveWholeInSpiteOfLoss() throws InterruptedException {
        try (Lab lab = new Lab()) {
            LabHost publishers = lab.host("publishers");
            LabHost subscribers = lab.host("subscribers");
            subscribers.lose(1);
            LabProcess subscriber = LiveTools.subscribe(
                    subscribers,
                    LiveTools.url(),
                    "--topic=quotes",
                    "--count=" + 2 * MESSAGES,
                    "--timeout=110",
                    "--output=none");

            LabProcess first = publish(publishers);
            LabProcess second = publish(publishers);

            assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
            assertThat(subscriber.number("received")).isEqualTo(2 * MESSAGES);
            assertThat(subscriber.number("lost")).isZero();
            assertThat(subscriber.number("duplicates")).isZero();
            assertThat(subscriber.number("sources")).isEqualTo(2);
            assertThat(subscribers.lostPercent()).isBetween(0.5, 2.0);
            assertThat(first.awaitExit(PATIENCE)).as(first.tail()).isZero();
            assertThat(second.awaitExit(PATIENCE)).as(second.tail()).isZero();
        }
    }

    private static LabProcess publish(LabHost host) {
        return LiveTools.publish(
                host, LiveTools.url(), "--topic=quotes", "--count=" + MESSAGES, "--size=600", "--rate=4000");
    }
}
