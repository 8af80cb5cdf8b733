package org.pgmjms.tck.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Keeps outcomes as they come, and makes ratios, goals, plots and the document of them. One thread. */
final class Report {
    private static final String RESULTS = "results.csv";
    private static final String FACTS = "run.properties";
    private static final String RATIOS = "ratios.csv";
    private static final String DOCUMENT = "performance.md";
    private static final String PLOTS = "performance";

    private final Path out;
    private final Path docs;
    private final OutcomeFile outcomes;
    private final PrintStream screen;

    /** Results are kept in {@code out}; a full run is written to {@code docs}, others stay there. */
    Report(Path out, Path docs, PrintStream screen) {
        this.out = out;
        this.docs = docs;
        this.outcomes = new OutcomeFile(out.resolve(RESULTS));
        this.screen = screen;
    }

    /** Forgets what was measured before. */
    void begin(RunFacts facts) throws IOException {
        Files.createDirectories(out);
        facts.write(out.resolve(FACTS));
        outcomes.begin();
    }

    /** Keeps an outcome. */
    void add(Outcome outcome) throws IOException {
        outcomes.add(outcome);
    }

    /** Writes everything that follows from the outcomes that were kept. */
    void write() throws IOException {
        RunFacts facts = RunFacts.read(out.resolve(FACTS));
        Results results = new Results(outcomes.read());
        List<Ratio> ratios = Ratios.of(results);
        Ratios.write(ratios, out.resolve(RATIOS));
        Path directory = facts.isFull() ? docs : out;
        List<String> plots = Plots.write(results, directory.resolve(PLOTS));
        Path document = directory.resolve(DOCUMENT);
        new PerformanceDocument(facts, results).write(document, plots, Profile.read(out));
        printGoals(ratios);
        screen.println("written: " + out.resolve(RATIOS) + ", " + document);
    }

    private void printGoals(List<Ratio> ratios) {
        for (Goal goal : Goal.all()) {
            goal.in(ratios)
                    .ifPresent(ratio -> screen.printf(
                            Locale.ROOT,
                            "%-7s %-6s N=%d %-36s %7.2f  (%s)%n",
                            goal.isMetBy(ratio) ? "met" : "MISSED",
                            goal.like().port(),
                            goal.like().receivers(),
                            goal.text(),
                            ratio.ratio(),
                            goal.bound()));
        }
    }
}
