package org.pgmjms.engine.channel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.SourceEvents;

/** Remembers what a source told. */
public final class RecordingEvents implements SourceEvents {
    private final CompletableFuture<PgmException> failure = new CompletableFuture<>();
    private final AtomicInteger closings = new AtomicInteger();
    private final AtomicInteger namesTaken = new AtomicInteger();

    /** Completes when the source has failed. */
    public CompletableFuture<PgmException> failure() {
        return failure;
    }

    /** How often the source asked for its last data. */
    public int closings() {
        return closings.get();
    }

    /** How often somebody else had its name. */
    public int namesTaken() {
        return namesTaken.get();
    }

    @Override
    public void onNameTaken() {
        namesTaken.incrementAndGet();
    }

    @Override
    public void onFailed(PgmException cause) {
        failure.complete(cause);
    }

    @Override
    public void onIdle() {
        // nothing to repeat
    }

    @Override
    public void onClosing() {
        closings.incrementAndGet();
    }
}
