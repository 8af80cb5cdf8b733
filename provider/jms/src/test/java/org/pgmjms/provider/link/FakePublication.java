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

/** A source that sends nothing by itself: tests pull from the supplier when they like. */
final class FakePublication implements Publication {
    static final Tsi TSI = Tsi.of(0x0A0B0C0D0E0FL, 4711);

    private final int maxTsduBytes;
    private final int maxApduBytes;
    volatile int wakes;
    volatile int flushes;
    volatile boolean closed;
    volatile long quietNs = Long.MAX_VALUE;
    volatile long windowRoomBytes = Long.MAX_VALUE;

    FakePublication(int maxTsduBytes, int maxApduBytes) {
        this.maxTsduBytes = maxTsduBytes;
        this.maxApduBytes = maxApduBytes;
    }

    @Override
    public Tsi tsi() {
        return TSI;
    }

    @Override
    public int maxTsduBytes() {
        return maxTsduBytes;
    }

    @Override
    public int maxFragmentBytes() {
        return maxTsduBytes;
    }

    @Override
    public int maxApduBytes() {
        return maxApduBytes;
    }

    @Override
    public int evenApduBytes(int length) {
        int fragments = (length + maxTsduBytes - 1) / maxTsduBytes;
        return Math.min(maxApduBytes, (length + fragments - 1) / fragments * fragments);
    }

    @Override
    public void wake() {
        wakes++;
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
        if (bytes > windowRoomBytes) {
            return null;
        }
        windowRoomBytes -= bytes;
        return new Reservation() {
            private boolean used;

            @Override
            public int bytes() {
                return bytes;
            }

            @Override
            public void publish() {
                release();
                wake();
            }

            @Override
            public void release() {
                if (!used) {
                    used = true;
                    windowRoomBytes += bytes;
                }
            }
        };
    }

    @Override
    public boolean flush(Duration timeout) {
        flushes++;
        return true;
    }

    @Override
    public long upstreamQuietNs() {
        return quietNs;
    }

    @Override
    public CompletionStage<Void> close(Duration linger) {
        closed = true;
        return CompletableFuture.completedFuture(null);
    }
}
