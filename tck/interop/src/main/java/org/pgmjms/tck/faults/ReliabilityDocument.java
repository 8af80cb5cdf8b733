package org.pgmjms.tck.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.pgmjms.tck.kit.Shell;

/**
 * The table of results in {@code docs/reliability.md}, between two marks; the text around it is written by hand. Outcomes
 * are kept in a directory, a file each, so that the table has all rows although a run may have only some.
 */
final class ReliabilityDocument {
    private static final String BEGIN = "<!-- results: written by tck/interop/faults -->\n";
    private static final String END = "<!-- end of results -->";
    private static final int SHORT_COMMIT = 7;

    /** What the table has of a row's facts, with the heads of the columns. */
    private static final Map<String, String> COLUMNS = columns();

    private final Path directory;

    ReliabilityDocument(Path directory) {
        this.directory = directory;
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("N", "N");
        columns.put("load/s", "msg/s");
        columns.put("held", "s");
        columns.put("harmed", "harmed");
        columns.put("naks", "NAK");
        columns.put("ncfs", "NCF");
        columns.put("rdata", "RDATA");
        columns.put("p50ms", "p50 ms");
        columns.put("p99ms", "p99 ms");
        columns.put("maxms", "max ms");
        columns.put("heapMB", "heap MB");
        columns.put("lost", "reported lost");
        return columns;
    }

    /** Keeps an outcome in place of the row's last one. */
    void keep(Outcome outcome, Conditions conditions) throws IOException {
        List<String> lines = new ArrayList<>(List.of(outcome.title(), outcome.isGood() ? "pass" : "**fail**"));
        lines.add("commit=" + commit());
        lines.add(
                String.format(Locale.ROOT, "held=%.0f%s", conditions.seconds(), conditions.isShort() ? " short" : ""));
        outcome.facts().forEach((name, value) -> lines.add(name + "=" + value));
        outcome.flaws().stream()
                .limit(1)
                .forEach(flaw -> lines.add("flaw=" + flaw.lines().findFirst().orElse("")));
        Files.write(Files.createDirectories(directory).resolve(outcome.id()), lines, StandardCharsets.UTF_8);
    }

    private static String commit() {
        try {
            return Shell.runQuietly("git", "rev-parse", "HEAD").substring(0, SHORT_COMMIT);
        } catch (IllegalStateException noRepository) {
            return "unknown";
        }
    }

    /** Writes the table into the document. */
    void write(Path document) throws IOException {
        String text = Files.readString(document, StandardCharsets.UTF_8);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        if (from < BEGIN.length() || to < from) {
            throw new IllegalStateException(document + " has no marks for the table");
        }
        Files.writeString(
                document, text.substring(0, from) + table() + "\n" + text.substring(to), StandardCharsets.UTF_8);
    }

    private String table() throws IOException {
        List<String> lines = new ArrayList<>(List.of(facts(), ""));
        lines.add("| row | fault | " + String.join(" | ", COLUMNS.values()) + " | commit | |");
        lines.add("|---|---|" + "---|".repeat(COLUMNS.size()) + "---|---|");
        List<String> flaws = new ArrayList<>();
        for (Row row : Matrix.rows()) {
            Path kept = directory.resolve(row.id());
            if (Files.exists(kept)) {
                List<String> outcome = Files.readAllLines(kept, StandardCharsets.UTF_8);
                lines.add(line(row.id(), outcome));
                String flaw = value(outcome, "flaw");
                if (!flaw.isEmpty()) {
                    flaws.add("* " + row.id() + ": " + flaw);
                }
            } else {
                lines.add("| " + row.id() + " | " + row.title() + " |" + " |".repeat(COLUMNS.size()) + " | not run |");
            }
        }
        Matrix.leftOut()
                .forEach((id, why) ->
                        lines.add("| " + id + " | left out: " + why + " |" + " |".repeat(COLUMNS.size()) + " | |"));
        if (!flaws.isEmpty()) {
            lines.addAll(List.of("", "What does not hold:", ""));
            lines.addAll(flaws);
        }
        return String.join("\n", lines);
    }

    private static String facts() {
        return String.format(
                Locale.ROOT,
                "Java %s, Linux %s, %d processors. N: receivers; s: how long the fault lasted; harmed: packets, or"
                        + " times; max ms: the longest from send() to the listener, repairs included.\n"
                        + "Rows marked short are of short runs: they shared the machine, had fewer receivers and less"
                        + " load than their titles say,\nand no bounds on latencies and on the number of repairs.",
                release("java.specification.version"),
                release("os.version"),
                Runtime.getRuntime().availableProcessors());
    }

    /** The first two numbers of a version. */
    private static String release(String property) {
        return System.getProperty(property).replaceFirst("^(\\d+(?:\\.\\d+)?).*", "$1");
    }

    private static String line(String id, List<String> outcome) {
        String cells =
                COLUMNS.keySet().stream().map(name -> value(outcome, name)).collect(Collectors.joining(" | "));
        return "| " + id + " | " + outcome.get(0) + " | " + cells + " | " + value(outcome, "commit") + " | "
                + outcome.get(1) + " |";
    }

    private static String value(List<String> outcome, String name) {
        return outcome.stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
