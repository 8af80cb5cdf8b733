package org.pgmjms.tck.faults.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads commands from standard input, a line each: a name, then {@code name=value} arguments. */
final class Commands {
    private Commands() {}

    /** Hands each command over on a thread of its own; the end of the input ends the JVM. */
    static void listen(BiConsumer<String, Words> command) {
        Thread reader = new Thread(() -> read(command), "commands");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read(BiConsumer<String, Words> command) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                List<String> words = List.of(line.trim().split(" +", -1));
                command.accept(words.get(0), new Words(words.subList(1, words.size())));
            }
        } catch (IOException closed) {
            System.out.println("ERROR " + closed);
        }
        Runtime.getRuntime().halt(3);
    }
}
