package org.pgmjms.tck.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pgmjms.tck.kit.Lab;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs for hours with one fault after another; {@code tck/interop/soak} starts it. */
@Command(
        name = "tck/interop/soak",
        mixinStandardHelpOptions = true,
        description =
                "A publisher and three subscribers in namespaces of their own, a fault each half minute, for hours."
                        + " Nothing may be lost, and what the programs hold may not grow. Needs root, nft, ethtool and gcc.")
public final class SoakCommand implements Callable<Integer> {
    private static final double SECONDS_PER_HOUR = 3600;

    @Option(names = "--hours", description = "how long; default ${DEFAULT-VALUE}")
    private double hours = 1;

    @Option(names = "--rate", description = "messages a second; default ${DEFAULT-VALUE}")
    private int rate = Soak.RATE;

    @Option(names = "--seed", description = "which faults come when; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--out", description = "where logs go; default ${DEFAULT-VALUE}")
    private Path out = Path.of("tck/interop/target/soak");

    private final PrintStream screen = System.out;

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SoakCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<String> missing = Lab.missing("gcc");
        if (missing.isPresent()) {
            screen.println("cannot run: " + missing.get());
            return CommandLine.ExitCode.SOFTWARE;
        }
        Path sources = Path.of("tck/interop/src/main/c");
        Outcome outcome = run(hours * SECONDS_PER_HOUR, rate, seed, sources, out, screen);
        screen.println(outcome.line());
        return outcome.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** The whole of it. */
    static Outcome run(double seconds, int rate, long seed, Path sources, Path out, PrintStream screen)
            throws IOException, InterruptedException {
        Path programs = Files.createDirectories(out.resolve("c"));
        Relay.build(sources, programs);
        Path logs = Files.createDirectories(out.resolve("logs"));
        return Soak.row(rate, seed, screen).run(new Conditions(seconds, false, true, programs.toAbsolutePath(), logs));
    }
}
