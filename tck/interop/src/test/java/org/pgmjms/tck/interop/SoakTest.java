package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/**
 * A publisher and a subscriber, with little memory and at 1 % loss, for five minutes; what they hold is looked at after
 * one minute and in the end. Needs hardly any processor, so that it can run beside something else.
 */
@Tag("soak")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@RequiresLab
class SoakTest {
    private static final int RATE = 1000;
    private static final int FIRST_LOOK_SECONDS = 60;
    private static final int SECOND_LOOK_SECONDS = 300;
    private static final double GROWTH = 0.05;

    @Test
    void whatIsHeldDoesNotGrowAndNothingIsLeftAfterClose() throws InterruptedException {
        try (Lab lab = new Lab()) {
            LabHost right = lab.host("subscriber");
            right.lose(1);
            LabProcess subscriber = start(right, "subscribe", SECOND_LOOK_SECONDS + 4);
            subscriber.awaitLine("READY"::equals, LiveTools.READY);

            LabProcess publisher = start(lab.host("publisher"), "publish", SECOND_LOOK_SECONDS);

            assertThat(publisher.awaitExit(Duration.ofSeconds(400)))
                    .as(publisher.tail())
                    .isZero();
            assertThat(subscriber.awaitExit(Duration.ofSeconds(60)))
                    .as(subscriber.tail())
                    .isZero();
            assertThat(subscriber.number("received")).as(subscriber.tail()).isEqualTo(publisher.number("sent"));
            assertThat(subscriber.number("lost")).isZero();
            for (LabProcess process : List.of(publisher, subscriber)) {
                assertSteady(process, "heap");
                assertSteady(process, "direct");
                assertThat(process.number("threads")).as(process.tail()).isZero();
                assertThat(process.number("sockets")).as(process.tail()).isZero();
                assertThat(process.lines()).noneMatch(line -> line.contains("LEAK") || line.contains("ERROR"));
            }
        }
    }

    private static LabProcess start(LabHost host, String what, int endSeconds) {
        return host.startJava(
                LiveTools.SMALL_AND_WATCHED,
                SoakProgram.class.getName(),
                what,
                LiveTools.url(),
                Integer.toString(RATE),
                Integer.toString(FIRST_LOOK_SECONDS),
                Integer.toString(SECOND_LOOK_SECONDS),
                Integer.toString(endSeconds));
    }

    private static void assertSteady(LabProcess process, String what) {
        double first = process.number("at" + FIRST_LOOK_SECONDS + "." + what);
        double second = process.number("at" + SECOND_LOOK_SECONDS + "." + what);
        assertThat(second).as(process.tail()).isCloseTo(first, within(first * GROWTH));
    }
}
