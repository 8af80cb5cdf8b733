package org.pgmjms.tck.faults;

import org.pgmjms.tck.kit.LabProcess;

/** Reads the counters that our programs print in the end. */
final class Statistics {
    private Statistics() {}

    /** A counter, such as {@code source.rdata_sent}; 0 where there is none. */
    static long of(LabProcess process, String key) {
        String start = "STAT " + key + "=";
        return process.lines().stream()
                .filter(line -> line.startsWith(start))
                .mapToLong(line -> Long.parseLong(line.substring(start.length())))
                .findFirst()
                .orElse(0);
    }
}
