package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** A channel over IPv6, repairs included: their addresses are longer, and unicast needs the right scope. */
@RequiresLab
class Ipv6Test {
    private static final int MESSAGES = 5000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void everythingArrivesInSpiteOfLoss() throws InterruptedException {
        try (Lab lab = new Lab()) {
            LabHost left = lab.host("left");
            LabHost right = lab.host("right");
            right.lose(2);
            LabProcess subscriber = LiveTools.subscribe(
                    right, LiveTools.URL_IPV6, "--topic=t", "--count=" + MESSAGES, "--timeout=110", "--output=none");

            LabProcess publisher = LiveTools.publish(
                    left, LiveTools.URL_IPV6, "--topic=t", "--count=" + MESSAGES, "--size=900", "--rate=2500");

            assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
            assertThat(subscriber.number("received")).isEqualTo(MESSAGES);
            assertThat(subscriber.number("lost")).isZero();
            assertThat(subscriber.number("duplicates")).isZero();
            assertThat(right.lostPercent()).isBetween(1.0, 3.0);
            assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        }
    }
}
