package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.tck.kit.LabProcess;

/** Raw topics to and from a live OpenPGM peer; our sources announce their sessions with the private SPM option. */
@RequiresLab({"gcc", "pkg-config"})
class OpenPgmTest extends LivePeerFixture {
    private static Path peer;

    @BeforeAll
    static void build() {
        peer = LiveTools.openPgmPeer();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void subscribeTakesAllThatOpenPgmSends(double lossPercent) throws InterruptedException {
        right.lose(lossPercent);
        LabProcess subscriber = LiveTools.subscribe(
                right,
                LiveTools.url("pgm.profile=openpgm"),
                "--topic=feed",
                "--format=raw",
                "--count=" + MESSAGES,
                "--timeout=120");

        LabProcess source = LiveTools.openPgmSource(left, peer, MESSAGES, SIZE, RATE);

        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertThat(subscriber.number("lost")).as(subscriber.tail()).isZero();
        assertThat(subscriber.number("duplicates")).isZero();
        assertThat(bodies(subscriber)).isEqualTo(expected(MESSAGES, SIZE));
        assertThat(subscriber.number("sources")).isEqualTo(1);
        assertApplied(lossPercent);
        assertThat(source.stop(PATIENCE)).as(source.tail()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void openPgmTakesAllThatPublishSends(double lossPercent) throws InterruptedException {
        right.lose(lossPercent);
        LabProcess receiver = LiveTools.openPgmReceiver(right, peer, MESSAGES, 1);

        LabProcess publisher = publish();

        assertThat(receiver.awaitExit(PATIENCE)).as(receiver.tail()).isZero();
        assertComplete(receiver, 1);
        assertApplied(lossPercent);
        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        assertThat(publisher.number("sent")).isEqualTo(MESSAGES);
    }

    @Test
    void twoPublishersOnOneHostReachAnOpenPgmReceiverWhole() throws InterruptedException {
        right.lose(1);
        LabProcess receiver = LiveTools.openPgmReceiver(right, peer, MESSAGES, 2);

        LabProcess first = publish();
        LabProcess second = publish();

        assertThat(receiver.awaitExit(PATIENCE)).as(receiver.tail()).isZero();
        assertComplete(receiver, 2);
        assertApplied(1);
        assertThat(first.awaitExit(PATIENCE)).as(first.tail()).isZero();
        assertThat(second.awaitExit(PATIENCE)).as(second.tail()).isZero();
    }

    private LabProcess publish() {
        return LiveTools.publish(
                left,
                LiveTools.url("pgm.profile=openpgm", "pgm.maxRate=" + MAX_RATE),
                "--topic=feed",
                "--format=raw",
                "--count=" + MESSAGES,
                "--size=" + SIZE,
                "--rate=" + RATE);
    }

    private static void assertComplete(LabProcess receiver, int sources) {
        assertThat(receiver.number("received")).isEqualTo((long) MESSAGES * sources);
        assertThat(receiver.number("disordered")).isZero();
        assertThat(receiver.number("corrupt")).isZero();
        assertThat(receiver.number("resets")).isZero();
        assertThat(receiver.number("sources")).isEqualTo(sources);
    }
}
