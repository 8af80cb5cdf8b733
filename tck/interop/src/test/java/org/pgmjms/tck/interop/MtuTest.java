package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/**
 * Packets of other lengths than a device or a program expects, with both kinds of port: they arrive, or it is said that
 * they do not.
 */
@RequiresLab("gcc")
@ParameterizedClass
@ValueSource(strings = {"nio", "native"})
class MtuTest {
    private static final int FIRST_NATIVE_RELEASE = 22;
    private static final int SMALL_MTU = 1000;
    private static final int LARGE_MTU = 9000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Parameter
    private String port;

    private Lab lab;
    private LabHost left;
    private LabHost right;

    @BeforeEach
    void open() {
        boolean isThere = "nio".equals(port) || Runtime.version().feature() >= FIRST_NATIVE_RELEASE;
        if (!isThere) {
            System.err.println("SKIPPED MtuTest with native ports: needs Java " + FIRST_NATIVE_RELEASE);
        }
        assumeTrue(isThere, "native ports need Java " + FIRST_NATIVE_RELEASE);
        lab = new Lab();
        left = lab.host("left");
        right = lab.host("right");
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    /** What were runs leaves packet by packet then, and IP cuts those. */
    @Test
    void anMtuThatGetsSmallerWhileSendingLosesNothing() throws InterruptedException {
        LabProcess subscriber = subscribe(LiveTools.url(), "--count=600", "--output=text");
        LabProcess publisher = publish(LiveTools.url(), "--count=600", "--size=20000", "--rate=100");

        subscriber.awaitLine(line -> line.startsWith("200."), PATIENCE);
        left.mtu(SMALL_MTU);

        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        assertAllArrived(subscriber, 600);
        assertThat(publisher.lines().stream().anyMatch(line -> line.contains("packets leave one by one")))
                .as(publisher.tail())
                .isEqualTo("native".equals(port));
        assertNoErrors(publisher);
    }

    @Test
    void anMtuThatIsTooSmallFromTheStartIsRefusedByName() throws InterruptedException {
        left.mtu(SMALL_MTU);

        LabProcess publisher = publish(LiveTools.url(), "--count=1");

        assertThat(publisher.awaitExit(PATIENCE)).isNotZero();
        assertThat(publisher.lines())
                .anyMatch(line -> line.contains("pgm.tpdu=1500 is not allowed: the MTU of interface")
                        && line.contains(Integer.toString(SMALL_MTU)));
    }

    /**
     * A bridge drops what its next device cannot carry and tells nobody, of repairs as well; only runs, which are cut
     * behind it, it forwards.
     */
    @Test
    void whatThePathDropsForItsLengthIsReportedLost() throws InterruptedException {
        String url = LiveTools.url("pgm.profile=marketdata");
        LabProcess subscriber = subscribe(url, "--count=1000", "--output=none");
        LabProcess small = publish(url, "--count=500", "--size=100", "--rate=1000");
        assertThat(small.awaitExit(PATIENCE)).as(small.tail()).isZero();

        right.cableMtu(SMALL_MTU);
        LabProcess large = publish(url, "--count=500", "--size=1200", "--rate=200");

        assertThat(large.awaitExit(PATIENCE)).as(large.tail()).isZero();
        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertThat(subscriber.number("lost"))
                .as(subscriber.tail())
                .isGreaterThanOrEqualTo("nio".equals(port) ? 500 : 0);
        assertThat(subscriber.number("received") + subscriber.number("lost"))
                .as(subscriber.tail())
                .isEqualTo(1000);
        assertThat(subscriber.number("duplicates")).isZero();
    }

    @Test
    void packetsLargerThanTheReceiversOwnAreTaken() throws InterruptedException {
        for (LabHost host : List.of(left, right)) {
            host.mtu(LARGE_MTU);
            host.cableMtu(LARGE_MTU);
        }
        LabProcess subscriber = subscribe(LiveTools.url(), "--count=2000", "--output=none");

        LabProcess publisher =
                publish(LiveTools.url("pgm.tpdu=" + LARGE_MTU), "--count=2000", "--size=20000", "--rate=1000");

        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        assertAllArrived(subscriber, 2000);
        assertNoErrors(publisher);
    }

    @Test
    void datagramsOfTheLargestSizeAndPacketsThatAreCutOffDisturbNobody() throws InterruptedException {
        Path program = Lab.compile(Path.of("src", "test", "c", "stranger.c"), Path.of("target", "c"));
        LabHost third = lab.host("stranger");
        LabProcess subscriber = subscribe(LiveTools.url(), "--count=5000", "--output=none");
        LabProcess stranger = third.start(
                program.toString(),
                "send",
                "net=" + third.ipv4(),
                "group=" + LiveTools.GROUP,
                "port=" + LiveTools.PORT,
                "count=300",
                "rate=100");

        LabProcess publisher = publish(LiveTools.url(), "--count=5000", "--size=1200", "--rate=1000");

        assertThat(stranger.awaitExit(PATIENCE)).as(stranger.tail()).isZero();
        assertThat(stranger.number("oversized")).isEqualTo(300);
        assertThat(stranger.number("cut")).isGreaterThan(10_000);
        assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
        assertAllArrived(subscriber, 5000);
    }

    private LabProcess subscribe(String url, String... arguments) throws InterruptedException {
        return LiveTools.subscribe(jvm(), right, url, with(arguments, "--topic=t", "--timeout=110"));
    }

    private LabProcess publish(String url, String... arguments) {
        return LiveTools.publish(jvm(), left, url, with(arguments, "--topic=t"));
    }

    private static String[] with(String[] arguments, String... more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private List<String> jvm() {
        List<String> jvm = new ArrayList<>(LiveTools.SMALL);
        jvm.add("-Dpgmjms.port=" + port);
        jvm.add("-Dorg.slf4j.simpleLogger.log.org.pgmjms.engine=info");
        return jvm;
    }

    private void assertAllArrived(LabProcess subscriber, int messages) throws InterruptedException {
        assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
        assertThat(subscriber.number("received")).as(subscriber.tail()).isEqualTo(messages);
        assertThat(subscriber.number("lost")).isZero();
        assertThat(subscriber.number("duplicates")).isZero();
        assertThat(subscriber.number("sources")).isEqualTo(1);
        assertNoErrors(subscriber);
        assertThat(subscriber.lines()).anyMatch(line -> line.contains("datagrams go by") && line.contains(port));
    }

    private static void assertNoErrors(LabProcess process) {
        assertThat(process.lines())
                .noneMatch(line -> line.contains("ERROR") || line.contains("WARN") || line.contains("Exception"));
    }
}
