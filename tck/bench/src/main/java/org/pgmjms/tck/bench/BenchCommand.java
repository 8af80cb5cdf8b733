package org.pgmjms.tck.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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

    @Option(names = "--quick", description = "what the goals are about, once, in less than five minutes")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "only cells whose name holds this, such as rate/listener-nio/256/4/0: "
                    + "QUESTION/PROGRAM/SIZE/RECEIVERS/LOSS; a whole name that no run has is measured as well")
    private String only = "";

    @Option(names = "--list", description = "prints the names of the cells and ends")
    private boolean list;

    @Option(names = "--passes", description = "measurements of each cell; 3, or 1 with --quick")
    private int passes;

    @Option(names = "--seconds", description = "length of a measurement; default ${DEFAULT-VALUE}")
    private double seconds = 1.5;

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
        if (list) {
            cells.forEach(cell -> screen.println(cell.id()));
            return CommandLine.ExitCode.OK;
        }
        if (Lab.missing().isPresent()) {
            screen.println("cannot measure: " + Lab.missing().get());
            return CommandLine.ExitCode.SOFTWARE;
        }
        measure(cells);
        return CommandLine.ExitCode.OK;
    }

    private List<Cell> cells() {
        List<Cell> all = quick ? Matrix.quick() : Matrix.full();
        if (only.isEmpty()) {
            return all;
        }
        Pattern wanted = Pattern.compile(only);
        List<Cell> found =
                all.stream().filter(cell -> wanted.matcher(cell.id()).find()).toList();
        return found.isEmpty() ? List.of(Cell.parse(only)) : found;
    }

    private void measure(List<Cell> wanted) throws IOException, InterruptedException {
        Jdks jdks = Jdks.find();
        Path sources = Path.of("tck/bench/src/main/c");
        Peers peers = Peers.build(sources, out.resolve("c"));
        List<Cell> cells = possible(wanted, peers, jdks);
        Path board = Path.of("/dev/shm/pgmjms-bench-" + ProcessHandle.current().pid());
        int most = cells.stream().mapToInt(Cell::receivers).max().orElse(1);
        Commands commands = new Commands(jdks, peers, board, pgmOptions, jvmOptions);
        try (Network network = new Network(most)) {
            Thread hook = new Thread(network::close, "bench-interrupted");
            Runtime.getRuntime().addShutdownHook(hook);
            passes(cells, new CellRunner(network, commands, out.resolve("logs"), seconds));
            Runtime.getRuntime().removeShutdownHook(hook);
        } finally {
            Files.deleteIfExists(board);
        }
    }

    private void passes(List<Cell> cells, CellRunner runner) throws IOException, InterruptedException {
        int count = passes > 0 ? passes : quick ? QUICK_PASSES : FULL_PASSES;
        int done = 0;
        int all = cells.size() * count;
        long startNs = System.nanoTime();
        for (int pass = 1; pass <= count; pass++) {
            for (Cell cell : cells) {
                Outcome outcome = runner.run(cell, pass);
                done++;
                double minutes = (System.nanoTime() - startNs) / 60e9;
                screen.printf(
                        Locale.ROOT,
                        "[%d/%d, %.1f min left] %s%n",
                        done,
                        all,
                        minutes / done * (all - done),
                        outcome.line());
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
