package org.pgmjms.tck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.pgmjms.tck.bench.program.ArtemisBroker;
import org.pgmjms.tck.bench.program.Board;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** Measures cells, one after another. One thread. */
final class CellRunner {
    private static final Duration START = Duration.ofSeconds(20);
    private static final long LOOK_MS = 10;
    private static final long SETTLE_MS = 400;
    private static final long QUIET_LOOK_MS = 250;
    private static final int QUIET_LOOKS = 24;
    private static final double QUIET = 0.4;
    private static final long LEAST_WARM_MS = 2000;
    private static final long SHORT_WARM_MS = 600;
    private static final long WARM_LOOK_MS = 1000;
    private static final double COMPILER_SHARE = 0.1;
    private static final long SEARCH_WARM_RATE = 20_000;
    private static final long PROBE_MS = 400;
    private static final long DRAIN_MS = 300;
    private static final double KEEPS_UP = 0.97;
    private static final double BACK_OFF = 0.9;
    private static final int ATTEMPTS = 3;
    private static final double MICROS = 1e6;

    private final Network network;
    private final Commands commands;
    private final Board board;
    private final Path logs;
    private final long measureMs;
    private final long warmMs;

    /**
     * Writes what programs print into a directory.
     *
     * @param seconds the length of a measurement
     * @param warmSeconds the most that JVMs get to warm up
     */
    CellRunner(Network network, Commands commands, Path logs, double seconds, double warmSeconds) throws IOException {
        this.network = network;
        this.commands = commands;
        this.board = Board.open(commands.board());
        this.logs = Files.createDirectories(logs);
        this.measureMs = Math.round(seconds * 1000);
        this.warmMs = Math.round(warmSeconds * 1000);
    }

    /** Measures a cell; whatever goes wrong is in the outcome, and no process is left. */
    Outcome run(Cell cell, int pass) throws InterruptedException, IOException {
        double busy = awaitQuiet();
        Processes processes = new Processes();
        Outcome outcome;
        try {
            network.prepare(cell.receivers(), cell.lossPercent());
            board.clear();
            start(cell, processes);
            warmUp(cell, processes);
            outcome = cell.isSearch() ? search(cell, pass, processes) : measure(cell, pass, processes);
            board.stop();
            outcome = withLatency(outcome, processes);
        } catch (RuntimeException | AssertionError failed) {
            outcome = Outcome.failed(cell, pass, String.valueOf(failed.getMessage()));
        } finally {
            board.stop();
            processes.end(cell, logs);
        }
        return busy < QUIET ? outcome : noted(outcome, String.format(Locale.ROOT, "machine was busy: %.1f", busy));
    }

    private double awaitQuiet() throws InterruptedException, IOException {
        double busy = 1;
        for (int i = 0; i < QUIET_LOOKS && busy >= QUIET; i++) {
            double before = ProcessTimes.ofMachine();
            TimeUnit.MILLISECONDS.sleep(QUIET_LOOK_MS);
            busy = (ProcessTimes.ofMachine() - before) * 1000 / QUIET_LOOK_MS;
        }
        return busy;
    }

    private void start(Cell cell, Processes processes) throws InterruptedException {
        LabHost sender = network.sender();
        if (cell.contender().kind() == Contender.Kind.ARTEMIS) {
            processes.broker = launch(sender, commands.broker());
            processes.broker.awaitLine(ArtemisBroker.UP::equals, START);
        }
        for (int i = 1; i <= cell.receivers(); i++) {
            LabHost host = network.receiver(i);
            processes.receivers.add(launch(host, commands.receiver(cell, host.ipv4(), i)));
        }
        await("receivers to join", processes, () -> board.readyReceivers() == cell.receivers());
        TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
        processes.sender = launch(sender, commands.sender(cell, sender.ipv4()));
        await("the first message", processes, () -> board.slowest(cell.receivers(), Board.COUNT) > 0);
    }

    private static LabProcess launch(LabHost host, List<String> command) {
        return host.start(command.toArray(String[]::new));
    }

