package org.pgmjms.tck.bench;

/** Finds the highest rate at which nothing is lost, the same way for every program that has no flow control. */
final class RateSearch {
    private static final long START = 10_000;
    private static final double STEP = 1.5;
    private static final double FINE = 1.05;
    private static final int MOST_PROBES = 24;

    /** Whether a program loses nothing and keeps up at this rate. */
    interface Probe {
        boolean holds(long unitsPerSecond) throws InterruptedException;
    }

    private RateSearch() {}

    /** Grows by half until it loses, then halves the gap to within five per cent; 0 when even the least rate loses. */
    static long highest(Probe probe) throws InterruptedException {
        long good = 0;
        long bad = START;
        int probes = 0;
        while (probes++ < MOST_PROBES && probe.holds(bad)) {
            good = bad;
            bad = Math.round(bad * STEP);
        }
        if (good == 0) {
            return lowest(probe);
        }
        while (bad > good * FINE && probes++ < MOST_PROBES) {
            long middle = Math.round(Math.sqrt((double) good * bad));
            if (probe.holds(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    private static long lowest(Probe probe) throws InterruptedException {
        for (long rate = START / 2; rate >= START / 16; rate /= 2) {
            if (probe.holds(rate)) {
                return rate;
            }
        }
        return 0;
    }
}
