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
    private static final int PROGRAMS = 100;
    private static final int AT_ONCE = 4;
    private static final int MESSAGES = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @Test
    void nothingIsUnaccountedFor() throws InterruptedException {
        for (int round = 0; round < PROGRAMS; round += AT_ONCE) {
            try (Lab lab = new Lab()) {
                LabHost left = lab.host("left");
                LabHost right = lab.host("right");
                right.lose(5);
                List<LabProcess> subscribers = subscribers(right);
                List<LabProcess> publishers = new ArrayList<>();
                for (int channel = 0; channel < AT_ONCE; channel++) {
                    publishers.add(LiveTools.publish(
                            LiveTools.SHORT_LIVED,
                            left,
                            url(channel),
                            "--topic=t",
                            "--count=" + MESSAGES,
                            "--size=700"));
                }
                for (int channel = 0; channel < AT_ONCE; channel++) {
                    assertAccounted(subscribers.get(channel), publishers.get(channel));
                }
                assertThat(right.lostPercent()).isCloseTo(5, within(2.0));
            }
        }
    }

    private static List<LabProcess> subscribers(LabHost host) throws InterruptedException {
        List<LabProcess> subscribers = new ArrayList<>();
        for (int channel = 0; channel < AT_ONCE; channel++) {
            subscribers.add(LiveTools.startSubscriber(
                    LiveTools.SHORT_LIVED,
                    host,
                    url(channel),
                    "--topic=t",
                    "--count=" + MESSAGES,
                    "--timeout=110",
                    "--output=none"));
        }
        for (LabProcess subscriber : subscribers) {
            LiveTools.awaitSubscribed(subscriber);
        }
        return subscribers;
    }

    private static void assertAccounted(LabProcess subscriber, LabProcess publisher) throws InterruptedException {
        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertThat(subscriber.number("received") + subscriber.number("lost"))
                .as(subscriber.tail())
                .isEqualTo(MESSAGES);
        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
    }

    /** The same group with a port for each pair, so that they do not hear each other. */
    private static String url(int channel) {
        return "epgm://eth0;" + LiveTools.GROUP + ":" + (LiveTools.PORT + channel);
    }
}
