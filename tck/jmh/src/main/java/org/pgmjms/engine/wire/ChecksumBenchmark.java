package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The sum over a packet, at an even place and at an odd one. */
@State(Scope.Thread)
public class ChecksumBenchmark {
    private static final int CAPACITY = 16 * 1024;

    /** Bytes. */
    @Param({"64", "512", "1408", "8192"})
    int size;

    /** Where in its buffer the packet starts. */
    @Param({"0", "3"})
    int at;

    private final ByteBuf buffer = Unpooled.directBuffer(CAPACITY, CAPACITY);

    /** Fills the buffer. */
    @Setup(Level.Trial)
    public void fill() {
        for (int index = 0; index < CAPACITY; index++) {
            buffer.setByte(index, index * 31);
        }
    }

    /** Sums it up. */
    @Benchmark
    public long sum() {
        return Checksum.sum(buffer, at, size);
    }
}
