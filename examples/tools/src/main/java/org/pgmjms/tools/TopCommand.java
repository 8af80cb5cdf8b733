package org.pgmjms.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import org.pgmjms.tools.top.Look;
import org.pgmjms.tools.top.Screen;
import org.pgmjms.tools.top.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgmjms top}: how a running program fares, again and again. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description =
                "Shows channels, sources, receivers, rates, NAKs and losses of a running program, and who asks its"
                        + " sources for most. Reads its MBeans; without a program it lists those of this host.")
final class TopCommand implements Callable<Integer> {
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROGRAM",
            description = "a process id of this host and user, or a JMX service URL"
                    + " (service:jmx:rmi:///jndi/rmi://host:port/jmxrmi)")
    private String program;

    @Option(names = "--once", description = "looks twice, an interval apart, prints what it saw, and ends; for scripts")
    private boolean once;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "time between looks; default ${DEFAULT-VALUE}")
    private double intervalSeconds;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "10",
            description = "how many sessions and NAKers to show; default ${DEFAULT-VALUE}")
    private int most;

    private final PrintStream out;

    /** A command that prints to this stream. */
    TopCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        if (!(intervalSeconds > 0) || most < 1) {
            throw new ParameterException(spec.commandLine(), "--interval and --most must be positive");
        }
        if (program == null) {
            Target.list().forEach(out::println);
            out.flush();
            return ExitCodes.DONE;
        }
        Interruption interruption = Interruption.install();
        try (Target target = Target.of(program)) {
            watch(target, interruption);
        } finally {
            interruption.finished();
        }
        return ExitCodes.DONE;
    }

    private void watch(Target target, Interruption interruption) throws IOException, JMException {
        boolean isTerminal = !once && Boolean.getBoolean("pgmjms.progress");
        Look before = Look.at(target.beans(), System.nanoTime());
        do {
            pause(interruption);
            Look now = Look.at(target.beans(), System.nanoTime());
            out.print((isTerminal ? CLEAR : "") + target.name() + "  " + Screen.between(before, now, most) + "\n");
            out.flush();
            before = now;
        } while (!once && !interruption.isRequested());
    }

    private void pause(Interruption interruption) {
        long untilNs = System.nanoTime() + (long) (intervalSeconds * 1e9);
        while (untilNs - System.nanoTime() > 0 && !interruption.isRequested()) {
            LockSupport.parkNanos(Math.min(untilNs - System.nanoTime(), 100_000_000L));
        }
    }
}
