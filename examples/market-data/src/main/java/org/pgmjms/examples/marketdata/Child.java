package org.pgmjms.examples.marketdata;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process of the demo and the last line of each kind that it wrote. Safe for any thread. */
final class Child implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Map<String, Map<String, Long>> lines = new ConcurrentHashMap<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts a class of this program in a JVM like this one. */
    static Child start(String name, Class<?> program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dpgmjms.port=" + System.getProperty("pgmjms.port", "auto"));
        command.addAll(List.of("-Xmx256m", "-XX:MaxDirectMemorySize=128m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(new File(System.getProperty("user.dir")))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Child child = new Child(name, process);
        Thread reader = new Thread(child::read, name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.put(StatusLine.word(line), StatusLine.numbers(line));
                if (line.startsWith(StatusLine.READY)) {
                    ready.countDown();
                }
            }
        } catch (IOException closed) {
            // the process was ended
        } finally {
            ended.countDown();
        }
    }

    String name() {
        return name;
    }

    boolean awaitReady(long seconds) throws InterruptedException {
        return ready.await(seconds, TimeUnit.SECONDS);
    }

    /** Whether it ends in time; all it wrote was read then. */
    boolean awaitEnd(long milliseconds) throws InterruptedException {
        return ended.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    boolean has(String word) {
        return lines.containsKey(word);
    }

    /** A number of the last line with that word, 0 if there was none. */
    long number(String word, String key) {
        return numbers(word).getOrDefault(key, 0L);
    }

    Map<String, Long> numbers(String word) {
        return lines.getOrDefault(word, Map.of());
    }

    void tell(String line) {
        PrintWriter writer = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        writer.println(line);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
