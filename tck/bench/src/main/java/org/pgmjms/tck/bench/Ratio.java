package org.pgmjms.tck.bench;

import java.util.Locale;

/**
 * What pgmjms has for each that another program has. Above 1 is better for a rate, below 1 for processor time and
 * latency.
 *
 * @param port nio or native
 * @param against the peer, or the base case
 * @param metric rate, cpu or p50
 */
record Ratio(String port, String against, int size, int receivers, int loss, String metric, double ratio) {
    static final String HEADER = "port,against,size,receivers,loss,metric,ratio";
    static final String RATE = "rate";
    static final String CPU = "cpu";
    static final String P50 = "p50";

    /** The same comparison with another number. */
    Ratio with(double other) {
        return new Ratio(port, against, size, receivers, loss, metric, other);
    }

    /** Its line under {@link #HEADER}. */
    String line() {
        return String.format(
                Locale.ROOT, "%s,%s,%d,%d,%d,%s,%.3f", port, against, size, receivers, loss, metric, ratio);
    }
}
