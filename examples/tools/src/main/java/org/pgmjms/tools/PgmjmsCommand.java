package org.pgmjms.tools;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code pgmjms} command line. */
@Command(
        name = "pgmjms",
        mixinStandardHelpOptions = true,
        version = "pgmjms 0.1.0",
        description =
                "Publishes and subscribes to Jakarta Messaging topics over reliable multicast (PGM, RFC 3208), and shows what"
                        + " the network and running programs do.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the message says why",
            "2:wrong usage",
            "3:the time was over before the count was reached",
            "4:messages were lost, with --fail-on-loss or --loss-policy=stop"
        })
public final class PgmjmsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Runs one command and leaves with its exit code; a command that succeeded lets its messages be repaired first. */
    public static void main(String[] arguments) {
        int code = commandLine(System.out).execute(arguments);
        if (code != ExitCodes.DONE) {
            System.exit(code);
        }
    }

    /** The command line with everything set, as {@code main} and tests use it; messages go to this stream. */
    static CommandLine commandLine(PrintStream out) {
        return new CommandLine(new PgmjmsCommand())
                .addSubcommand(new PublishCommand())
                .addSubcommand(new SubscribeCommand(out))
                .addSubcommand(new RequestCommand(out))
                .addSubcommand(new ReplyCommand())
                .addSubcommand(new TopCommand(out))
                .addSubcommand(new DumpCommand(out))
                .addSubcommand(new DoctorCommand(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("pgmjms: " + Failures.describe(failure));
                    return ExitCodes.FAILED;
                });
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "Missing command: publish, subscribe, request, reply, top, dump or doctor");
    }
}
