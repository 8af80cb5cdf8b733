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

    private final Map<Long, Tombstone> ended = new LinkedHashMap<>();
    private final long keptNs;

    Tombstones(long peerExpiryNs) {
        keptNs = EXPIRIES * peerExpiryNs;
    }

    /** What is known of a session, or null. */
    @Nullable Tombstone find(long tsi, long nowNs) {
        prune(nowNs, MAX_SIZE);
        return ended.get(tsi);
    }

    void add(long tsi, EndReason reason, int resolvedTo, long nowNs) {
        prune(nowNs, MAX_SIZE - 1);
        ended.remove(tsi);
        ended.put(tsi, new Tombstone(reason, resolvedTo, nowNs));
    }

    /** The session lives. */
    void remove(long tsi) {
        ended.remove(tsi);
    }

    private void prune(long nowNs, int size) {
        Iterator<Tombstone> oldest = ended.values().iterator();
        while (oldest.hasNext()) {
            Tombstone tombstone = oldest.next();
            if (ended.size() <= size && nowNs - tombstone.endedNs() < keptNs) {
                return;
            }
            oldest.remove();
        }
    }
}
