package org.pgmjms.tck.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.tck.bench.program.Board;

/**
 * Counts and processor times at one moment.
 *
 * @param receivers what each receiver has got
 * @param lost what all receivers have missed or got again
 */
record Snapshot(
        long atNs, long sent, long stalls, List<Receiver> receivers, long lost, double senderCpu, double machineCpu) {
    /** Messages that a receiver has got, and the processor seconds it needed. */
    record Receiver(long count, double cpu) {}

    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    static Snapshot of(Board board, int receivers, Processes processes) {
        List<Receiver> all = new ArrayList<>();
        long lost = 0;
        for (int i = 1; i <= receivers; i++) {
            all.add(new Receiver(board.get(i, Board.COUNT), processes.receiverCpu(i)));
            lost += board.get(i, Board.LOST) + board.get(i, Board.ODD);
        }
        try {
            return new Snapshot(
                    System.nanoTime(),
                    board.get(Board.SENDER, Board.COUNT),
                    board.get(Board.SENDER, Board.ODD),
                    all,
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
        for (int i = 0; i < receivers.size(); i++) {
            least = Math.min(least, receivers.get(i).count - before.receivers.get(i).count);
        }
        return least / secondsSince(before);
    }

    /** Microseconds for a message, all receivers together. */
    double receiverUsSince(Snapshot before) {
        double us = 0;
        for (int i = 0; i < receivers.size(); i++) {
            Receiver now = receivers.get(i);
            Receiver then = before.receivers.get(i);
            us += (now.cpu - then.cpu) / Math.max(now.count - then.count, 1) * MICROS;
        }
        return us;
    }
}
