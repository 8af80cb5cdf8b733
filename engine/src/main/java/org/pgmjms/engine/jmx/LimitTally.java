package org.pgmjms.engine.jmx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.engine.api.LimitKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often the limits of something were hit; tells the flight recorder of each hit, and the log once a minute for each
 * limit. Safe for any thread.
 *
 * @param <L> its limits
 */
public final class LimitTally<L extends Enum<L> & LimitKind> implements LimitsMXBean {
    private static final Logger LOG = LoggerFactory.getLogger(LimitTally.class);
    private static final long WARN_INTERVAL_NS = 60_000_000_000L;

    private final L[] limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] hits;
    private final long[] warnedNs;

    /** Of limits that were not hit yet. */
    public LimitTally(Class<L> limits) {
        this.limits = limits.getEnumConstants();
        this.hits = new long[this.limits.length];
        this.warnedNs = new long[this.limits.length];
    }

    /** A limit was hit so many times more; answers whether the log says so. */
    public boolean onHit(L limit, long more, String where, long nowNs) {
        LimitHit.tell(limit, more, where);
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

    private long hits(L limit) {
        lock.lock();
        try {
            return hits[limit.ordinal()];
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<LimitState> getLimits() {
        return Arrays.stream(limits)
                .<LimitState>map(limit -> new Shown(limit, hits(limit)))
                .toList();
    }

    @Override
    public Map<String, Long> getHits() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (L limit : limits) {
            all.put(limit.shownName(), hits(limit));
        }
        return all;
    }

    private record Shown(LimitKind limit, long hits) implements LimitState {
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
