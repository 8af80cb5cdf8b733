package org.pgmjms.provider.client;

import jakarta.jms.Destination;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;

/**
 * Makes one report of many that nobody came to hear: those of one topic, source and cause between the same two messages. Their
 * counts add up, so that nothing is forgotten, and a consumer that never receives costs no memory.
 */
final class ReportFold {
    private record Key(Destination destination, String source, LossCause cause) {}

    private ReportFold() {}

    /** Folds reports in place; how many are left. */
    static int fold(ArrayDeque<LossReport> reports) {
        if (reports.size() > 1) {
            Map<Key, LossReport> folded = new LinkedHashMap<>();
            for (LossReport report : reports) {
                folded.merge(new Key(report.destination(), report.source(), report.cause()), report, ReportFold::sum);
            }
            reports.clear();
            reports.addAll(folded.values());
        }
        return reports.size();
    }

    /** One report of both. */
    static LossReport sum(LossReport earlier, LossReport later) {
        boolean exact = earlier.isExact() && later.isExact();
        return new LossReport(
                earlier.destination(),
                earlier.source(),
                earlier.firstMissing(),
                later.lastMissing(),
                exact ? earlier.count() + later.count() : LossReport.UNKNOWN,
                earlier.cause());
    }
}
