package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.tck.kit.LabProcess;

/**
 * {@code format=zmq} to and from a live ZeroMQ peer. A ZeroMQ subscriber says nothing of what it loses: here it loses
 * nothing, as everything can be repaired, and counts what it misses itself.
 */
@RequiresLab({"gcc", "pkg-config"})
class ZeroMqTest extends LivePeerFixture {
    private static final int LARGE = 5_000;

    private static Path peer;

    @BeforeAll
    static void build() {
        peer = LiveTools.zeroMqPeer();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void subscribeTakesAllThatZeroMqPublishes(double lossPercent) throws InterruptedException {
        right.lose(lossPercent);
        LabProcess subscriber = subscribe(MESSAGES, "text");

        LabProcess publisher = LiveTools.zeroMqPublisher(left, peer, MESSAGES, SIZE, RATE, 1);

        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertThat(subscriber.number("lost")).as(subscriber.tail()).isZero();
        assertThat(subscriber.number("duplicates")).isZero();
        assertThat(bodies(subscriber)).isEqualTo(expected(MESSAGES, SIZE));
        assertThat(subscriber.number("sources")).isEqualTo(1);
        assertApplied(lossPercent);
        assertThat(publisher.stop(PATIENCE)).as(publisher.tail()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void zeroMqTakesAllThatPublishSends(double lossPercent) throws InterruptedException {
        right.lose(lossPercent);
        LabProcess subscriber = LiveTools.zeroMqSubscriber(right, peer, MESSAGES, "");

        LabProcess publisher = publish(MESSAGES, SIZE);

        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertComplete(subscriber, MESSAGES);
        assertApplied(lossPercent);
        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        assertThat(publisher.number("sent")).isEqualTo(MESSAGES);
    }

    @Test
    void messagesOfSeveralPacketsArePutTogetherOnBothSides() throws InterruptedException {
        right.lose(1);
        LabProcess subscriber = subscribe(500, "text");
        LabProcess publisher = LiveTools.zeroMqPublisher(left, peer, 500, LARGE, 400, 1);

        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertThat(bodies(subscriber)).isEqualTo(expected(500, LARGE));
        assertThat(publisher.stop(PATIENCE)).as(publisher.tail()).isZero();

        LabProcess theirs = LiveTools.zeroMqSubscriber(right, peer, 500, "");
        LabProcess ours = publish(500, LARGE);

        assertThat(theirs.awaitExit(PATIENCE)).as(theirs.tail()).isZero();
        assertComplete(theirs, 500);
        assertThat(ours.awaitExit(PATIENCE)).as(ours.tail()).isZero();
    }

    @Test
    void messagesOfSeveralPartsBecomeStreamMessages() throws InterruptedException {
        LabProcess subscriber = subscribe(100, "json");
        LabProcess publisher = LiveTools.zeroMqPublisher(left, peer, 100, 4, 1000, 3);

        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertThat(subscriber.lines())
                .filteredOn(line -> line.startsWith("{"))
                .hasSize(100)
                .first()
                .asString()
                .contains("\"body\":[\"MC4uLg==\",\"MC4uLg==\",\"MC4uLg==\"]");
        assertThat(publisher.stop(PATIENCE)).as(publisher.tail()).isZero();
    }

    /** Prefixes are ZeroMQ's business: what a subscriber there asks for is looked for in the body. */
    @Test
    void zeroMqFiltersByTheBeginningOfTheBody() throws InterruptedException {
        LabProcess subscriber = LiveTools.zeroMqSubscriber(right, peer, 1000, "99");

        LabProcess publisher = publish(1000, SIZE);

        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertThat(subscriber.number("received")).isEqualTo(11);
        assertThat(subscriber.number("disordered")).isZero();
        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
    }

    private LabProcess subscribe(int count, String output) throws InterruptedException {
        return LiveTools.subscribe(
                right,
                LiveTools.url(),
                "--topic=feed",
                "--format=zmq",
                "--output=" + output,
                "--count=" + count,
                "--timeout=120");
    }

    private LabProcess publish(int count, int size) {
        return LiveTools.publish(
                left,
                LiveTools.url("pgm.maxRate=" + MAX_RATE),
                "--topic=feed",
                "--format=zmq",
                "--count=" + count,
                "--size=" + size,
                "--rate=" + RATE);
    }

    private static void assertComplete(LabProcess subscriber, int messages) {
        assertThat(subscriber.number("received")).isEqualTo(messages);
        assertThat(subscriber.number("missing")).isZero();
        assertThat(subscriber.number("disordered")).isZero();
        assertThat(subscriber.number("corrupt")).isZero();
    }
}
