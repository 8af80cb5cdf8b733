package org.pgmjms.tools;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.pgmjms.tools.doctor.Examination;
import org.pgmjms.tools.doctor.Findings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgmjms doctor}: whether a host, and the way to others, can carry a channel. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Examines whether this host can carry a channel: interface, MTU, group, TTL, receive buffer, group"
                        + " membership (IGMP), local firewall. With \"listen\" on some hosts and \"probe\" on another also the way"
                        + " between them, both ways, by multicast and alone, with small packets and with the longest. A line for"
                        + " each finding: ok, WARN or FAIL; exit code 1 when something fails. No application hears of it.")
final class DoctorCommand implements Callable<Integer> {
    private static final int MOST_PROBES = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODE",
            defaultValue = "local",
            description = "local: only this host (default); listen: then answers probes; probe: then asks who listens")
    private Mode mode;

    @Option(
            names = "--url",
            paramLabel = "URL",
            required = true,
            description = "the channel: epgm://[interface;]group:port[?options]")
    private String url;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "of probe: packets of each length; default ${DEFAULT-VALUE}")
    private int count;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "of probe: how long to wait for answers; default ${DEFAULT-VALUE}")
    private double waitSeconds;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "of listen: ends after so long")
    private Double timeoutSeconds;

    private final PrintStream out;

    /** A command that prints to this stream. */
    DoctorCommand(PrintStream out) {
        this.out = out;
    }

    enum Mode {
        LOCAL,
        LISTEN,
        PROBE
    }

    @Override
    public Integer call() throws Exception {
        if (count < 1 || count > MOST_PROBES || !(waitSeconds > 0) || timeoutSeconds != null && timeoutSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--count is 1 to " + MOST_PROBES + ", --wait more than 0, --timeout not negative");
        }
        Findings findings = new Findings(out);
        try (Examination examination = new Examination(ChannelUrl.channel(url), findings)) {
            examination.examine();
            switch (mode) {
                case LOCAL -> {
                    // that was all
                }
                case LISTEN -> listen(examination);
                case PROBE -> examination.probe(count, Math.max(1, (long) (waitSeconds * 1000)));
            }
        }
        return findings.hasFailed() ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private void listen(Examination examination) throws Exception {
        Interruption interruption = Interruption.install();
        long untilNs = System.nanoTime()
                + (timeoutSeconds == null ? Long.MAX_VALUE / 2 : (long) (timeoutSeconds * 1_000_000_000L));
        spec.commandLine().getErr().println("listening to " + url);
        spec.commandLine().getErr().flush();
        try {
            examination.listen(() -> interruption.isRequested() || untilNs - System.nanoTime() <= 0);
        } finally {
            interruption.finished();
        }
    }
}
