package org.pgmjms.provider.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;

/** Dropped messages, counted by source until somebody is told. Not safe for threads. */
final class OverrunTally {
    private final PgmDestination destination;
    private final Map<String, Gap> gaps = new LinkedHashMap<>();

    OverrunTally(PgmDestination destination) {
        this.destination = destination;
    }

    /** A message was dropped. */
    void add(InboundMessage message) {
        Gap gap = gaps.get(message.source());
        if (gap == null) {
            gaps.put(message.source(), new Gap(message.sequence()));
        } else {
            gap.first = Math.min(gap.first, message.sequence());
            gap.last = Math.max(gap.last, message.sequence());
            gap.count++;
        }
    }

    /** Ends the gap of a source. */
    @Nullable LossReport end(String source) {
        Gap gap = gaps.remove(source);
        return gap == null ? null : gap.report(destination, source);
    }

    /** Ends all gaps. */
    void endAll(Consumer<LossReport> reports) {
        gaps.forEach((source, gap) -> reports.accept(gap.report(destination, source)));
        gaps.clear();
    }

    private static final class Gap {
        private long first;
        private long last;
        private long count = 1;

        Gap(long first) {
            this.first = first;
            this.last = first;
        }

        LossReport report(PgmDestination destination, String source) {
            return new LossReport(destination, source, first, last, count, LossCause.CONSUMER_OVERRUN);
        }
    }
}
