package org.pgmjms.engine.channel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.pgmjms.engine.protocol.ShortCircuit;
import org.pgmjms.engine.testing.SilentHandler;

/**
 * A whole session without a network: supply, packing, window, sink, receiver, window, handler, and the repair of what is
 * lost. One operation is one full packet of five pieces.
 */
@State(Scope.Thread)
public class SessionBenchmark {
    private static final int FRAME_BYTES = 280;
    private static final int FRAMES = 5;
    private static final long STEP_NS = 10_000;

    /** The part of data packets that is lost. */
    @Param({"0", "0.01"})
    double loss;

    /** What either window holds. */
    @Param({"16384", "163840"})
    int windowPackets;

    private final PacketMemory memory = new PacketMemory();
    private final SilentHandler handler = new SilentHandler();
    private ShortCircuit circuit = circuit(0, 1);

    private ShortCircuit circuit(double part, int packets) {
        return new ShortCircuit(handler, new PooledWindowStore(memory), memory, part, packets, FRAME_BYTES, STEP_NS);
    }

    /** Fills the window. */
    @Setup(Level.Trial)
    public void fill() {
        circuit = circuit(loss, windowPackets);
        for (int i = 0; i < windowPackets + 100; i++) {
            circuit.send(FRAMES);
        }
    }

    /** Looks whether all came. */
    @TearDown(Level.Trial)
    public void check() {
        circuit.settle();
        if (handler.lost() > 0) {
            throw new AssertionError(handler.lost() + " lost");
        }
    }

    /** One packet. */
    @Benchmark
    public long packet() {
        circuit.send(FRAMES);
        return handler.apdus();
    }
}
