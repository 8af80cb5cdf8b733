package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.testing.FrameSupply;
import org.pgmjms.engine.testing.SilentEvents;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.tck.jmh.DirectStore;

/** A source that sends into nothing: packing, window, checksum, limiter. One operation is a run of full packets. */
@State(Scope.Thread)
@SuppressWarnings("this-escape") // the source calls nobody before it is told to
public class SourceBenchmark implements PacketSink {
    private static final int FRAME_BYTES = 280;
    private static final int FRAMES_PER_PACKET = 5;
    private static final long NS_PER_PACKET = 3_000;

    /** How many packets are sent at a time. */
    @Param({"1", "32"})
    int packets;

    private final FrameSupply supply = new FrameSupply(FRAME_BYTES) {
        @Override
        public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
            throw new AssertionError("nothing here is that long");
        }
    };
    private final Source source = new Source(
            new SourceContext(
                    new SourceConfigBuilder()
                            .window(64L << 20, 32_768, 10_000_000_000L)
                            .rate(1_250_000_000, 4 << 20)
                            .build(),
                    7500,
                    Nla.ipv4(0xEFC0_0001),
                    Nla.ipv4(0x0A4D_0001),
                    40_001,
                    1472,
                    28),
            supply,
            new SilentEvents(),
            this,
            new DirectStore(),
            SourceSpis.PLAIN,
            new Counters<>(SourceCounter.class),
            0);
    private int sent;
    private long nowNs;

    /** An open source. */
    public SourceBenchmark() {
        source.open(0);
    }

    /** Sends them. */
    @Benchmark
    public int send() {
        nowNs += packets * NS_PER_PACKET;
        supply.add(packets * FRAMES_PER_PACKET);
        source.trySend(nowNs);
        if (supply.nextLength() > 0) {
            throw new AssertionError("held up");
        }
        return sent;
    }

    @Override
    public void toGroup(ByteBuf buffer, int at, int length) {
        sent++;
    }

    @Override
    public void toNeighbours(ByteBuf buffer, int at, int length) {
        // gone
    }

    @Override
    public void toControlGroup(ByteBuf buffer, int at, int length) {
        // gone
    }

    @Override
    public void toHost(Nla host, int udpPort, ByteBuf buffer, int at, int length) {
        // gone
    }

    @Override
    public int flush() {
        return 0;
    }
}
