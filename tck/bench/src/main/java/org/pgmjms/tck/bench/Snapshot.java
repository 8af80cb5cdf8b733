package org.pgmjms.tck.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.pgmjms.tck.bench.program.Board;

/**
 * Counts and processor times at one moment.
 *
 * @param counts what each receiver has got
 * @param receiverCpu the processor seconds of each
 * @param lost what all receivers have missed or got again
 */
record Snapshot(
        long atNs,
        long sent,
        long stalls,
        long[] counts,
        double[] receiverCpu,
        long lost,
        double senderCpu,
        double machineCpu) {
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    static Snapshot of(Board board, int receivers, Processes processes) {
        long[] counts = new long[receivers];
        double[] cpu = new double[receivers];
        long lost = 0;
        for (int i = 0; i < receivers; i++) {
            counts[i] = board.get(i + 1, Board.COUNT);
            cpu[i] = processes.receiverCpu(i + 1);
            lost += board.get(i + 1, Board.LOST) + board.get(i + 1, Board.ODD);
        }
        try {
            return new Snapshot(
                    System.nanoTime(),
                    board.get(Board.SENDER, Board.COUNT),
                    board.get(Board.SENDER, Board.ODD),
                    counts,
                    cpu,
                    lost,
                    processes.senderCpu(),
                    ProcessTimes.ofMachine());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    double secondsSince(Snapshot before) {
        return (atNs - before.atNs) / NANOS;
    }

    /** Messages a second of the slowest receiver. */
    double rateSince(Snapshot before) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < counts.length; i++) {
            least = Math.min(least, counts[i] - before.counts[i]);
        }
        return least / secondsSince(before);
    }

    /** Microseconds for a message, all receivers together. */
    double receiverUsSince(Snapshot before) {
        double us = 0;
        for (int i = 0; i < counts.length; i++) {
            us += (receiverCpu[i] - before.receiverCpu[i]) / Math.max(counts[i] - before.counts[i], 1) * MICROS;
        }
        return us;
    }
}
