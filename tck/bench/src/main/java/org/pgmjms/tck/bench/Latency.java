package org.pgmjms.tck.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One-way latency in microseconds, of so many messages. */
record Latency(long count, double p50Us, double p90Us, double p99Us, double p999Us, double maxUs) {
    static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0);

    private static final Pattern LINE =
            Pattern.compile("LATENCY count=(\\d+) p50=(\\d+) p90=(\\d+) p99=(\\d+) p999=(\\d+) max=(\\d+)");
    private static final double NS = 1000;

    /** From what a receiver printed; {@link #NONE} if it did not. */
    static Latency of(List<String> lines) {
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                return new Latency(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2)) / NS,
                        Long.parseLong(matcher.group(3)) / NS,
                        Long.parseLong(matcher.group(4)) / NS,
                        Long.parseLong(matcher.group(5)) / NS,
                        Long.parseLong(matcher.group(6)) / NS);
            }
        }
        return NONE;
    }

    /** The slower of two by the median. */
    Latency slower(Latency other) {
        return other.p50Us > p50Us ? other : this;
    }
}
