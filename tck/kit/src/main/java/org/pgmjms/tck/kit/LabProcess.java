package org.pgmjms.tck.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that runs beside a test, and every line it prints, errors included. Safe for any thread. */
public final class LabProcess implements AutoCloseable {
    private static final int KEPT_LINES = 200_000;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private LabProcess(Process process) {
        this.process = process;
    }

    /** Starts a command. */
    public static LabProcess start(List<String> command) {
        try {
            LabProcess started = new LabProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            Thread reader = new Thread(started::read, "output of " + command.get(command.size() - 1));
            reader.setDaemon(true);
            reader.start();
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException closed) {
            // the process was ended
        } finally {
            end();
        }
    }

    private synchronized void end() {
        ended.countDown();
        notifyAll();
    }

    private synchronized void add(String line) {
        if (lines.size() < KEPT_LINES) {
            lines.add(line);
        }
        notifyAll();
    }

    /** Writes a line to its standard input; does nothing where it has ended. */
    public void say(String line) {
        try {
            Writer input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line + "\n");
            input.flush();
        } catch (IOException ended) {
            // so it does not need to be told
        }
    }

    /** What it has printed so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line; fails with what it printed if none comes in time, or it ends before. */
    public synchronized String awaitLine(Predicate<String> wanted, Duration timeout) throws InterruptedException {
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        int seen = 0;
        while (true) {
            for (; seen < lines.size(); seen++) {
                if (wanted.test(lines.get(seen))) {
                    return lines.get(seen);
                }
            }
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0 || ended.getCount() == 0) {
                throw new AssertionError(
                        (leftMs <= 0 ? "the line did not come" : "the program ended") + "; printed: " + tail());
            }
            wait(leftMs);
        }
    }

    /** Waits for the end and answers the exit code; fails with what it printed if it does not end in time. */
    public int awaitExit(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                || !ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + timeout + "; printed: " + tail());
        }
        return process.exitValue();
    }

    /** Asks it to end and answers the exit code; fails as {@link #awaitExit} does. */
    public int stop(Duration timeout) throws InterruptedException {
        (process.children().findAny().isPresent() ? process.descendants() : Stream.of(process.toHandle()))
                .forEach(ProcessHandle::destroy);
        return awaitExit(timeout);
    }

    /** The number after {@code key=} in the last line that has it. */
    public long number(String key) {
        Pattern pattern = Pattern.compile("(?:^|[ ,])" + Pattern.quote(key) + "=(-?\\d+)");
        List<String> all = lines();
        for (int i = all.size() - 1; i >= 0; i--) {
            Matcher matcher = pattern.matcher(all.get(i));
            if (matcher.find()) {
                return Long.parseLong(matcher.group(1));
            }
        }
        throw new AssertionError("no " + key + "= in: " + tail());
    }

    /** The last lines, for messages. */
    public String tail() {
        List<String> all = lines();
        return String.join("\n", all.subList(Math.max(0, all.size() - 30), all.size()));
    }

    /** The process itself. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
