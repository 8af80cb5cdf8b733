package org.pgmjms.provider.client;

import jakarta.jms.Destination;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossReport;

/**
 * How many messages were lost since the last one that was taken; with wildcards by topic, as far as topics are known. Not
 * safe for threads.
 */
final class GapCount {
    /** Topics with a gap that are told apart; of more nobody knows which they are. */
    private static final int MOST_TOPICS = 10_000;

    private final boolean byTopic;
    private final Map<Destination, Long> counts = new LinkedHashMap<>();
    private long count;

    /** Of what a consumer takes from this destination. */
    GapCount(PgmDestination destination) {
        byTopic = destination instanceof PgmTopic topic && topic.isPattern();
    }

    /** More are lost. */
    void add(LossReport report) {
        boolean known = byTopic && report.destination() instanceof PgmTopic topic && !topic.isPattern();
        if (known && (counts.size() < MOST_TOPICS || counts.containsKey(report.destination()))) {
            counts.merge(report.destination(), report.count(), GapCount::sum);
        } else {
            add(report.count());
        }
    }

    /** As many more are lost, of whatever is taken next. */
    void add(long more) {
        count = sum(count, more);
    }

    /** Both together; once the number of some is unknown, that of all is. */
    static long sum(long a, long b) {
        return a == LossReport.UNKNOWN || b == LossReport.UNKNOWN ? LossReport.UNKNOWN : a + b;
    }

    /** The gap before the message that is taken now, of this topic; 0 none, -1 unknown. */
    long end(PgmTopic topic) {
        Long ofTopic = byTopic && !counts.isEmpty() ? counts.remove(topic) : null;
        long gap = sum(count, ofTopic == null ? 0 : ofTopic);
        count = 0;
        return gap;
    }
}
