package org.pgmjms.tck.faults;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a row.
 *
 * @param id the row
 * @param title what was done
 * @param seconds how long it took, with all preparations
 * @param facts what was counted and measured
 * @param failures what does not hold
 * @param unfit why the row says nothing: the fault was not there as planned
 */
record Outcome(
        String id, String title, double seconds, Map<String, String> facts, List<String> failures, List<String> unfit) {

    boolean isGood() {
        return failures.isEmpty() && unfit.isEmpty();
    }

    /** Whether nothing is wrong but that the fault was not there as planned. */
    boolean isUnfit() {
        return failures.isEmpty() && !unfit.isEmpty();
    }

    /** Why it is not good. */
    List<String> flaws() {
        return Stream.concat(failures.stream(), unfit.stream()).toList();
    }

    /** A line for the screen. */
    String line() {
        String text = facts.entrySet().stream()
                .map(fact -> fact.getKey() + "=" + fact.getValue())
                .collect(Collectors.joining(" "));
        String head = String.format(
                Locale.ROOT, "%s %-5s %s (%.1f s): %s", isGood() ? "pass" : "FAIL", id, title, seconds, text);
        return head + flaws().stream().map(flaw -> "\n     " + flaw).collect(Collectors.joining());
    }
}
