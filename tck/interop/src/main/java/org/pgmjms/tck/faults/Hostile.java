package org.pgmjms.tck.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** Our program that floods a session's hosts with packets of a bad kind. One owner. */
final class Hostile {
    private static final Duration LEARN = Duration.ofSeconds(20);

    private final LabProcess process;
    private final int seconds;

    private Hostile(LabProcess process, int seconds) {
        this.process = process;
        this.seconds = seconds;
    }

    /** Lets it listen to the session, and then begin. */
    static Hostile start(LabHost host, Path program, int seconds, List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "eth0"));
        command.addAll(arguments);
        command.addAll(List.of("own=" + host.ipv4(), "seconds=" + seconds));
        LabProcess process = host.start(command.toArray(String[]::new));
        process.awaitLine(line -> line.startsWith("READY"), LEARN);
        return new Hostile(process, seconds);
    }

    /** Builds it. */
    static Path build(Path sources, Path directory) {
        return Lab.compile(sources.resolve("hostile.c"), directory);
    }

    /** Waits until it is done; answers how many packets it has sent. */
    long awaitEnd() throws InterruptedException {
        process.awaitExit(Duration.ofSeconds(seconds).plus(LEARN));
        return process.number("packets");
    }
}
