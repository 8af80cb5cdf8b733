package org.pgmjms.tck.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.pgmjms.tck.faults.program.StoreProgram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills companion brokers and their clients; {@code tck/interop/kills} starts it. */
@Command(
        name = "tck/interop/kills",
        mixinStandardHelpOptions = true,
        description =
                "Kills a companion broker, what sends to it and what receives from it, or all of them in one JVM, at random"
                        + " points. Nothing that was stored may be lost, nothing that was acknowledged may come again.")
public final class KillsCommand implements Callable<Integer> {
    @Option(names = "--kills", description = "how many, a quarter of them of all in one JVM; default ${DEFAULT-VALUE}")
    private int kills = 200;

    @Option(names = "--seed", description = "who is killed when; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--pause",
            description = "milliseconds between two sends; default ${DEFAULT-VALUE}, with which no backlog grows")
    private int pauseMs = StoreProgram.PAUSE_MS;

    @Option(names = "--out", description = "where journals go, and stay; default a temporary directory")
    private Path out;

    private final PrintStream screen = System.out;

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new KillsCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path journals = out == null ? Files.createTempDirectory("pgmjms-kills") : Files.createDirectories(out);
        List<Outcome> outcomes = run(kills, seed, pauseMs, journals.toAbsolutePath(), screen);
        outcomes.forEach(outcome -> screen.println(outcome.line()));
        return outcomes.stream().allMatch(Outcome::isGood) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** The whole of it. */
    static List<Outcome> run(int kills, long seed, int pauseMs, Path journals, PrintStream screen)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (boolean isOneJvm : List.of(false, true)) {
            Path dataDir = journals.resolve(isOneJvm ? "one" : "three");
            try (Kills run = new Kills(seed, pauseMs, isOneJvm, dataDir, screen)) {
                outcomes.add(run.run(isOneJvm ? kills / 4 : kills - kills / 4));
            }
        }
        return outcomes;
    }
}
