package org.pgmjms.tck.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pgmjms.tck.kit.Lab;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs rows of the fault matrix; {@code tck/interop/faults} starts it. */
@Command(
        name = "tck/interop/faults",
        mixinStandardHelpOptions = true,
        description = "Harms the network between publishers and subscribers in namespaces of its own, and judges what"
                + " they got. Needs root, nft, ethtool and gcc.")
public final class FaultsCommand implements Callable<Integer> {
    private static final double SHORT_SECONDS = 3;
    private static final double SECONDS_PER_MINUTE = 60;
    private static final int SHORT_JOBS = 3;

    @Parameters(
            paramLabel = "ROW",
            arity = "0..*",
            description = "only these rows: F01b, or F01 for F01a and all others")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--minutes", description = "how long a fault lasts; default ${DEFAULT-VALUE}")
    private double minutes = 1;

    @Option(
            names = "--short",
            description = "all rows in a few minutes: faults of 3 seconds, less load, several at once")
    private boolean isShort;

    @Option(names = "--jobs", description = "rows that run at once; default 1, with --short 3")
    private int jobs;

    @Option(names = "--write", description = "writes the table of results; done by itself unless --short")
    private boolean write;

    @Option(names = "--list", description = "prints the rows and ends")
    private boolean list;

    @Option(names = "--out", description = "where logs go; default ${DEFAULT-VALUE}")
    private Path out = Path.of("tck/interop/target/faults");

    private final PrintStream screen = System.out;

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FaultsCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        List<Row> rows = Matrix.rows().stream().filter(this::isWanted).toList();
        if (list) {
            rows.forEach(row -> screen.printf(Locale.ROOT, "%-5s %s%n", row.id(), row.title()));
            return CommandLine.ExitCode.OK;
        }
        if (Lab.missing("gcc").isPresent()) {
            screen.println("cannot run: " + Lab.missing("gcc").get());
            return CommandLine.ExitCode.SOFTWARE;
        }
        List<Outcome> outcomes = run(rows);
        if (write || !isShort) {
            ReliabilityDocument document = new ReliabilityDocument(out.resolve("results"));
            for (Outcome outcome : outcomes) {
                document.keep(outcome, conditions());
            }
            document.write(Path.of("docs/reliability.md"));
        }
        long failed = outcomes.stream().filter(outcome -> !outcome.isGood()).count();
        screen.printf(Locale.ROOT, "%d of %d rows passed%n", outcomes.size() - failed, outcomes.size());
        Matrix.leftOut().forEach((id, why) -> screen.println("LEFT OUT: " + id + ": " + why));
        return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Conditions conditions() {
        double seconds = isShort ? SHORT_SECONDS : minutes * SECONDS_PER_MINUTE;
        return new Conditions(seconds, isShort, false, out.resolve("c").toAbsolutePath(), out.resolve("logs"));
    }

    private boolean isWanted(Row row) {
        return wanted.isEmpty() || wanted.stream().anyMatch(row.id()::startsWith);
    }

    private List<Outcome> run(List<Row> rows) throws IOException, InterruptedException, ExecutionException {
        Path programs = Files.createDirectories(out.resolve("c"));
        Path sources = Path.of("tck/interop/src/main/c");
        Relay.build(sources, programs);
        Hostile.build(sources, programs);
        Files.createDirectories(out.resolve("logs"));
        Conditions conditions = conditions();
        ExecutorService workers = Executors.newFixedThreadPool(jobs > 0 ? jobs : isShort ? SHORT_JOBS : 1);
        List<Outcome> outcomes = new ArrayList<>();
        try {
            List<Future<Outcome>> futures = new ArrayList<>();
            for (Row row : rows) {
                futures.add(workers.submit(() -> row.run(conditions)));
            }
            for (Future<Outcome> future : futures) {
                outcomes.add(show(future.get()));
            }
        } finally {
            workers.shutdownNow();
        }
        if (isShort) {
            runAgainAlone(rows, outcomes, conditions);
        }
        return outcomes;
    }

    /**
     * A machine that others kept too busy to let a fault happen as planned says nothing about the fault. Such rows, of
     * which nothing else failed, are run again, once, when they are alone.
     */
    private void runAgainAlone(List<Row> rows, List<Outcome> outcomes, Conditions conditions)
            throws IOException, InterruptedException {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).isUnfit()) {
                screen.println("once more, alone: " + rows.get(i).id());
                outcomes.set(i, show(rows.get(i).run(conditions)));
            }
        }
    }

    private Outcome show(Outcome outcome) {
        screen.println(outcome.line());
        return outcome;
    }
}
