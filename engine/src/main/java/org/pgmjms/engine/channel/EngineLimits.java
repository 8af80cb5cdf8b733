package org.pgmjms.engine.channel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.engine.api.Limit;
import org.pgmjms.engine.jmx.LimitState;
import org.pgmjms.engine.jmx.LimitsMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often the limits of an engine were hit; says so in the log, once a minute for each. Safe for any thread. */
final class EngineLimits implements LimitsMXBean {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLimits.class);
    private static final long WARN_INTERVAL_NS = 60_000_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    private final long[] hits = new long[Limit.values().length];
    private final long[] warnedNs = new long[Limit.values().length];

    /** A limit was hit so many times more; answers whether the log says so. */
    boolean onHit(Limit limit, long more, String where, long nowNs) {
        FlightEvents.onLimit(limit, more, where);
        int at = limit.ordinal();
        lock.lock();
        try {
            boolean isFirst = hits[at] == 0;
            hits[at] += more;
            if (!limit.isWorthWarning() || !isFirst && nowNs - warnedNs[at] < WARN_INTERVAL_NS) {
                return false;
            }
            warnedNs[at] = nowNs;
            LOG.warn(
                    "the limit {}{} was hit, {} times so far, now at {}",
                    limit.shownName(),
                    limit.settings().isEmpty() ? "" : " (" + String.join(", ", limit.settings()) + ")",
                    hits[at],
                    where);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private long hits(Limit limit) {
        lock.lock();
        try {
            return hits[limit.ordinal()];
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<LimitState> getLimits() {
        return Arrays.stream(Limit.values())
                .<LimitState>map(limit -> new Shown(limit, hits(limit)))
                .toList();
    }

    @Override
    public Map<String, Long> getHits() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (Limit limit : Limit.values()) {
            all.put(limit.shownName(), hits(limit));
        }
        return all;
    }

    private record Shown(Limit limit, long hits) implements LimitState {
        @Override
        public String getName() {
            return limit.shownName();
        }

        @Override
        public String getSettings() {
            return String.join(", ", limit.settings());
        }

        @Override
        public long getHits() {
            return hits;
        }
    }
}
