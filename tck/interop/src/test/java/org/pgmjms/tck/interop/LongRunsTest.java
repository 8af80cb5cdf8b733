package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/**
 * What takes minutes: a million messages, a hundred programs that end, a minute of garbage. Runs beside the other live
 * tests, the programs that end first, as they leave most time to them.
 */
@Tag("long")
@RequiresLab
@Execution(ExecutionMode.CONCURRENT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LongRunsTest {
    private static final int MILLION = 1_000_000;

    private static final int EXITS = 100;
    private static final int EXITS_AT_ONCE = 4;
    private static final int EXIT_MESSAGES = 1000;
    private static final int GARBAGE_SECONDS = 60;
    private static final int GARBAGE_RATE = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @Test
    @Order(2)
    void aMillionMessagesArriveOnceInOrderAtOnePercentLoss() throws InterruptedException {
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

    @Test
    @Order(1)
    void aProgramThatEndsLeavesNothingUnaccountedFor() throws InterruptedException {
        for (int round = 0; round < EXITS; round += EXITS_AT_ONCE) {
            try (Lab lab = new Lab()) {
                LabHost left = lab.host("left");
                LabHost right = lab.host("right");
                right.lose(5);
                List<LabProcess> subscribers = new ArrayList<>();
                List<LabProcess> publishers = new ArrayList<>();
                for (int channel = 0; channel < EXITS_AT_ONCE; channel++) {
                    subscribers.add(LiveTools.subscribe(
                            right,
                            exitUrl(channel),
                            "--topic=t",
                            "--count=" + EXIT_MESSAGES,
                            "--timeout=40",
                            "--output=none"));
                }
                for (int channel = 0; channel < EXITS_AT_ONCE; channel++) {
                    publishers.add(LiveTools.publish(
                            left, exitUrl(channel), "--topic=t", "--count=" + EXIT_MESSAGES, "--size=700"));
                }
                for (int channel = 0; channel < EXITS_AT_ONCE; channel++) {
                    LabProcess subscriber = subscribers.get(channel);
                    assertThat(subscriber.awaitExit(PATIENCE))
                            .as(subscriber.tail())
                            .isZero();
                    assertThat(subscriber.number("received") + subscriber.number("lost"))
                            .as(subscriber.tail())
                            .isEqualTo(EXIT_MESSAGES);
                    assertThat(publishers.get(channel).awaitExit(PATIENCE))
                            .as(publishers.get(channel).tail())
                            .isZero();
                }
                assertThat(right.lostPercent()).isCloseTo(5, within(2.0));
            }
        }
    }

    /** The same group with a port for each pair, so that they do not hear each other. */
    private static String exitUrl(int channel) {
        return "epgm://eth0;" + LiveTools.GROUP + ":" + (LiveTools.PORT + channel);
    }

    @Test
    @Order(3)
    void garbageDisturbsNobody() throws InterruptedException {
        int messages = GARBAGE_SECONDS * 1000;
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
                            Integer.toString(GARBAGE_RATE),
                            Integer.toString(GARBAGE_SECONDS),
                            "7");

            LabProcess publisher = LiveTools.publish(
                    lab.host("left"), LiveTools.url(), "--topic=t", "--count=" + messages, "--rate=1000");

            assertThat(garbage.awaitExit(PATIENCE)).as(garbage.tail()).isZero();
            assertThat(garbage.number("broken")).isGreaterThan((long) GARBAGE_RATE * GARBAGE_SECONDS / 4);
            assertThat(garbage.number("repaired")).isGreaterThan((long) GARBAGE_RATE * GARBAGE_SECONDS / 4);
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
