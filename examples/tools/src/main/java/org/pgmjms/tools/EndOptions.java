package org.pgmjms.tools;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say when a command that waits for messages ends; without any it runs until interrupted. */
final class EndOptions {
    private static final long SLICE_MS = 100;

    @Option(
            names = "--count",
            paramLabel = "N",
            description =
                    "ends after so many messages, lost ones included; of reply, after so many replies; of dump, packets")
    private Long count;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "ends after so long, whatever came")
    private Double timeoutSeconds;

    /** Refuses negative values. */
    void check(CommandSpec spec) {
        if (count != null && count < 0) {
            throw new ParameterException(spec.commandLine(), "--count must not be negative: " + count);
        }
        if (timeoutSeconds != null && timeoutSeconds < 0) {
            throw new ParameterException(spec.commandLine(), "--timeout must not be negative: " + timeoutSeconds);
        }
    }

    /** When the time is over for a command that begins now. */
    long deadlineNs() {
        return System.nanoTime()
                + (timeoutSeconds == null ? Long.MAX_VALUE / 2 : (long) (timeoutSeconds * TimeUnit.SECONDS.toNanos(1)));
    }

    /** How long to wait for a message before looking again whether to end; 0 when the time is over. */
    static long waitMs(long deadlineNs) {
        long leftNs = deadlineNs - System.nanoTime();
        return leftNs <= 0 ? 0 : Math.min(SLICE_MS, TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
    }

    /** Whether so many are as many as were asked for. */
    boolean isReached(long done) {
        return count != null && done >= count;
    }

    /** The exit code after so many. */
    int exitCode(long done) {
        return count == null || isReached(done) ? ExitCodes.DONE : ExitCodes.TIMED_OUT;
    }
}
