package org.pgmjms.tck.faults;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of a row.
 *
 * @param id the row
 * @param title what was done
 * @param seconds how long it took, with all preparations
 * @param facts what was counted and measured
 * @param failures what does not hold; empty for a row that passes
 * @param known what does not hold either, and is known not to
 */
record Outcome(
        String id, String title, double seconds, Map<String, String> facts, List<String> failures, List<String> known) {

    boolean isGood() {
        return failures.isEmpty();
    }

    /** A line for the screen. */
    String line() {
        String text = facts.entrySet().stream()
                .map(fact -> fact.getKey() + "=" + fact.getValue())
                .collect(Collectors.joining(" "));
        String head = String.format(
                Locale.ROOT, "%s %-5s %s (%.1f s): %s", isGood() ? "pass" : "FAIL", id, title, seconds, text);
        String tail = failures.stream().map(failure -> "\n     " + failure).collect(Collectors.joining());
        return head + tail + known.stream().map(flaw -> "\n     known: " + flaw).collect(Collectors.joining());
    }
}
