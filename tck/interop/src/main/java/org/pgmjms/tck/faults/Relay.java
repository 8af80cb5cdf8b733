package org.pgmjms.tck.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** Our program that carries packets through a box, and harms those that go to the host behind it. One owner. */
final class Relay {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LabProcess process;

    private Relay(LabProcess process) {
        this.process = process;
    }

    /** Starts it; it harms nothing yet. */
    static Relay start(LabHost box, Path program, List<String> settings) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "eth0", "eth1"));
        command.addAll(settings);
        LabProcess process = box.start(command.toArray(String[]::new));
        process.awaitLine("READY"::equals, SOON);
        return new Relay(process);
    }

    /** Builds it. */
    static Path build(Path sources, Path directory) {
        return Lab.compile(sources.resolve("relay.c"), directory);
    }

    void harm(boolean isOn) {
        process.say(isOn ? "on" : "off");
    }

    /** One of its counters, such as {@code dropped}. */
    long count(String what) throws InterruptedException {
        int before = process.lines().size();
        process.say("stats");
        process.awaitLine(line -> line.startsWith("STATS") && process.lines().size() > before, SOON);
        return process.number(what);
    }
}
