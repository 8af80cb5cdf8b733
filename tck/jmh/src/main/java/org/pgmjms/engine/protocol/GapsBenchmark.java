package org.pgmjms.engine.protocol;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The state of what is missing, with many gaps open: one more opens, is asked for and confirmed, and the oldest is filled. */
@State(Scope.Thread)
public class GapsBenchmark {
    private static final long MS = 1_000_000;
    private static final int EVERY = 100;

    /** How many gaps are open. */
    @Param({"16", "1000"})
    int open;

    private final Gaps gaps = new Gaps(NakTimes.of(new ReceiverRig.Config().build()));
    private int newest;
    private int oldest = EVERY;
    private long nowNs;

    /** Opens them. */
    @Setup(Level.Trial)
    public void fill() {
        while (gaps.size() < open) {
            openNext();
        }
    }

    private void openNext() {
        newest += EVERY;
        gaps.open(newest, 1, nowNs, 2 * MS);
    }

    /** The life of one gap. */
    @Benchmark
    public long life() {
        nowNs += 100;
        openNext();
        gaps.onNcf(newest, newest + 1, nowNs);
        gaps.fill(oldest);
        oldest += EVERY;
        return gaps.missing();
    }
}
