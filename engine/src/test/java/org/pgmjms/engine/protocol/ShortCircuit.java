package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.testing.FrameSupply;
import org.pgmjms.engine.testing.SilentEvents;
import org.pgmjms.engine.window.WindowStore;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;

/**
 * A source and a receiver in virtual time with no network in between: each hears the other at once, but for the data that
 * gets lost. Allocates nothing itself once it runs. For tests of memory, and for benchmarks.
 */
public final class ShortCircuit {
    private static final int PORT = 7500;
    private static final int UNICAST_PORT = 40_001;
    private static final int TPDU_PAYLOAD = 1472;
    private static final int HEADERS = 28;
    private static final long RATE = 1_250_000_000;
    private static final int BUCKET = 4 << 20;
    private static final int MAX_QUEUED = 1024;
    private static final Nla SOURCE = Nla.ipv4(0x0A4D_0001);
    private static final Nla RECEIVER = Nla.ipv4(0x0A4D_0002);
    private static final Nla GROUP = Nla.ipv4(0xEFC0_0001);

    private final Counters<SourceCounter> sourceCounters = new Counters<>(SourceCounter.class);
    private final Counters<ReceiverCounter> receiverCounters = new Counters<>(ReceiverCounter.class);
    private final SplittableRandom random = new SplittableRandom(1);
    private final PacketView view = new PacketView();
    private final PacketView upstreamView = new PacketView();
    private final Wire downstream = new Wire();
    private final Wire upstream = new Wire();
    private final FrameSupply frames;
    private final Source source;
    private final Receiver receiver;
    private final double loss;
    private final long stepNs;
    private long nowNs;

    /**
     * Both ends of an open session.
     *
     * @param loss the part of data packets and of repairs that gets lost, 0 to 1
     * @param windowPackets what the window of each end holds
     * @param frameBytes the length of what is packed into packets
     * @param stepNs the time that passes with each {@link #send}
     */
    public ShortCircuit(
            ReceiverHandler handler,
            WindowStore store,
            ByteBufAllocator allocator,
            double loss,
            int windowPackets,
            int frameBytes,
            long stepNs) {
        this.loss = loss;
        this.stepNs = stepNs;
        this.frames = new FrameSupply(frameBytes);
        SourceConfig config = new SourceConfigBuilder()
                .window((long) windowPackets * 2048, windowPackets, 10_000_000_000L)
                .rate(RATE, BUCKET)
                .build();
        source = new Source(
                new SourceContext(config, PORT, GROUP, SOURCE, UNICAST_PORT, TPDU_PAYLOAD, HEADERS),
                frames,
                new SilentEvents(),
                downstream,
                store,
                SourceSpis.PLAIN,
                sourceCounters,
                0);
        ReceiverRig.Config receiving = new ReceiverRig.Config();
        receiving.ncfRetries = 50;
        receiving.dataRetries = 50;
        receiving.windowPackets = windowPackets;
        receiving.windowBytes = windowPackets * 4096L;
        receiver = new Receiver(
                new ReceiverContext(receiving.build(), PORT, GROUP, UNICAST_PORT, RECEIVER, 1_472, 1 << 20),
                upstream,
                allocator,
                PacketProtection.NONE,
                new SplittableRandom(2),
                receiverCounters,
                0);
        receiver.add(handler);
        source.open(0);
        deliver();
    }

    /** Supplies that many frames and sends them; time passes, and what is due happens. */
    public void send(int count) {
        nowNs += stepNs;
        frames.add(count);
        source.trySend(nowNs);
        deliver();
        if (Deadlines.isDue(receiver.nextDeadlineNs(), nowNs)) {
            receiver.onTimeout(nowNs);
        }
        answer();
        if (Deadlines.isDue(source.nextDeadlineNs(), nowNs)) {
            source.onTimeout(nowNs);
        }
        deliver();
    }

    /** Lets time pass until all that was sent has come. */
    public void settle() {
        for (int step = 0; step < 100_000 && receiver.heldBytes() > 0; step++) {
            send(0);
        }
    }

    /** What the source has counted. */
    public long count(SourceCounter counter) {
        return sourceCounters.get(counter);
    }

    /** What the receiver has counted. */
    public long count(ReceiverCounter counter) {
        return receiverCounters.get(counter);
    }

    /** Gives all memory back. */
    public void close() {
        receiver.close(nowNs);
        source.close();
        upstream.copies.release();
        downstream.copies.release();
    }

    private void deliver() {
        if (downstream.count == 0) {
            return;
        }
        for (int i = 0; i < downstream.count; i++) {
            ByteBuf buffer = Objects.requireNonNull(downstream.buffers[i]);
            DecodeResult result = view.wrap(buffer, downstream.offsets[i], downstream.lengths[i]);
            if (result != DecodeResult.OK) {
                throw new AssertionError(result);
            }
            if (!view.type().isData() || loss == 0 || random.nextDouble() >= loss) {
                receiver.onPacket(nowNs, view, SOURCE, UNICAST_PORT);
            }
        }
        downstream.count = 0;
        receiver.onBatchEnd(nowNs);
    }

    private void answer() {
        if (upstream.count == 0) {
            return;
        }
        for (int i = 0; i < upstream.count; i++) {
            DecodeResult result = upstreamView.wrap(upstream.copies, upstream.offsets[i], upstream.lengths[i]);
            if (result != DecodeResult.OK) {
                throw new AssertionError(result);
            }
            source.onPacket(nowNs, upstreamView, RECEIVER, UNICAST_PORT);
        }
        upstream.count = 0;
        upstream.copies.clear();
        source.onBatchEnd(nowNs);
    }

    /** What one end has sent and the other has not heard yet. Data stays in its window; the rest is soon written over. */
    private final class Wire implements PacketSink {
        private final @Nullable ByteBuf[] buffers = new ByteBuf[MAX_QUEUED];
        private final int[] offsets = new int[MAX_QUEUED];
        private final int[] lengths = new int[MAX_QUEUED];
        private final ByteBuf copies = Unpooled.directBuffer(1 << 18, 1 << 18);
        private int count;

        @Override
        public void toGroup(ByteBuf buffer, int at, int length) {
            buffers[count] = buffer;
            offsets[count] = at;
            lengths[count] = length;
            count++;
        }

        @Override
        public void toNeighbours(ByteBuf buffer, int at, int length) {
            // nobody else is there
        }

        @Override
        public void toControlGroup(ByteBuf buffer, int at, int length) {
            // nobody else is there
        }

        @Override
        public void toHost(Nla host, int udpPort, ByteBuf buffer, int at, int length) {
            offsets[count] = copies.writerIndex();
            lengths[count] = length;
            copies.internalNioBuffer(copies.writerIndex(), length).put(buffer.internalNioBuffer(at, length));
            copies.writerIndex(copies.writerIndex() + length);
            count++;
        }

        @Override
        public int flush() {
            if (this == downstream) {
                deliver();
            }
            return 0;
        }
    }
}
