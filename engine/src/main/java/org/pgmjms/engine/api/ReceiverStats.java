package org.pgmjms.engine.api;

import java.util.Map;

/**
 * A channel's receiver at one moment.
 *
 * @param peers the number of established sessions
 * @param halfOpen the number of sessions that are not established
 * @param counters what it counted since it was opened
 * @param rejects packets dropped by the parser, by the name of the verdict
 */
public record ReceiverStats(int peers, int halfOpen, Map<ReceiverCounter, Long> counters, Map<String, Long> rejects) {
    /** Copies the maps. */
    public ReceiverStats {
        counters = Map.copyOf(counters);
        rejects = Map.copyOf(rejects);
    }

    /** One counter. */
    public long get(ReceiverCounter counter) {
        return counters.getOrDefault(counter, 0L);
    }
}
