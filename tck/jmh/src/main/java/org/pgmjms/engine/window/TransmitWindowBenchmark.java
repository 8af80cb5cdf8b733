package org.pgmjms.engine.window;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pgmjms.tck.jmh.DirectStore;

/** A transmit window that is full: each packet drives out the oldest one. */
@State(Scope.Thread)
public class TransmitWindowBenchmark {
    private static final int PACKET_BYTES = 1400;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final long SECOND_NS = 1_000_000_000;

    /** The packets it holds. */
    @Param({"4096", "40960"})
    int packets;

    private TransmitWindow window = window(1, SECOND_NS);
    private TransmitWindow agedWindow = window;
    private long nowNs;

    private static TransmitWindow window(int packets, long maxAgeNs) {
        WindowBounds bounds = new WindowBounds(Long.MAX_VALUE / 2, packets, maxAgeNs);
        return new TransmitWindow(new DirectStore(), CHUNK_BYTES, bounds, 0, sqn -> false);
    }

    /** Fills both windows. */
    @Setup(Level.Trial)
    public void fill() {
        window = window(packets, Long.MAX_VALUE / 4);
        agedWindow = window(Integer.MAX_VALUE / 2, packets);
        for (int i = 0; i < packets; i++) {
            append(window);
            append(agedWindow);
        }
    }

    private int append(TransmitWindow into) {
        nowNs++;
        into.makeRoom(PACKET_BYTES, nowNs);
        into.nextBuffer().setInt(into.nextOffset(), into.lead());
        int sqn = into.append(PACKET_BYTES, nowNs);
        into.markNextSent(nowNs);
        return sqn;
    }

    /** The oldest one goes since there is no room. */
    @Benchmark
    public int appendToFull() {
        return append(window);
    }

    /** The oldest one goes since it is too old. */
    @Benchmark
    public int appendAndAge() {
        agedWindow.evictAged(nowNs);
        return append(agedWindow);
    }
}
