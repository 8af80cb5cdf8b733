package org.pgmjms.provider.client;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;

/**
 * Makes one report of many that nobody came to hear: those of one source and cause between the same two messages. Their
 * counts add up, so that nothing is forgotten, and a consumer that never receives costs no memory.
 */
final class ReportFold {
    private record Key(String source, LossCause cause) {}

    private ReportFold() {}

    /** Folds what lies in a queue in place; how many reports are left. */
    static int fold(ArrayDeque<Object> queue) {
        ArrayDeque<Object> folded = new ArrayDeque<>();
        Map<Key, LossReport> open = new LinkedHashMap<>();
        int left = 0;
        for (Object each : queue) {
            if (each instanceof LossReport report) {
                open.merge(new Key(report.source(), report.cause()), report, ReportFold::sum);
            } else {
                left += open.size();
                folded.addAll(open.values());
                open.clear();
                folded.add(each);
            }
        }
        left += open.size();
        folded.addAll(open.values());
        queue.clear();
        queue.addAll(folded);
        return left;
    }

    private static LossReport sum(LossReport earlier, LossReport later) {
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
