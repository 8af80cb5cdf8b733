package org.pgmjms.tools;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/**
 * A command that has run within this JVM.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it said
 */
record CommandRun(int code, String out, String err) {

    /** Runs a command to its end. */
    static CommandRun of(String... arguments) {
        return of(new StringWriter(), arguments);
    }

    /** Runs a command to its end, with somebody who listens to what it says. */
    static CommandRun of(StringWriter err, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLine command = PgmjmsCommand.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(err));
        int code = command.execute(arguments);
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    /** The lines it printed. */
    List<String> lines() {
        return out.lines().toList();
    }
}
