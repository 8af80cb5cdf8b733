package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** A hundred programs that publish and end at once: all they sent arrives or is reported lost. */
@Tag("long")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@RequiresLab
class ProgramEndsTest {
    private static final int CHANNELS = 10;
    private static final int ROUNDS = 10;
    private static final int MESSAGES = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @Test
    void nothingIsUnaccountedFor() throws InterruptedException {
        try (Lab lab = new Lab()) {
            LabHost left = lab.host("left");
            LabHost right = lab.host("right");
            right.lose(5);
            List<LabProcess> subscribers = subscribers(right);
            for (int round = 0; round < ROUNDS; round++) {
                List<LabProcess> publishers = new ArrayList<>();
                for (int channel = 0; channel < CHANNELS; channel++) {
                    publishers.add(publisher(left, channel));
                }
                for (LabProcess publisher : publishers) {
                    assertThat(publisher.awaitExit(PATIENCE))
                            .as(publisher.tail())
                            .isZero();
                }
            }
            for (LabProcess subscriber : subscribers) {
                assertAccounted(subscriber);
            }
            assertThat(right.lostPercent()).isCloseTo(5, within(2.0));
        }
    }

    private static List<LabProcess> subscribers(LabHost host) throws InterruptedException {
        List<LabProcess> subscribers = new ArrayList<>();
        for (int channel = 0; channel < CHANNELS; channel++) {
            subscribers.add(LiveTools.startSubscriber(
                    LiveTools.SMALL,
                    host,
                    url(channel),
                    "--topic=t",
                    "--count=" + ROUNDS * MESSAGES,
                    "--timeout=600",
                    "--output=none"));
        }
        for (LabProcess subscriber : subscribers) {
            LiveTools.awaitSubscribed(subscriber);
        }
        return subscribers;
    }

    private static LabProcess publisher(LabHost host, int channel) {
        return LiveTools.publish(
                LiveTools.SHORT_LIVED, host, url(channel), "--topic=t", "--count=" + MESSAGES, "--size=700");
    }

    private static void assertAccounted(LabProcess subscriber) throws InterruptedException {
        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertThat(subscriber.number("received") + subscriber.number("lost"))
                .as(subscriber.tail())
                .isEqualTo(ROUNDS * MESSAGES);
        assertThat(subscriber.number("duplicates")).isZero();
        assertThat(subscriber.number("sources")).isEqualTo(ROUNDS);
    }

    /** The same group with a port for each channel, so that they do not hear each other. */
    private static String url(int channel) {
        return "epgm://eth0;" + LiveTools.GROUP + ":" + (LiveTools.PORT + channel);
    }
}
