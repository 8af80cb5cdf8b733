package org.pgmjms.provider.loss;

import java.util.Objects;

/**
 * A publisher came, went or fell silent.
 *
 * @param source its transport session, as text
 * @param kind what happened
 */
public record SourceEvent(String source, Kind kind) {

    /** What can happen to a source. */
    public enum Kind {
        /** Its session was established here. */
        JOINED,
        /** Nothing was heard of it for a tenth of the peer expiry time: of three heartbeats, with the defaults. */
        SILENT,
        /** It was silent and is heard again. */
        RESUMED,
        /** It ended its session. */
        ENDED,
        /** It gave its session up. */
        RESET,
        /** Nothing was heard of it for the peer expiry time. */
        EXPIRED
    }

    /** Refuses nulls. */
    public SourceEvent {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(kind, "kind");
    }
}
