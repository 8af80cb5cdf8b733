package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.window.TransmitWindow;
import org.pgmjms.engine.window.WindowBounds;
import org.pgmjms.engine.window.WindowStore;
import org.pgmjms.engine.wire.PgmHeader;

/** What the parts of one source share. One owner at a time, the source's. */
final class SourceCore {
    private static final int MAX_CHUNK_BYTES = 1 << 20;
    private static final int MIN_CHUNK_BYTES = 1 << 16;
    private static final int CHUNKS_IN_SMALL_WINDOW = 8;
    private static final int MIN_WINDOW_PACKETS = 4;

    private final SourceContext context;
    private final long tsi;
    private final SourceSpis spis;
    private final PacketSink sink;
    private final Counters<SourceCounter> counters;
    private final RepairQueue repairs;
    private final TransmitWindow window;
    private final SendCredit credit;

    private int countedTrail;

    SourceCore(
            SourceContext context,
            SourceSpis spis,
            PacketSink sink,
            WindowStore store,
            Counters<SourceCounter> counters,
            long nowNs) {
        SourceConfig config = context.config();
        WindowBounds bounds = new WindowBounds(
                Math.max(config.windowBytes(), (long) MIN_WINDOW_PACKETS * context.maxTpduPayload()),
                Math.max(config.windowPackets(), MIN_WINDOW_PACKETS),
                config.windowNs());
        this.context = context;
        this.tsi = config.tsi().value();
        this.spis = spis;
        this.sink = sink;
        this.counters = counters;
        this.repairs = new RepairQueue(bounds.maxPackets());
        this.window = new TransmitWindow(store, chunkBytes(bounds), bounds, config.firstSqn(), this::isPinned);
        this.credit = new SendCredit(config, context.cost(context.maxTpduPayload()), nowNs);
        this.countedTrail = config.firstSqn();
    }

    /** Whether a packet waits to be repaired; who asks for everything must not keep everything there. */
    private boolean isPinned(int sqn) {
        return repairs.contains(sqn) && !credit.wasFlooded();
    }

    private static int chunkBytes(WindowBounds bounds) {
        long part = Math.max(MIN_CHUNK_BYTES, bounds.maxBytes() / CHUNKS_IN_SMALL_WINDOW);
        return (int) Math.min(MAX_CHUNK_BYTES, part);
    }

    SourceContext context() {
        return context;
    }

    SourceConfig config() {
        return context.config();
    }

    /** The value of the session's Tsi. */
    long tsi() {
        return tsi;
    }

    SourceSpis spis() {
        return spis;
    }

    PacketSink sink() {
        return sink;
    }

    RepairQueue repairs() {
        return repairs;
    }

    TransmitWindow window() {
        return window;
    }

    SendCredit credit() {
        return credit;
    }

    void count(SourceCounter counter) {
        counters.increment(counter);
    }

    void count(SourceCounter counter, long amount) {
        counters.add(counter, amount);
    }

    /** Drops what is too old. */
    void evictAged(long nowNs) {
        window.evictAged(nowNs);
        followTrail();
    }

    /** Makes room for the longest packet; false when the window cannot let the oldest one go yet. */
    boolean makeRoom(long nowNs) {
        boolean made = window.makeRoom(context.maxTpduPayload(), nowNs);
        followTrail();
        return made;
    }

    private void followTrail() {
        int moved = window.trail() - countedTrail;
        if (moved != 0) {
            countedTrail = window.trail();
            counters.add(SourceCounter.EVICTED, moved);
            counters.add(SourceCounter.EVICTED_WITH_REPAIR, repairs.removeBefore(countedTrail));
        }
    }

    /** What sending this packet takes of the rate. */
    int cost(int sqn) {
        return context.cost(window.length(sqn));
    }

    /** The bytes of payload in this packet. */
    int payloadLength(int sqn) {
        ByteBuf buffer = window.buffer(sqn);
        return buffer.getUnsignedShort(window.offset(sqn) + PgmHeader.TSDU_LENGTH_OFFSET);
    }

    /** Hands a packet of the window to the sink. */
    void collect(int sqn) {
        sink.toGroup(window.buffer(sqn), window.offset(sqn), window.length(sqn));
    }
}
