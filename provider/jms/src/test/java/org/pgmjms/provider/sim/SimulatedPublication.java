package org.pgmjms.provider.sim;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.Reservation;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.SourceStats;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.Source;
import org.pgmjms.engine.protocol.SourceContext;
import org.pgmjms.engine.protocol.SourceSpis;
import org.pgmjms.engine.sim.CountingAllocator;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimSource;
import org.pgmjms.engine.sim.SimWorld;

/** A source on a simulated host. Waiting means that the world goes on meanwhile, so no event may wait. */
final class SimulatedPublication implements Publication {
    private static final int ANNOUNCEMENTS = 3;
    private static final long CLOSE_NS = 60_000_000_000L;

    private final SimNode host;
    private final SimWorld world;
    private final ApduSupplier supplier;
    private final Counters<SourceCounter> counters = new Counters<>(SourceCounter.class);
    private final Source source;
    private boolean over;

    SimulatedPublication(
            SimNode host,
            CountingAllocator memory,
            ChannelConfig channel,
            SourceConfig config,
            ApduSupplier supplier,
            SourceEvents events) {
        this.host = host;
        this.world = host.world();
        this.supplier = supplier;
        SourceContext context = new SourceContext(
                config,
                SimNetwork.PORT,
                SimNetwork.GROUP,
                host.address(),
                host.port(),
                channel.tpduBytes() - SimSource.HEADER_BYTES,
                SimSource.HEADER_BYTES);
        this.source = new Source(context, supplier, events, host, memory, SourceSpis.PLAIN, counters, world.nowNs());
        host.run(source);
        source.open(world.nowNs());
        host.settle();
    }

    @Override
    public Tsi tsi() {
        return source.tsi();
    }

    @Override
    public int maxTsduBytes() {
        return source.maxTsduBytes();
    }

    @Override
    public int maxFragmentBytes() {
        return source.maxFragmentBytes();
    }

    @Override
    public int maxApduBytes() {
        return source.maxApduBytes();
    }

    @Override
    public int evenApduBytes(int length) {
        return source.evenApduBytes(length);
    }

    @Override
    public void wake() {
        source.trySend(world.nowNs());
        host.settle();
    }

    @Override
    public long windowFreeBytes() {
        return source.windowFreeBytes();
    }

    @Override
    public SourceStats stats() {
        Map<SourceCounter, Long> values = new EnumMap<>(SourceCounter.class);
        for (SourceCounter counter : SourceCounter.values()) {
            values.put(counter, counters.get(counter));
        }
        return new SourceStats(source.tsi(), source.trail(), source.lead(), values);
    }

    @Override
    public @Nullable Reservation reserve(int bytes, long timeoutNs) {
        if (!world.runUntil(() -> source.reserve(bytes), timeoutNs)) {
            return null;
        }
        return new Reservation() {
            private boolean used;

            @Override
            public int bytes() {
                return bytes;
            }

            @Override
            public void publish() {
                used = true;
                source.publishReserved(bytes);
                wake();
            }

            @Override
            public void release() {
                if (!used) {
                    used = true;
                    source.releaseReserved(bytes);
                }
            }
        };
    }

    @Override
    public boolean flush(Duration timeout) {
        wake();
        if (!world.runUntil(() -> supplier.nextLength() <= 0 && !source.hasUnsent(), timeout.toNanos())) {
            return false;
        }
        for (int i = 0; i < ANNOUNCEMENTS; i++) {
            source.announce(world.nowNs());
        }
        host.settle();
        return true;
    }

    @Override
    public long upstreamQuietNs() {
        return world.nowNs() - source.lastUpstreamNs();
    }

    @Override
    public CompletionStage<Void> close(Duration linger) {
        source.beginFin(world.nowNs());
        host.settle();
        if (!world.runUntil(source::finished, CLOSE_NS)) {
            throw new AssertionError(tsi() + " does not end");
        }
        dispose();
        return CompletableFuture.completedStage(null);
    }

    /** The host goes. */
    void dispose() {
        if (!over) {
            over = true;
            host.crash();
            source.close();
        }
    }
}
