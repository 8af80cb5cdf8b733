package org.pgmjms.tck.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs short commands of the system. */
public final class Shell {
    private Shell() {}

    /** Runs a command to its end and answers what it printed; fails if the command does. */
    public static String run(String... command) {
        return runWithInput("", command);
    }

    /** The same without what it printed on standard error. */
    public static String runQuietly(String... command) {
        return complete(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD), "");
    }

    /** Runs a command with text on its standard input. */
    public static String runWithInput(String input, String... command) {
        return complete(new ProcessBuilder(command).redirectErrorStream(true), input);
    }

    private static String complete(ProcessBuilder builder, String input) {
        String command = String.join(" ", builder.command());
        try {
            Process process = builder.start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + ": exit " + code + ": " + output);
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command, interrupted);
        }
    }

    /** Where a command is, if it is anywhere. */
    public static Optional<Path> find(String command) {
        List<String> places = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .toList();
        return places.stream()
                .map(place -> Path.of(place, command))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
