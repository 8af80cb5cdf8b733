package org.pgmjms.examples.marketdata;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The lines that the processes of the demo exchange: a word, then {@code key=number} pairs. */
final class StatusLine {
    /** A subscriber has joined. */
    static final String READY = "READY";

    /** Where a process is. */
    static final String STATUS = "STATUS";

    /** What the publisher sent in all, by symbol; the coordinator passes it on to the subscribers. */
    static final String SENT = "SENT";

    /** What a subscriber was told is lost and what it received, by symbol, at the end. */
    static final String RECEIVED = "RECEIVED";

    /** Messages reported lost, by symbol. */
    static final String LOST = "LOST";

    private StatusLine() {}

    static String of(String word, Map<String, Long> numbers) {
        return new TreeMap<>(numbers)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" ", word + " ", ""));
    }

    static String word(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? line : line.substring(0, space);
    }

    static Map<String, Long> numbers(String line) {
        Map<String, Long> numbers = new TreeMap<>();
        for (String part : line.split(" ", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                numbers.put(part.substring(0, equals), Long.parseLong(part.substring(equals + 1)));
            }
        }
        return numbers;
    }
}
