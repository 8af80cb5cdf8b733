package org.pgmjms.engine.channel;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.Limit;
import org.pgmjms.engine.jmx.LimitTally;

/**
 * Looks whether the counters of limits have moved, from time to time, so that nothing has to be done when a limit is hit
 * but to count. Owned by an agent.
 *
 * @param <E> what is counted
 */
final class LimitWatch<E extends Enum<E>> {
    private final LimitTally<Limit> engine;
    private final Counters<E> counters;
    private final String where;
    private final Limit[] limits;
    private final List<E> watched;
    private final long[] seen;

    /**
     * Over these counters.
     *
     * @param counter the one of a limit, or null
     * @param where what it tells of the place
     */
    LimitWatch(LimitTally<Limit> engine, Counters<E> counters, Function<Limit, @Nullable E> counter, String where) {
        this.engine = engine;
        this.counters = counters;
        this.where = where;
        this.limits = Arrays.stream(Limit.values())
                .filter(limit -> counter.apply(limit) != null)
                .toArray(Limit[]::new);
        this.watched = Arrays.stream(limits)
                .map(limit -> Objects.requireNonNull(counter.apply(limit)))
                .toList();
        this.seen = new long[limits.length];
    }

    /** Tells of what was hit since the last look. */
    void check(long nowNs) {
        for (int at = 0; at < limits.length; at++) {
            long hits = counters.get(watched.get(at));
            if (hits != seen[at]) {
                engine.onHit(limits[at], hits - seen[at], where, nowNs);
                seen[at] = hits;
            }
        }
    }
}
