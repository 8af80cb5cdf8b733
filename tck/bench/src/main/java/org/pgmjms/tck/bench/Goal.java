package org.pgmjms.tck.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What pgmjms wants to reach against a peer.
 *
 * @param text what it is about
 * @param like which ratio; its number is the bound
 */
record Goal(String text, Ratio like) {
    private static final int USUAL = 256;

    /** All goals, those of the NIO port and of the native one. */
    static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        for (int receivers : List.of(1, 4)) {
            goals.addAll(pair("Aeron, rate", "aeron", USUAL, receivers, 0, Ratio.RATE, 1.0, 2.5));
            goals.addAll(pair("Aeron, CPU", "aeron", USUAL, receivers, 0, Ratio.CPU, 1.0, 0.4));
            goals.addAll(pair("ZeroMQ epgm, rate", "zeromq", USUAL, receivers, 0, Ratio.RATE, 2, 5));
            goals.addAll(pair("OpenPGM, rate", "openpgm", USUAL, receivers, 0, Ratio.RATE, 5, 15));
            goals.addAll(pair("Artemis topic, rate", "artemis", USUAL, receivers, 0, Ratio.RATE, 12, 40));
            goals.addAll(
                    pair("C sendmmsg, engine alone, rate", "c", Cell.FULL_PACKET, receivers, 0, Ratio.RATE, 0.85, 4));
            goals.addAll(pair("1 % loss, best peer, rate", "best-peer", USUAL, receivers, 1, Ratio.RATE, 2, 4));
            goals.addAll(pair("Aeron, 1,024 bytes, rate", "aeron", 1024, receivers, 0, Ratio.RATE, 1, 2));
            goals.addAll(pair("Aeron, 8,192 bytes, rate", "aeron", 8192, receivers, 0, Ratio.RATE, 1, 2));
        }
        goals.addAll(pair("OpenPGM, p50 at 10,000/s", "openpgm", USUAL, 1, 0, Ratio.P50, 1.3, 1.3));
        goals.addAll(pair("10,000 topics, CPU", "base-topics", USUAL, 1, 0, Ratio.CPU, 1.1, 1.1));
        goals.addAll(pair("1,000 other consumers, CPU", "base-consumers", USUAL, 1, 0, Ratio.CPU, 1.1, 1.1));
        goals.addAll(pair("window ten times larger, CPU", "base-window", USUAL, 1, 0, Ratio.CPU, 1.1, 1.1));
        goals.addAll(pair("companion configured, rate", "base-companion", USUAL, 1, 0, Ratio.RATE, 0.97, 0.97));
        goals.addAll(pair("companion configured, CPU", "base-companion", USUAL, 1, 0, Ratio.CPU, 1.03, 1.03));
        goals.addAll(pair("companion in use, rate", "base-used-companion", USUAL, 1, 0, Ratio.RATE, 0.97, 0.97));
        goals.addAll(pair("companion in use, CPU", "base-used-companion", USUAL, 1, 0, Ratio.CPU, 1.03, 1.03));
        return List.copyOf(goals);
    }

    private static List<Goal> pair(
            String text, String against, int size, int receivers, int loss, String metric, double nio, double ffm) {
        return List.of(
                new Goal(text, new Ratio("nio", against, size, receivers, loss, metric, nio)),
                new Goal(text, new Ratio("native", against, size, receivers, loss, metric, ffm)));
    }

    /** The ratio of a run that it is about. */
    Optional<Ratio> in(List<Ratio> ratios) {
        return ratios.stream()
                .filter(ratio -> ratio.with(like.ratio()).equals(like))
                .findFirst();
    }

    /** Whether more is better. */
    boolean isAtLeast() {
        return like.metric().equals(Ratio.RATE);
    }

    /** Whether a ratio reaches the bound. */
    boolean isMetBy(Ratio ratio) {
        return isAtLeast() ? ratio.ratio() >= like.ratio() : ratio.ratio() <= like.ratio();
    }

    /** The bound as text. */
    String bound() {
        return (isAtLeast() ? ">= " : "<= ") + like.ratio();
    }
}
