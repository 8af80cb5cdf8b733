package org.pgmjms.provider.client;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;

/**
 * Loss reports at their positions among stored messages. Those of one source and cause between the same two messages are
 * one, so that a queue from which nobody takes costs no memory. Not safe for threads.
 */
final class PlacedReports {
    private final PriorityQueue<Placed> reports =
            new PriorityQueue<>(Comparator.comparingLong((Placed each) -> each.position));
    private final Map<Key, Placed> sinceMessage = new HashMap<>();

    private record Key(String source, LossCause cause) {}

    private static final class Placed {
        private final long position;
        private LossReport report;

        Placed(long position, LossReport report) {
            this.position = position;
            this.report = report;
        }
    }

    /** Adds one behind all messages so far. */
    void add(long position, LossReport report) {
        Key key = new Key(report.source(), report.cause());
        Placed before = sinceMessage.get(key);
        if (before != null) {
            before.report = ReportFold.sum(before.report, report);
            return;
        }
        Placed placed = new Placed(position, report);
        sinceMessage.put(key, placed);
        reports.add(placed);
    }

    /** Adds one of messages that were dropped. */
    void addDropped(long position, LossReport report) {
        reports.add(new Placed(position, report));
    }

    /** A message was stored: what is reported from here on is behind it. */
    void onMessage() {
        sinceMessage.clear();
    }

    /** Where the first one stands; the end of all positions when there is none. */
    long firstPosition() {
        Placed first = reports.peek();
        return first == null ? Long.MAX_VALUE : first.position;
    }

    /** Takes the first one. */
    @Nullable LossReport poll() {
        Placed first = reports.poll();
        if (first == null) {
            return null;
        }
        sinceMessage.values().remove(first);
        return first.report;
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return reports.isEmpty();
    }
}
