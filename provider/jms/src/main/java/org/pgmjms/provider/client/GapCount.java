package org.pgmjms.provider.client;

import org.pgmjms.provider.loss.LossReport;

/** How many messages were lost since the last one that was taken. Not safe for threads. */
final class GapCount {
    private long count;

    /** More are lost; once their number is unknown, that of the gap is. */
    void add(LossReport report) {
        boolean unknown = count == LossReport.UNKNOWN || !report.isExact();
        count = unknown ? LossReport.UNKNOWN : count + report.count();
    }

    /** The gap before the message that is taken now; 0 none, -1 unknown. */
    long end() {
        long gap = count;
        count = 0;
        return gap;
    }
}
