package org.pgmjms.engine.api;

/** A monotonic clock. Its values mean nothing by themselves and are compared by difference. */
@FunctionalInterface
public interface NanoClock {

    /** The clock of the machine. */
    NanoClock SYSTEM = System::nanoTime;

    /** The present value in nanoseconds. */
    long nanoTime();
}
