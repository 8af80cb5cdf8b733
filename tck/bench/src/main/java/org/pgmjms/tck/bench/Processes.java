package org.pgmjms.tck.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgmjms.tck.kit.LabProcess;

/** The processes of a cell. One thread. */
final class Processes {
    private static final Duration END = Duration.ofSeconds(6);
    private static final int LINES = 5;

    /** Those that have been started. */
    final List<LabProcess> receivers = new ArrayList<>();

    @Nullable LabProcess sender;

    @Nullable LabProcess broker;

    /** Fails with what a process printed that is gone too early. */
    void assertAlive() {
        for (LabProcess process : all()) {
            if (!process.handle().isAlive()) {
                throw new IllegalStateException("a program ended: " + lastLines(process));
            }
        }
    }

    /** The processor seconds so far of sender and broker. */
    double senderCpu() {
        return cpu(sender) + cpu(broker);
    }

    /** The processor seconds so far of all compilers of JVMs. */
    double compilerCpu() {
        return all().stream()
                .mapToDouble(
                        process -> ProcessTimes.ofCompilers(process.handle().pid()))
                .sum();
    }

    /** The processor seconds so far of a receiver, from 1. */
    double receiverCpu(int index) {
        return cpu(receivers.get(index - 1));
    }

    private static double cpu(@Nullable LabProcess process) {
        return process == null ? 0 : ProcessTimes.ofProcess(process.handle().pid());
    }

    /** Waits for the end of the receivers; answers what the slowest of them measured. */
    Latency latency() throws InterruptedException {
        Latency slowest = Latency.NONE;
        for (LabProcess receiver : receivers) {
            receiver.awaitExit(END);
            slowest = slowest.slower(Latency.of(receiver.lines()));
        }
        return slowest;
    }

    /** The last lines of each. */
    String tails() {
        List<String> tails = new ArrayList<>();
        all().forEach(process -> tails.add(lastLines(process)));
        return String.join(" | ", tails);
    }

    /** Waits for their end, or brings it about, and writes down what they printed. */
    void end(Cell cell, Path logs) throws InterruptedException, IOException {
        List<String> printed = new ArrayList<>();
        for (LabProcess process : all()) {
            if (process != broker) {
                try {
                    process.awaitExit(END);
                } catch (AssertionError stuck) {
                    printed.add("KILLED: did not end in " + END);
                }
            }
            process.close();
            printed.addAll(process.lines());
            printed.add("--");
        }
        Files.write(logs.resolve(cell.id().replace('/', '_') + ".log"), printed, StandardCharsets.UTF_8);
    }

    private List<LabProcess> all() {
        List<LabProcess> all = new ArrayList<>();
        if (sender != null) {
            all.add(sender);
        }
        all.addAll(receivers);
        if (broker != null) {
            all.add(broker);
        }
        return all;
    }

    private static String lastLines(LabProcess process) {
        List<String> lines = process.lines();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
