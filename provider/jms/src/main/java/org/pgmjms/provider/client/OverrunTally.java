package org.pgmjms.provider.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.JmsLimit;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;

/** Dropped messages, counted by source, with wildcards by topic too, until somebody is told. Not safe for threads. */
final class OverrunTally {
    private final PgmDestination destination;
    private final boolean byTopic;
    private final JmsLimits limits;
    private final JmsLimit limit;
    private final Map<Key, Gap> gaps = new LinkedHashMap<>();

    private record Key(String source, PgmDestination destination) {}

    /**
     * Without a gap.
     *
     * @param limit what is in the way of what is dropped
     */
    OverrunTally(PgmDestination destination, JmsLimits limits, JmsLimit limit) {
        this.limits = limits;
        this.limit = limit;
        this.destination = destination;
        this.byTopic = destination instanceof PgmTopic topic && topic.isPattern();
    }

    /** A message was dropped. */
    void add(InboundMessage message) {
        Key key = new Key(message.source(), byTopic ? message.topic() : destination);
        Gap gap = gaps.get(key);
        if (gap == null) {
            gaps.put(key, new Gap(message.sequence()));
        } else {
            gap.first = Math.min(gap.first, message.sequence());
            gap.last = Math.max(gap.last, message.sequence());
            gap.count++;
        }
    }

    /** Ends the gap of a source, of the topic that a report is about. */
    @Nullable LossReport endBefore(LossReport report) {
        PgmDestination of = byTopic && report.destination() instanceof PgmTopic topic ? topic : destination;
        Key key = new Key(report.source(), of);
        Gap gap = gaps.remove(key);
        return gap == null ? null : report(key, gap);
    }

    /** Whether there is no gap. */
    boolean isEmpty() {
        return gaps.isEmpty();
    }

    /** Ends all gaps. */
    void endAll(Consumer<LossReport> reports) {
        gaps.forEach((key, gap) -> reports.accept(report(key, gap)));
        gaps.clear();
    }

    private LossReport report(Key key, Gap gap) {
        limits.onHit(limit, gap.count, key.destination.toString());
        FlightEvents.onOverrun(key.destination, key.source, gap.count);
        return new LossReport(key.destination, key.source, gap.first, gap.last, gap.count, LossCause.CONSUMER_OVERRUN);
    }

    private static final class Gap {
        private long first;
        private long last;
        private long count = 1;

        Gap(long first) {
            this.first = first;
            this.last = first;
        }
    }
}
