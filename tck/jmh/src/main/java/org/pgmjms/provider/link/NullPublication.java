package org.pgmjms.provider.link;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.Reservation;
import org.pgmjms.engine.api.SourceStats;
import org.pgmjms.engine.api.Tsi;

/** A source that sends nothing by itself: the benchmark pulls. */
final class NullPublication implements Publication {
    static final Tsi TSI = Tsi.of(1, 2);
    static final int MAX_TSDU = 1448;

    @Override
    public Tsi tsi() {
        return TSI;
    }

    @Override
    public int maxTsduBytes() {
        return MAX_TSDU;
    }

    @Override
    public int maxFragmentBytes() {
        return MAX_TSDU;
    }

    @Override
    public int maxApduBytes() {
        return 1 << 20;
    }

    @Override
    public int evenApduBytes(int length) {
        return length;
    }

    @Override
    public void wake() {
        // the benchmark knows
    }

    @Override
    public long windowFreeBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public SourceStats stats() {
        return new SourceStats(TSI, 0, 0, Map.of());
    }

    @Override
    public @Nullable Reservation reserve(int bytes, long timeoutNs) {
        return null;
    }

    @Override
    public boolean flush(Duration timeout) {
        return true;
    }

    @Override
    public long upstreamQuietNs() {
        return Long.MAX_VALUE;
    }

    @Override
    public CompletionStage<Void> close(Duration linger) {
        return CompletableFuture.completedFuture(null);
    }
}
