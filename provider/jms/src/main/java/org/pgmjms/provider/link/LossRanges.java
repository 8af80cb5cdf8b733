package org.pgmjms.provider.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.loss.LossCause;

/**
 * Stretches of one source's stream that were lost and whose messages nobody has missed for certain yet. Of limited size:
 * when full, the two oldest become one, so that it may cover more than was lost but never less. Owned by the receive
 * agent.
 */
final class LossRanges {
    private static final int CAPACITY = 256;

    private final List<Range> ranges = new ArrayList<>();

    private record Range(long first, long last, LossCause cause) {}

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Adds a stretch, first and last position included. */
    void add(long first, long last, LossCause cause) {
        int newest = ranges.size() - 1;
        if (newest >= 0) {
            Range before = ranges.get(newest);
            if (before.cause == cause && before.last + 1 == first) {
                ranges.set(newest, new Range(before.first, last, cause));
                return;
            }
        }
        if (ranges.size() == CAPACITY) {
            Range oldest = ranges.remove(0);
            Range next = ranges.get(0);
            ranges.set(0, new Range(Math.min(oldest.first, next.first), Math.max(oldest.last, next.last), next.cause));
        }
        ranges.add(new Range(first, last, cause));
    }

    /** The cause of the newest stretch that reaches past {@code after} and begins before {@code before}, or null. */
    @Nullable LossCause between(long after, long before) {
        for (int i = ranges.size() - 1; i >= 0; i--) {
            Range range = ranges.get(i);
            if (range.last > after && range.first < before) {
                return range.cause;
            }
        }
        return null;
    }

    /** Drops what lies between two positions: it is known whose messages were in it. */
    void settle(long from, long before) {
        ranges.removeIf(range -> range.first >= from && range.last < before);
    }
}
