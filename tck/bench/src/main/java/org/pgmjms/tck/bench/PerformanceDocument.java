package org.pgmjms.tck.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code docs/performance.md}: a template whose {@code {{name}}} are filled with figures. What stands between {@code <!-- by
 * hand: NAME -->} and {@code <!-- end by hand -->} in the file that is there already is kept.
 */
final class PerformanceDocument {
    private static final String TEMPLATE = "performance.md";
    private static final Pattern BY_HAND =
            Pattern.compile("<!-- by hand: (\\w+) -->\\n(.*?)<!-- end by hand -->", Pattern.DOTALL);
    private static final double THOUSAND = 1000;

    private final RunFacts facts;
    private final Results results;
    private final List<Ratio> ratios;

    PerformanceDocument(RunFacts facts, Results results) {
        this.facts = facts;
        this.results = results;
        this.ratios = Ratios.of(results);
    }

    /**
     * Writes the document.
     *
     * @param plots names of the plots in the directory {@code performance} beside it
     * @param hotFrames what the last profile said
     */
    void write(Path file, List<String> plots, String hotFrames) throws IOException {
        String text = template()
                .replace("{{facts}}", facts())
                .replace("{{goals}}", goals())
                .replace("{{rates}}", rates())
                .replace("{{limit}}", throughput(Question.LIMIT))
                .replace("{{latency}}", latency())
                .replace("{{own}}", throughput(Question.OWN))
                .replace("{{cost}}", throughput(Question.COST))
                .replace("{{ratios}}", ratioTable())
                .replace("{{hotframes}}", hotFrames);
        for (Question question : Question.values()) {
            text = text.replace("{{title." + question.id() + "}}", question.title());
        }
        for (String plot : List.of("rate", "cpu", "loss", "sizes", "limit", "latency", "own", "cost")) {
            String link = plots.contains(plot + ".svg") ? "![" + plot + "](performance/" + plot + ".svg)" : "";
            text = text.replace("{{plot." + plot + "}}", link);
        }
        Files.writeString(file, Files.exists(file) ? keep(text, Files.readString(file)) : text);
    }

    /** A new text with the parts that were written by hand in the old one. */
    static String keep(String text, String old) {
        String kept = text;
        Matcher parts = BY_HAND.matcher(old);
        while (parts.find()) {
            String start = "<!-- by hand: " + parts.group(1) + " -->\n";
            int from = kept.indexOf(start);
            int to = from < 0 ? -1 : kept.indexOf("<!-- end by hand -->", from);
            if (to >= 0) {
                kept = kept.substring(0, from + start.length()) + parts.group(2) + kept.substring(to);
            }
        }
        return kept;
    }

    private static String template() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PerformanceDocument.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String facts() {
        List<String> lines = new ArrayList<>(List.of("| | |", "|---|---|"));
        facts.facts().forEach((name, value) -> lines.add("| " + name + " | " + value + " |"));
        return String.join("\n", lines);
    }

    /** The goal table: each goal with its bound, its ratio and whether it is met, on both ports. */
    String goals() {
        List<String> lines = new ArrayList<>(List.of(
                "| against | N | NIO: goal | ratio | | native: goal | ratio | |", "|---|---|---|---|---|---|---|---|"));
        List<Goal> goals = Goal.all();
        for (int i = 0; i < goals.size(); i += 2) {
            Goal nio = goals.get(i);
            lines.add("| " + nio.text() + " | " + nio.like().receivers() + " | " + judged(nio) + " | "
                    + judged(goals.get(i + 1)) + " |");
        }
        return String.join("\n", lines);
    }

    private String judged(Goal goal) {
        Optional<Ratio> ratio = goal.in(ratios);
        return goal.bound() + " | "
                + ratio.map(found -> decimal(found.ratio()) + " | " + (goal.isMetBy(found) ? "met" : "**missed**"))
                        .orElse("- | not measured");
    }

    private String rates() {
        Map<String, List<Cell>> byTitle = results.cells()
                .filter(cell -> cell.question() == Question.RATE)
                .collect(Collectors.groupingBy(PerformanceDocument::title, LinkedHashMap::new, Collectors.toList()));
        return byTitle.entrySet().stream()
                .map(part -> "### " + part.getKey() + "\n\n" + table(part.getValue()))
                .collect(Collectors.joining("\n\n"));
    }

    private static String title(Cell cell) {
        return String.format(
                Locale.ROOT,
                "%,d bytes, %d receiver%s, %s",
                cell.size(),
                cell.receivers(),
                cell.receivers() == 1 ? "" : "s",
                cell.lossPercent() == 0 ? "no loss" : cell.lossPercent() + " % loss");
    }

    private String throughput(Question question) {
        return table(results.cells().filter(cell -> cell.question() == question).toList());
    }

    private String table(List<Cell> cells) {
        List<String> lines = new ArrayList<>(List.of(
                "| program | N | thousand messages/s | CPU µs: sender | receivers | both | machine | runs with loss |",
                "|---|---|---|---|---|---|---|---|"));
        for (Cell cell : cells) {
            long bad = results.of(cell).stream()
                    .filter(outcome -> !outcome.isGood())
                    .count();
            lines.add(String.join(
                            " | ",
                            "| " + cell.contender().label(),
                            Integer.toString(cell.receivers()),
                            results.rate(cell).text("%.1f", THOUSAND),
                            results.figure(cell, Outcome::senderUs).text("%.2f", 1),
                            results.figure(cell, Outcome::receiverUs).text("%.2f", 1),
                            results.cpuUs(cell).text("%.2f", 1),
                            results.figure(cell, Outcome::machineUs).text("%.2f", 1),
                            bad == 0 ? "" : bad + " of " + results.of(cell).size())
                    + " |");
        }
        return String.join("\n", lines);
    }

    private String latency() {
        List<String> lines = new ArrayList<>(List.of(
                "| program | N | p50 µs | p90 | p99 | p99.9 | max | CPU µs |", "|---|---|---|---|---|---|---|---|"));
        results.cells()
                .filter(cell -> cell.question() == Question.LATENCY)
                .forEach(cell -> lines.add(String.join(
                                " | ",
                                "| " + cell.contender().label(),
                                Integer.toString(cell.receivers()),
                                results.p50Us(cell).text("%.1f", 1),
                                results.latencyUs(cell, Latency::p90Us).text("%.1f", 1),
                                results.latencyUs(cell, Latency::p99Us).text("%.0f", 1),
                                results.latencyUs(cell, Latency::p999Us).text("%.0f", 1),
                                results.latencyUs(cell, Latency::maxUs).text("%.0f", 1),
                                results.cpuUs(cell).text("%.1f", 1))
                        + " |"));
        return String.join("\n", lines);
    }

    private String ratioTable() {
        List<String> lines = new ArrayList<>(
                List.of("| port | against | bytes | N | loss % | metric | ratio |", "|---|---|---|---|---|---|---|"));
        ratios.forEach(ratio -> lines.add("| " + ratio.line().replace(",", " | ") + " |"));
        return String.join("\n", lines);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
