package org.pgmjms.tck.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.pgmjms.tck.kit.Lab;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures pgmjms and its peers; {@code tck/bench/run} starts it. */
@Command(
        name = "tck/bench/run",
        mixinStandardHelpOptions = true,
        description = "Measures fan-out of pgmjms and its peers in network namespaces of its own. Needs root.")
public final class BenchCommand implements Callable<Integer> {
    private static final int QUICK_PASSES = 1;
    private static final int FULL_PASSES = 3;
    private static final double PROFILE_SECONDS = 10;
    private static final double NANOS_PER_MINUTE = 60e9;

    @Option(names = "--quick", description = "what the goals are about, once, in less than five minutes")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "only cells whose name has this, such as rate/listener-nio/256/4/0: "
                    + "QUESTION/PROGRAM/SIZE/RECEIVERS/LOSS; a whole name that no run has is measured as well")
    private String only = "";

    @Option(names = "--all", description = "every size, loss and program with each other; takes hours")
    private boolean all;

    @Option(
            names = "--profile",
            description = "runs the JMS path under the flight recorder, and writes the hottest frames of both ends")
    private boolean profile;

    @Option(names = "--report-only", description = "measures nothing, writes the report of the last results anew")
    private boolean reportOnly;

    @Option(names = "--list", description = "prints the names of the cells and ends")
    private boolean list;

    @Option(names = "--passes", description = "measurements of each cell; 3, or 1 with --quick")
    private int passes;

    @Option(names = "--seconds", description = "length of a measurement; default ${DEFAULT-VALUE}")
    private double seconds = 1.5;

    @Option(names = "--warm", description = "the most seconds that JVMs get to warm up; default ${DEFAULT-VALUE}")
    private double warmSeconds = 12;

    @Option(names = "--out", description = "where results go; default ${DEFAULT-VALUE}")
    private Path out = Path.of("tck/bench/target");

    @Option(names = "--pgm", paramLabel = "NAME=VALUE&...", description = "more options in the URLs of pgmjms")
    private String pgmOptions = "";

    @Option(names = "--jvm", paramLabel = "OPTION", description = "an option for the JVMs of pgmjms, once for each")
    private List<String> jvmOptions = new ArrayList<>();

    private final PrintStream screen = System.out;

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Cell> cells = cells();
        Report report = new Report(out, Path.of("docs"), screen);
        if (list) {
            cells.forEach(cell -> screen.println(cell.id()));
            return CommandLine.ExitCode.OK;
        }
        if (reportOnly) {
            report.write();
            return CommandLine.ExitCode.OK;
        }
        if (Lab.missing().isPresent()) {
            screen.println("cannot measure: " + Lab.missing().get());
            return CommandLine.ExitCode.SOFTWARE;
        }
        measure(cells, report);
        return CommandLine.ExitCode.OK;
    }

    private List<Cell> cells() {
        List<Cell> chosen = profile ? Profile.cells() : quick ? Matrix.quick() : all ? Matrix.all() : Matrix.full();
        if (only.isEmpty()) {
            return chosen;
        }
        Pattern wanted = Pattern.compile(only);
        List<Cell> found =
                chosen.stream().filter(cell -> wanted.matcher(cell.id()).find()).toList();
        return found.isEmpty() ? List.of(Cell.parse(only)) : found;
    }

    private void measure(List<Cell> wanted, Report report) throws IOException, InterruptedException {
        Jdks jdks = Jdks.find();
        Path target = Files.createDirectories(out.toAbsolutePath());
        Peers peers = Peers.build(Path.of("tck/bench/src/main/c"), target.resolve("c"));
        List<Cell> cells = possible(wanted, peers, jdks);
        Path board = Path.of("/dev/shm/pgmjms-bench-" + ProcessHandle.current().pid());
        int most = cells.stream().mapToInt(Cell::receivers).max().orElse(1);
        Path recordings = profile ? Files.createDirectories(target.resolve("recordings")) : null;
        Commands commands =
                new Commands(jdks, peers, board, target.resolve("brokers"), pgmOptions, jvmOptions, recordings);
        Network network = new Network(most);
        AtomicBoolean isClosed = new AtomicBoolean();
        Runnable close = () -> {
            if (!isClosed.getAndSet(true)) {
                close(network, board);
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(close, "bench-end"));
        try {
            double length = profile ? Math.max(seconds, PROFILE_SECONDS) : seconds;
            CellRunner runner = new CellRunner(network, commands, target.resolve("logs"), length, warmSeconds);
            if (recordings == null) {
                boolean isFull = !quick && only.isEmpty();
                report.begin(RunFacts.now(jdks, isFull, passes(), seconds));
                passes(cells, passes(), runner, report);
            } else {
                profile(cells, runner, recordings, target);
            }
        } finally {
            close.run();
        }
        if (recordings == null) {
            report.write();
        }
    }

    private void profile(List<Cell> cells, CellRunner runner, Path recordings, Path target)
            throws IOException, InterruptedException {
        for (Cell cell : cells) {
            screen.println(runner.run(cell, 1).line());
        }
        Profile.write(cells, recordings, target);
        screen.println(Profile.read(target));
    }

    private int passes() {
        return passes > 0 ? passes : quick ? QUICK_PASSES : FULL_PASSES;
    }

    private static void close(Network network, Path board) {
        network.close();
        try {
            Files.deleteIfExists(board);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private void passes(List<Cell> cells, int count, CellRunner runner, Report report)
            throws IOException, InterruptedException {
        int done = 0;
        int total = cells.size() * count;
        long startNs = System.nanoTime();
        for (int pass = 1; pass <= count; pass++) {
            for (Cell cell : Matrix.inPass(pass, cells)) {
                Outcome outcome = runner.run(cell, pass);
                report.add(outcome);
                done++;
                double minutes = (System.nanoTime() - startNs) / NANOS_PER_MINUTE;
                double left = minutes / done * (total - done);
                screen.printf(Locale.ROOT, "[%d/%d, %.1f min left] %s%n", done, total, left, outcome.line());
            }
        }
    }

    private List<Cell> possible(List<Cell> wanted, Peers peers, Jdks jdks) {
        peers.missing().forEach((kind, why) -> screen.println("LEFT OUT: " + kind + " " + why));
        boolean hasNative = jdks.forNative().isPresent();
        if (!hasNative) {
            screen.println("LEFT OUT: the native port: there is no JDK 22 or later");
        }
        return wanted.stream()
                .filter(cell -> !peers.missing().containsKey(cell.contender().kind()))
                .filter(cell -> hasNative || cell.contender().port() != Contender.Port.NATIVE)
                .toList();
    }
}
