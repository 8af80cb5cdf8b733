package org.pgmjms.engine.protocol;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.EndReason;

/**
 * Sessions that ended a while ago: late packets must not bring them back, and one that was only silent goes on where it was
 * left. Closed sessions are forgotten in time; silent ones may come back whenever the network does. Bounded; what would be
 * forgotten first goes first. Asked for unknown sessions only. Not thread-safe.
 *
 * <p>The cache reads the time that it is told and works on the calling thread. It has no maximum size of its own: that
 * draws random numbers.
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

    private final Cache<Long, Tombstone> ended;
    private final Policy.VarExpiration<Long, Tombstone> expiration;
    private long nowNs;

    Tombstones(long peerExpiryNs) {
        ended = Caffeine.newBuilder()
                .ticker(() -> nowNs)
                .executor(Runnable::run)
                .expireAfter(Expiry.<Long, Tombstone>writing((tsi, tombstone) -> Duration.ofNanos(
                        tombstone.reason() == EndReason.EXPIRED ? Long.MAX_VALUE : EXPIRIES * peerExpiryNs)))
                .build();
        expiration = ended.policy().expireVariably().orElseThrow();
    }

    /** What is known of a session, or null. */
    @Nullable Tombstone find(long tsi, long atNs) {
        nowNs = atNs;
        return ended.getIfPresent(tsi);
    }

    void add(long tsi, EndReason reason, int resolvedTo, long atNs) {
        nowNs = atNs;
        ended.put(tsi, new Tombstone(reason, resolvedTo, atNs));
        if (ended.estimatedSize() > MAX_SIZE) {
            ended.cleanUp();
            Map<Long, Tombstone> first = expiration.oldest((int) Math.max(0, ended.estimatedSize() - MAX_SIZE));
            ended.invalidateAll(first.keySet());
        }
    }

    /** The session lives. */
    void remove(long tsi) {
        ended.invalidate(tsi);
    }
}
