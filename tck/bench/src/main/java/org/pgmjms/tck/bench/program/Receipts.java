package org.pgmjms.tck.bench.program;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What a receiver has got. One thread receives; another may print after the end. */
public final class Receipts {
    private static final int DIGITS = 3;
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);

    private final Board board;
    private final int index;
    private final Histogram latencies = new Histogram(LONGEST_NS, DIGITS);
    private long count;
    private long lost;
    private long next;
    private long odd;

    /** For the receiver with the index that the arguments tell. */
    public Receipts(Board board, Arguments arguments) {
        this.board = board;
        this.index = arguments.number("index");
    }

    /** It has joined. */
    public void ready() {
        board.ready();
    }

    /** Whether it has to end. */
    public boolean isStopped() {
        return board.isStopped();
    }

    /** A unit came; {@link #publish} says so to the others. */
    public void onMessage(long sequence, long stampNs) {
        if (sequence >= next) {
            lost += sequence - next;
            next = sequence + 1;
        } else {
            odd++;
        }
        count++;
        if (stampNs != 0 && board.isMeasuring()) {
            latencies.recordValue(Math.min(Math.max(System.nanoTime() - stampNs, 0), LONGEST_NS));
        }
    }

    /** Shows on the board what came so far. */
    public void publish() {
        board.set(index, Board.LOST, lost);
        board.set(index, Board.ODD, odd);
        board.set(index, Board.COUNT, count);
        board.set(index, Board.NEXT, next);
    }

    /** Prints the totals, and the latencies if there are any, as the C programs do. */
    public void print(PrintStream out) {
        out.printf("RECEIVED count=%d lost=%d odd=%d%n", count, lost, odd);
        if (latencies.getTotalCount() > 0) {
            out.printf(
                    Locale.ROOT,
                    "LATENCY count=%d p50=%d p90=%d p99=%d p999=%d max=%d%n",
                    latencies.getTotalCount(),
                    latencies.getValueAtPercentile(50),
                    latencies.getValueAtPercentile(90),
                    latencies.getValueAtPercentile(99),
                    latencies.getValueAtPercentile(99.9),
                    latencies.getMaxValue());
        }
    }
}
