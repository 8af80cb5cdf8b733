package org.pgmjms.provider.client;

import org.pgmjms.provider.loss.LossReport;

/** How many messages were lost since the last one that was taken. Not safe for threads. */
final class GapCount {
    private long count;

    /** More are lost. */
    void add(LossReport report) {
        add(report.count());
    }

    /** As many more are lost. */
    void add(long more) {
        count = sum(count, more);
    }

    /** Both together; once the number of some is unknown, that of all is. */
    static long sum(long a, long b) {
        return a == LossReport.UNKNOWN || b == LossReport.UNKNOWN ? LossReport.UNKNOWN : a + b;
    }

    /** The gap before the message that is taken now; 0 none, -1 unknown. */
    long end() {
        long gap = count;
        count = 0;
        return gap;
    }
}
