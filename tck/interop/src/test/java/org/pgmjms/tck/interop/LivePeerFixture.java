package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/**
 * Two hosts for a live peer and for us. A message is its number as decimal text, padded with dots to its size, as our C
 * programs and {@code pgmjms publish} write it.
 */
abstract class LivePeerFixture {
    static final int MESSAGES = 10_000;
    static final int SIZE = 200;
    static final int RATE = 2500;

    /** What an OpenPGM receiver keeps up with: it takes a packet for each call of its application. */
    static final String MAX_RATE = "20Mbit/s";

    static final Duration PATIENCE = Duration.ofSeconds(120);

    private Lab lab;
    LabHost left;
    LabHost right;

    @BeforeEach
    final void open() {
        lab = new Lab();
        left = lab.host("left");
        right = lab.host("right");
    }

    @AfterEach
    final void close() {
        lab.close();
    }

    /** One more host. */
    final LabHost host(String name) {
        return lab.host(name);
    }

    /** The fault was there: what the filter counted is near what was asked for. */
    final void assertApplied(double lossPercent) {
        assertThat(right.lostPercent()).isCloseTo(lossPercent, within(lossPercent / 2));
    }

    /** The messages that a subscriber has printed. */
    static List<String> bodies(LabProcess subscriber) {
        return subscriber.lines().stream().filter(line -> line.endsWith("..")).toList();
    }

    /** The first so many messages of this size. */
    static List<String> expected(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(number -> {
                    String digits = Integer.toString(number);
                    return digits + ".".repeat(size - digits.length());
                })
                .toList();
    }
}
