package org.pgmjms.engine.window;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Packets that wait behind a gap, and leave in order when it is filled. */
@State(Scope.Thread)
public class ReceiveWindowBenchmark {
    private static final int PACKET_BYTES = 1380;

    /** How many packets wait. */
    @Param({"64", "1024", "10240"})
    int waiting;

    private final ByteBuf packet = Unpooled.directBuffer(2048, 2048);
    private final ReceiveWindow window =
            new ReceiveWindow(PooledByteBufAllocator.DEFAULT, new WindowBudget(1L << 32), 1 << 18);
    private int next;

    /** Stores what is to wait. */
    @Setup(Level.Trial)
    public void fill() {
        while (next < waiting) {
            store();
        }
    }

    private void store() {
        if (!window.store(next++, packet, 0, PACKET_BYTES, false)) {
            throw new AssertionError("no room");
        }
    }

    /** One comes, the oldest one leaves. */
    @Benchmark
    public int storeAndDeliver() {
        store();
        int edge = window.edge();
        int length = window.length(edge);
        window.moveEdge(edge + 1);
        return length;
    }
}
