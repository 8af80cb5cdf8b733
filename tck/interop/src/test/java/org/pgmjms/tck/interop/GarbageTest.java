package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** A minute of packets that are no good, in the group of a publisher and a subscriber. */
@Tag("long")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@RequiresLab
class GarbageTest {
    private static final int SECONDS = 60;
    private static final int RATE = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @Test
    void disturbsNobody() throws InterruptedException {
        int messages = SECONDS * 1000;
        try (Lab lab = new Lab()) {
            LabHost right = lab.host("right");
            LabProcess subscriber = LiveTools.subscribe(
                    right, LiveTools.url(), "--topic=t", "--count=" + messages, "--timeout=120", "--output=none");
            LabProcess garbage = lab.host("stranger")
                    .startJava(
                            List.of(),
                            GarbageProgram.class.getName(),
                            "eth0",
                            LiveTools.GROUP,
                            Integer.toString(LiveTools.PORT),
                            Integer.toString(RATE),
                            Integer.toString(SECONDS),
                            "7");

            LabProcess publisher = LiveTools.publish(
                    lab.host("left"), LiveTools.url(), "--topic=t", "--count=" + messages, "--rate=1000");

            assertThat(garbage.awaitExit(PATIENCE)).as(garbage.tail()).isZero();
            assertThat(garbage.number("broken")).isGreaterThan((long) RATE * SECONDS / 4);
            assertThat(garbage.number("repaired")).isGreaterThan((long) RATE * SECONDS / 4);
            assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
            assertThat(subscriber.number("received")).as(subscriber.tail()).isEqualTo(messages);
            assertThat(subscriber.number("lost")).isZero();
            assertThat(subscriber.number("duplicates")).isZero();
            assertThat(subscriber.number("sources")).isEqualTo(1);
            assertThat(subscriber.lines()).noneMatch(line -> line.contains("ERROR"));
            assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
            assertThat(publisher.lines()).noneMatch(line -> line.contains("ERROR"));
        }
    }
}
