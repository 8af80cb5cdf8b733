package org.pgmjms.examples.marketdata;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock that all processes of one host share. */
final class Clock {
    private Clock() {}

    /** Microseconds since 1970. */
    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
