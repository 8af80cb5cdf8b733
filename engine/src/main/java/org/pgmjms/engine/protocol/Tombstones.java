package org.pgmjms.engine.protocol;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.EndReason;

/**
 * Sessions that ended a while ago: late packets must not bring them back, and one that was only silent goes on where it was
 * left. Bounded; the oldest go first. Asked for unknown sessions only. Not thread-safe.
 */
final class Tombstones {
    /**
     * How a session ended.
     *
     * @param reason why
     * @param resolvedTo everything before this number was resolved
     * @param endedNs when
     */
    record Tombstone(EndReason reason, int resolvedTo, long endedNs) {}

    private static final int MAX_SIZE = 4096;
    private static final int EXPIRIES = 5;

    private final Map<Long, Tombstone> closed = new LinkedHashMap<>();
    private final Map<Long, Tombstone> silent = new LinkedHashMap<>();
    private final long keptNs;

    Tombstones(long peerExpiryNs) {
        keptNs = EXPIRIES * peerExpiryNs;
    }

    /** What is known of a session, or null. */
    @Nullable Tombstone find(long tsi, long nowNs) {
        prune(nowNs);
        Tombstone tombstone = silent.get(tsi);
        return tombstone == null ? closed.get(tsi) : tombstone;
    }

    void add(long tsi, EndReason reason, int resolvedTo, long nowNs) {
        remove(tsi);
        (reason == EndReason.EXPIRED ? silent : closed).put(tsi, new Tombstone(reason, resolvedTo, nowNs));
        prune(nowNs);
    }

    /** The session lives. */
    void remove(long tsi) {
        closed.remove(tsi);
        silent.remove(tsi);
    }

    /** Closed sessions are forgotten in time; silent ones may come back whenever the network does. */
    private void prune(long nowNs) {
        Iterator<Tombstone> oldest = closed.values().iterator();
        while (oldest.hasNext()) {
            Tombstone tombstone = oldest.next();
            if (closed.size() <= MAX_SIZE && nowNs - tombstone.endedNs() < keptNs) {
                break;
            }
            oldest.remove();
        }
        if (silent.size() > MAX_SIZE) {
            Iterator<Tombstone> first = silent.values().iterator();
            first.next();
            first.remove();
        }
    }
}
