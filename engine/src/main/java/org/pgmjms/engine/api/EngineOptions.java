package org.pgmjms.engine.api;

import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * What an engine takes from its host.
 *
 * @param clock the time
 * @param threads makes the engine's threads, which it names and joins
 */
public record EngineOptions(NanoClock clock, ThreadFactory threads) {
    /** Refuses nulls. */
    public EngineOptions {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(threads, "threads");
    }

    /** The machine's clock and plain threads. */
    public static EngineOptions defaults() {
        return new EngineOptions(NanoClock.SYSTEM, Executors.defaultThreadFactory());
    }
}
