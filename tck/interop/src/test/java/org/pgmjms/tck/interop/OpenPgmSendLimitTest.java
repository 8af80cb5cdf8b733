package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/**
 * A source with {@code pgm.sendLimit=min} beside an OpenPGM receiver, which never says how far it is: the source does not
 * wait for it, repairs what it asks for, and what it misses in the end it is told by its own library. A source that waited
 * for anybody longer than its send timeout would fail.
 */
@RequiresLab({"gcc", "pkg-config"})
class OpenPgmSendLimitTest extends LivePeerFixture {
    private static final int MANY_MESSAGES = 3 * MESSAGES;

    private static Path peer;

    @BeforeAll
    static void build() {
        peer = LiveTools.openPgmPeer();
    }

    @Test
    void anOpenPgmReceiverAloneGetsEverythingAndHoldsNobody() throws InterruptedException {
        right.lose(1);
        LabProcess theirs = LiveTools.openPgmReceiver(right, peer, MESSAGES, 1);

        LabProcess publisher = publish(MESSAGES);

        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        assertThat(publisher.number("sent")).isEqualTo(MESSAGES);
        assertThat(theirs.awaitExit(PATIENCE)).as(theirs.tail()).isZero();
        assertComplete(theirs);
        assertApplied(1);
    }

    @Test
    void besideOneOfOursBothGetEverything() throws InterruptedException {
        LabHost third = host("third");
        right.lose(1);
        third.lose(1);
        LabProcess theirs = LiveTools.openPgmReceiver(right, peer, MESSAGES, 1);
        LabProcess ours = subscribe(third, MESSAGES);

        LabProcess publisher = publish(MESSAGES, "pgm.sendLimit.receivers=1");

        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        assertOursComplete(ours, MESSAGES);
        assertThat(theirs.awaitExit(PATIENCE)).as(theirs.tail()).isZero();
        assertComplete(theirs);
        assertApplied(1);
    }

    @Test
    void oneThatIsAwayLongerThanTheWindowHoldsNobodyAndIsTold() throws InterruptedException {
        LabProcess theirs = LiveTools.openPgmReceiver(right, peer, MANY_MESSAGES, 1);
        LabProcess ours = subscribe(host("third"), MANY_MESSAGES);

        LabProcess publisher = publish(MANY_MESSAGES, "pgm.sendLimit.receivers=1", "pgm.window.packets=2000");
        awaitMessage(ours, MESSAGES / 2);
        right.plug(false);
        awaitMessage(ours, 2 * MESSAGES);
        right.plug(true);

        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        assertOursComplete(ours, MANY_MESSAGES);
        theirs.handle().destroy();
        assertThat(theirs.awaitExit(PATIENCE)).as(theirs.tail()).isZero();
        assertThat(theirs.number("received")).as(theirs.tail()).isBetween(MESSAGES / 2L, MANY_MESSAGES - 1L);
        assertThat(theirs.number("resets")).as(theirs.tail()).isPositive();
        assertThat(theirs.number("corrupt")).isZero();
    }

    private static void awaitMessage(LabProcess subscriber, int number) throws InterruptedException {
        subscriber.awaitLine(line -> line.startsWith(number + "."), PATIENCE);
    }

    private static LabProcess subscribe(LabHost host, int count) throws InterruptedException {
        return LiveTools.subscribe(
                host,
                LiveTools.url("pgm.profile=openpgm"),
                "--topic=feed",
                "--format=raw",
                "--count=" + count,
                "--timeout=100");
    }

    private LabProcess publish(int count, String... options) {
        List<String> all = new ArrayList<>(
                List.of("pgm.profile=openpgm", "pgm.maxRate=" + MAX_RATE, "jms.sendTimeout=500", "pgm.sendLimit=min"));
        all.addAll(List.of(options));
        return LiveTools.publish(
                left,
                LiveTools.url(all.toArray(String[]::new)),
                "--topic=feed",
                "--format=raw",
                "--count=" + count,
                "--size=" + SIZE,
                "--rate=" + RATE);
    }

    private static void assertOursComplete(LabProcess ours, int count) throws InterruptedException {
        assertThat(ours.awaitExit(PATIENCE)).as(ours.tail()).isZero();
        assertThat(bodies(ours)).isEqualTo(expected(count, SIZE));
        assertThat(ours.number("lost")).isZero();
        assertThat(ours.number("duplicates")).isZero();
    }

    private static void assertComplete(LabProcess theirs) {
        assertThat(theirs.number("received")).isEqualTo(MESSAGES);
        assertThat(theirs.number("disordered")).isZero();
        assertThat(theirs.number("corrupt")).isZero();
        assertThat(theirs.number("resets")).isZero();
    }
}
