package org.pgmjms.engine.channel;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.wire.DecodeResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts packets that were not well formed, by verdict, and logs at most one a second of each. One owner; any reader. */
final class Rejects {
    private static final Logger LOG = LoggerFactory.getLogger(Rejects.class);
    private static final long LOG_INTERVAL_NS = 1_000_000_000;

    private final Counters<DecodeResult> counters = new Counters<>(DecodeResult.class);
    private final long[] loggedNs = new long[DecodeResult.values().length];

    /** Counts one, and answers whether it was worth a line in the log. Owner only. */
    boolean add(DecodeResult verdict, InetSocketAddress from, long nowNs) {
        counters.increment(verdict);
        int kind = verdict.ordinal();
        boolean first = counters.get(verdict) == 1;
        if (first || nowNs - loggedNs[kind] >= LOG_INTERVAL_NS) {
            loggedNs[kind] = nowNs;
            LOG.info("dropped {} packets as {}, the last one from {}", counters.get(verdict), verdict, from);
            return true;
        }
        return false;
    }

    /** What was counted, by the name of the verdict; none that is zero. */
    Map<String, Long> snapshot() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (DecodeResult verdict : DecodeResult.values()) {
            if (counters.get(verdict) > 0) {
                counts.put(verdict.name(), counters.get(verdict));
            }
        }
        return counts;
    }
}
