package org.pgmjms.tck.bench.program;

import java.util.concurrent.locks.LockSupport;

/** Says to a sender when it may send: credit window, rate, end. One thread. */
public final class Governor {
    private static final int STRIDE = 16;
    private static final long NAP_NS = 20_000;

    /** A window that does not move for so long has lost its tail; the sender goes on, and it is counted. */
    private static final long STALL_NS = 300_000_000;

    /** Who is later than this does not catch up. */
    private static final long LATE_NS = 50_000_000;

    /** Who is early by less goes on: at high rates that makes small bursts, as a sleep for each message costs more. */
    private static final long EARLY_NS = 50_000;

    private final Board board;
    private final int receivers;
    private final long window;
    private final boolean stamps;
    private long rate;
    private double dueNs;
    private long stalls;

    /** A governor for the sender of a cell: window 0 for none. */
    public Governor(Board board, Arguments arguments) {
        this.board = board;
        this.receivers = arguments.number("receivers");
        this.window = arguments.number("window", 0);
        this.stamps = arguments.is("latency");
    }

    /** Waits until this unit may be sent; false when the sender has to end. */
    public boolean admit(long sequence) {
        if (board.isStopped()) {
            return false;
        }
        if (window > 0 && sequence % STRIDE == 0) {
            awaitCredit(sequence + STRIDE - window);
        }
        long wanted = board.rate();
        if (wanted > 0) {
            pace(wanted);
        } else {
            rate = 0;
        }
        return true;
    }

    /** Whether a sender that cannot go on has to give up. */
    public boolean isStopped() {
        return board.isStopped();
    }

    /** So many units have been handed over. */
    public void sent(long count) {
        board.set(Board.SENDER, Board.COUNT, count);
    }

    /** So many units had to wait for the program's own flow control. */
    public void refused(long count) {
        board.set(Board.SENDER, Board.REFUSED, count);
    }

    /** What a message carries as the time it was sent: 0 where latency is not asked for. */
    public long stampNs() {
        return stamps ? System.nanoTime() : 0;
    }

    private void awaitCredit(long needed) {
        long reached = board.slowest(receivers, Board.NEXT);
        long sinceNs = 0;
        while (reached < needed && !board.isStopped()) {
            long nowNs = System.nanoTime();
            long now = board.slowest(receivers, Board.NEXT);
            if (sinceNs == 0 || now != reached) {
                reached = now;
                sinceNs = nowNs;
            } else if (nowNs - sinceNs > STALL_NS) {
                board.set(Board.SENDER, Board.ODD, ++stalls);
                return;
            }
            if (reached < needed) {
                LockSupport.parkNanos(NAP_NS);
            }
        }
    }

    private void pace(long wanted) {
        long nowNs = System.nanoTime();
        if (wanted != rate || nowNs - dueNs > LATE_NS) {
            rate = wanted;
            dueNs = nowNs;
        }
        for (long leftNs = (long) dueNs - nowNs; leftNs > EARLY_NS; leftNs = (long) dueNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
        dueNs += 1e9 / rate;
    }
}