    private void await(String what, Processes processes, BooleanSupplier condition) throws InterruptedException {
        long deadlineNs = System.nanoTime() + START.toNanos();
        while (!condition.getAsBoolean()) {
            processes.assertAlive();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("waited in vain for " + what + "; " + processes.tails());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    /**
     * JVMs run as fast as they can until their compilers have little to do; latency is measured after that, at its rate.
     */
    private void warmUp(Cell cell, Processes processes) throws InterruptedException {
        if (cell.isSearch()) {
            board.rate(SEARCH_WARM_RATE);
        }
        long leastMs = cell.contender().isJava() ? Math.min(LEAST_WARM_MS, warmMs) : SHORT_WARM_MS;
        TimeUnit.MILLISECONDS.sleep(leastMs);
        double before = processes.compilerCpu();
        boolean compiles = cell.contender().isJava();
        for (long passedMs = leastMs; compiles && passedMs < warmMs; passedMs += WARM_LOOK_MS) {
            TimeUnit.MILLISECONDS.sleep(WARM_LOOK_MS);
            double now = processes.compilerCpu();
            compiles = now - before > COMPILER_SHARE * WARM_LOOK_MS / 1000;
            before = now;
        }
        if (cell.question() == Question.LATENCY) {
            board.rate(Cell.LATENCY_RATE);
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS + DRAIN_MS);
        }
    }

    private Outcome search(Cell cell, int pass, Processes processes) throws InterruptedException {
        long rate = RateSearch.highest(unitsPerSecond -> holds(cell, processes, unitsPerSecond));
        Outcome outcome = Outcome.failed(cell, pass, "no rate without loss");
        for (int i = 0; i < ATTEMPTS && rate > 0 && !outcome.isGood(); i++) {
            board.rate(rate);
            TimeUnit.MILLISECONDS.sleep(DRAIN_MS);
            outcome = measure(cell, pass, processes);
            rate = Math.round(rate * BACK_OFF);
        }
        return outcome;
    }

    private boolean holds(Cell cell, Processes processes, long unitsPerSecond) throws InterruptedException {
        processes.assertAlive();
        board.rate(unitsPerSecond);
        TimeUnit.MILLISECONDS.sleep(PROBE_MS / 4);
        Snapshot before = Snapshot.of(board, cell.receivers(), processes);
        TimeUnit.MILLISECONDS.sleep(PROBE_MS);
        Snapshot after = Snapshot.of(board, cell.receivers(), processes);
        boolean lossless = after.lost() == before.lost();
        boolean keepsUp = after.rateSince(before) >= KEEPS_UP * unitsPerSecond;
        if (!lossless || !keepsUp) {
            board.rate(1);
            TimeUnit.MILLISECONDS.sleep(DRAIN_MS);
        }
        return lossless && keepsUp;
    }

    private Outcome measure(Cell cell, int pass, Processes processes) throws InterruptedException {
        board.measuring(true);
        Snapshot before = Snapshot.of(board, cell.receivers(), processes);
        TimeUnit.MILLISECONDS.sleep(measureMs);
        Snapshot after = Snapshot.of(board, cell.receivers(), processes);
        board.measuring(false);
        processes.assertAlive();
        double sent = Math.max(after.sent() - before.sent(), 1);
        return new Outcome(
                cell,
                pass,
                sent / after.secondsSince(before),
                after.rateSince(before),
                after.lost() - before.lost(),
                after.stalls() - before.stalls(),
                (after.senderCpu() - before.senderCpu()) / sent * MICROS,
                after.receiverUsSince(before),
                (after.machineCpu() - before.machineCpu()) / sent * MICROS,
                Latency.NONE,
                "");
    }

    private static Outcome withLatency(Outcome outcome, Processes processes) throws InterruptedException {
        if (outcome.cell().question() != Question.LATENCY) {
            return outcome;
        }
        Latency slowest = processes.latency();
        Outcome whole = outcome.withLatency(slowest);
        return slowest.count() == 0 ? whole.withNote("FAILED: no latencies; " + processes.tails()) : whole;
    }

    private static Outcome noted(Outcome outcome, String note) {
        return outcome.withNote(outcome.note().isEmpty() ? note : outcome.note() + "; " + note);
    }
}
