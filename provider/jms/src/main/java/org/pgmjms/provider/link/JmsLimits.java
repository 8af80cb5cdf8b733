package org.pgmjms.provider.link;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.jmx.LimitTally;
import org.pgmjms.engine.jmx.LimitsMXBean;
import org.pgmjms.engine.jmx.Registration;

/**
 * How often the limits of a registry of transports were hit, by its connections too. Management tools see it as {@code
 * org.pgmjms:type=Limits,layer=jms} while there is a transport. Safe for any thread.
 */
public final class JmsLimits {
    private static final Map<String, String> KEYS = keys();

    private final LimitTally<JmsLimit> tally = new LimitTally<>(JmsLimit.class);
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Registration shown;

    /**
     * None was hit.
     *
     * @param clock nanoseconds
     */
    public JmsLimits(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * One was hit so many times more.
     *
     * @param where what the log and the flight recorder are told of the place
     */
    public void onHit(JmsLimit limit, long more, String where) {
        tally.onHit(limit, more, where, clock.getAsLong());
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("type", "Limits");
        keys.put("layer", "jms");
        return keys;
    }

    /** What management tools see. */
    public LimitsMXBean bean() {
        return tally;
    }

    /** Management tools see it from here on. */
    void show() {
        lock.lock();
        try {
            if (shown == null) {
                shown = new Registration(tally, KEYS);
                shown.register();
            }
        } finally {
            lock.unlock();
        }
    }

    /** They no longer do. */
    void hide() {
        lock.lock();
        try {
            if (shown != null) {
                shown.close();
                shown = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the counters of a receiving half. */
    Watch watch(Counters<InboundCounter> counters, String where) {
        return new Watch(counters, where);
    }

    /** Tells of what was counted since the last look. Owned by the receive agent. */
    final class Watch {
        private static final List<JmsLimit> COUNTED = Arrays.stream(JmsLimit.values())
                .filter(limit -> limit.counter() != null)
                .toList();

        private final Counters<InboundCounter> counters;
        private final String where;
        private final long[] seen = new long[COUNTED.size()];

        private Watch(Counters<InboundCounter> counters, String where) {
            this.counters = counters;
            this.where = where;
        }

        void look() {
            for (int i = 0; i < seen.length; i++) {
                JmsLimit limit = COUNTED.get(i);
                long hits = counters.get(Objects.requireNonNull(limit.counter()));
                if (hits != seen[i]) {
                    onHit(limit, hits - seen[i], where);
                    seen[i] = hits;
                }
            }
        }
    }
}
