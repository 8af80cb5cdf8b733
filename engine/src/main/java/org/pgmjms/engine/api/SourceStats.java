package org.pgmjms.engine.api;

import java.util.Map;

/**
 * A source at one moment.
 *
 * @param tsi its session
 * @param trail the oldest number that can be repaired
 * @param lead the newest number sent
 * @param counters what it counted since it was opened
 */
public record SourceStats(Tsi tsi, int trail, int lead, Map<SourceCounter, Long> counters) {
    /** Copies the map. */
    public SourceStats {
        counters = Map.copyOf(counters);
    }

    /** One counter. */
    public long get(SourceCounter counter) {
        return counters.getOrDefault(counter, 0L);
    }
}
