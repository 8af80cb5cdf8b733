package org.pgmjms.tck.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgmjms.tck.faults.program.PublisherProgram;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;
import org.pgmjms.tck.kit.Shell;

/** A publisher's process. One owner. */
final class Publisher implements AutoCloseable {
    private static final AtomicInteger BOARDS = new AtomicInteger();
    private static final Duration START = Duration.ofSeconds(40);
    private static final Duration CLOSE = Duration.ofSeconds(60);

    private final Path board;
    private final int producer;
    private final LabProcess process;
    private boolean isKilled;

    /** Starts it; it sends as soon as it can. */
    Publisher(LabHost host, int producer, Load load, List<String> jvm, String... more) {
        this.producer = producer;
        board = Path.of("/dev/shm/pgmjms-faults-" + ProcessHandle.current().pid() + "-" + BOARDS.incrementAndGet());
        List<String> arguments = new ArrayList<>(List.of(
                "url=" + load.url(),
                "topic=t",
                "producer=" + producer,
                "rate=" + load.rate(),
                "size=" + load.size(),
                "board=" + board));
        arguments.addAll(List.of(more));
        process = host.startJava(jvm, PublisherProgram.class.getName(), arguments.toArray(String[]::new));
    }

    int producer() {
        return producer;
    }

    LabProcess process() {
        return process;
    }

    boolean isKilled() {
        return isKilled;
    }

    void awaitReady() throws InterruptedException {
        process.awaitLine("READY"::equals, START);
    }

    /** How many sends it has begun. */
    long sent() {
        try {
            return Files.exists(board) && Files.size(board) >= Long.BYTES
                    ? ByteBuffer.wrap(Files.readAllBytes(board)).getLong()
                    : 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops sending for good, but stays. */
    void pause() throws InterruptedException {
        process.say("pause");
        process.awaitLine("PAUSED"::equals, CLOSE);
    }

    /** Ends it properly: returns when it is closed, which is before its linger is over. */
    void stop() throws InterruptedException {
        if (!isKilled) {
            process.say("stop");
            process.awaitLine(line -> line.startsWith("SENT "), CLOSE);
        }
    }

    /** What it holds. */
    Held look() throws InterruptedException {
        return Held.by(process);
    }

    /** Waits until a send is refused, and answers how. */
    String awaitRefusal() throws InterruptedException {
        return process.awaitLine(line -> line.startsWith("REFUSED "), START);
    }

    /** A counter of its transport, such as {@code source.rdata_sent}; 0 where there is none. */
    long statistic(String key) {
        return Statistics.of(process, key);
    }

    /** Ends it as a crash does. */
    void kill() throws InterruptedException {
        isKilled = true;
        Shell.run("kill", "-9", Long.toString(process.handle().pid()));
        process.awaitExit(CLOSE);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(board);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
