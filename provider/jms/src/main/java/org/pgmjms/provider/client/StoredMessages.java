package org.pgmjms.provider.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.message.InboundMessage;

/**
 * What waits in a temporary queue, by priority and then by position, which is the order of arrival. Finds a consumer's
 * next without looking again at what it has refused. Not safe for threads.
 */
final class StoredMessages {
    private static final int PRIORITIES = 10;

    private final List<NavigableMap<Long, Pending>> byPriority = new ArrayList<>();
    /** Up to where each consumer with a selector has seen that nothing is for it. */
    private final Map<PgmMessageConsumer, long[]> refused = new HashMap<>();

    StoredMessages() {
        for (int i = 0; i < PRIORITIES; i++) {
            byPriority.add(new TreeMap<>());
        }
    }

    /** Adds one at its position. */
    void add(Pending pending) {
        int priority = pending.message().priority();
        of(priority).put(pending.position(), pending);
        for (long[] upTo : refused.values()) {
            upTo[priority] = Math.min(upTo[priority], pending.position() - 1);
        }
    }

    /** The first that a consumer's filter accepts and that stands before a position, or null; it stays. */
    @Nullable Pending firstFor(PgmMessageConsumer consumer, long end) {
        long[] upTo = refused.computeIfAbsent(consumer, key -> new long[PRIORITIES]);
        for (int priority = PRIORITIES - 1; priority >= 0; priority--) {
            for (Pending each : of(priority)
                    .subMap(upTo[priority], false, Math.max(end, upTo[priority]), false)
                    .values()) {
                if (consumer.filter().accepts(each.message())) {
                    return each;
                }
                upTo[priority] = each.position();
            }
        }
        return null;
    }

    /** The one that arrived first, or null; it stays. */
    @Nullable Pending oldest() {
        Pending oldest = null;
        for (NavigableMap<Long, Pending> each : byPriority) {
            if (!each.isEmpty()) {
                Pending first = each.firstEntry().getValue();
                oldest = oldest == null || first.position() < oldest.position() ? first : oldest;
            }
        }
        return oldest;
    }

    /** Takes one out. */
    void remove(Pending pending) {
        of(pending.message().priority()).remove(pending.position());
    }

    /** Forgets a consumer. */
    void forget(PgmMessageConsumer consumer) {
        refused.remove(consumer);
    }

    /** All that is accepted, in the order in which it would be taken. */
    List<InboundMessage> all(Predicate<InboundMessage> accepts) {
        List<InboundMessage> all = new ArrayList<>();
        for (int priority = PRIORITIES - 1; priority >= 0; priority--) {
            for (Pending each : of(priority).values()) {
                if (accepts.test(each.message())) {
                    all.add(each.message());
                }
            }
        }
        return all;
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return byPriority.stream().allMatch(Map::isEmpty);
    }

    private NavigableMap<Long, Pending> of(int priority) {
        return byPriority.get(priority);
    }
}
