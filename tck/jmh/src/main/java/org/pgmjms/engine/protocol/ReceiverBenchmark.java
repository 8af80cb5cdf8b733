package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.testing.SilentHandler;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;

/** What one data packet in order costs a receiver, with and without the reading of it; and what the longest jump costs. */
@State(Scope.Thread)
public class ReceiverBenchmark {
    private static final int PAYLOAD = 1400;
    private static final int WINDOW = 4096;

    private final SilentHandler handler = new SilentHandler();
    private final ReceiverRig rig = new ReceiverRig();
    private final ByteBuf packet = Unpooled.directBuffer(2048, 2048);
    private final int length;
    private final ReceiverRig jumping = new ReceiverRig();
    private int sqn;

    /** An established session. */
    public ReceiverBenchmark() {
        rig.receiver.remove(rig.heard);
        rig.receiver.add(handler);
        rig.established(0);
        length = new DataEncoder()
                .wrap(packet, 0)
                .type(PacketType.ODATA)
                .session(rig.tsi.value(), ReceiverRig.DPORT)
                .sqn(0)
                .trail(0)
                .finish(PAYLOAD);
        rig.view.wrap(packet, 0, length);
        jumping.receiver.remove(jumping.heard);
        jumping.receiver.add(new SilentHandler());
        jumping.established(0);
    }

    private void hand() {
        rig.nowNs += 1000;
        rig.receiver.onPacket(rig.nowNs, rig.view, ReceiverRig.SOURCE, 30_000);
        rig.receiver.onBatchEnd(rig.nowNs);
    }

    /** The packet was read before. */
    @Benchmark
    public long inOrder() {
        packet.setInt(DataEncoder.headerLength(0) - 2 * Integer.BYTES, sqn++);
        hand();
        return handler.apdus();
    }

    /** The packet is read, its checksum included. */
    @Benchmark
    public long readInOrder() {
        // The first word of the payload makes up for the number, so that the checksum stays right.
        packet.setInt(DataEncoder.headerLength(0) - 2 * Integer.BYTES, sqn);
        packet.setInt(DataEncoder.headerLength(0), ~sqn);
        sqn++;
        if (rig.view.wrap(packet, 0, length) != DecodeResult.OK) {
            throw new AssertionError("the words do not cancel out");
        }
        hand();
        return handler.apdus();
    }

    /** Two SPMs agree on a lead as far ahead as a stream may jump: one loss, and a window of numbers to ask for. */
    @Benchmark
    public long jump() {
        long before = jumping.count(ReceiverCounter.LOST);
        jumping.nowNs += 1000;
        jumping.trail = jumping.lead;
        jumping.lead += StreamBounds.FAR - WINDOW;
        jumping.spm();
        jumping.spm();
        long lost = jumping.count(ReceiverCounter.LOST) - before;
        if (lost == 0) {
            throw new AssertionError("stays where it was");
        }
        return lost;
    }
}
