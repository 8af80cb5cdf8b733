package org.pgmjms.tck.bench;

import java.util.Arrays;
import java.util.Locale;

/** What several measurements of one thing say: the median and how far they spread. */
record Figure(double median, double least, double most, int count) {
    static final Figure NONE = new Figure(Double.NaN, Double.NaN, Double.NaN, 0);

    /** The median is the middle one, or the mean of the two in the middle. */
    static Figure of(double[] values) {
        if (values.length == 0) {
            return NONE;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    boolean isKnown() {
        return count > 0;
    }

    /** Median and spread, each divided by this and printed in this format; a dash when there is none. */
    String text(String format, double unit) {
        if (!isKnown()) {
            return "-";
        }
        String text = String.format(Locale.ROOT, format, median / unit);
        return count == 1
                ? text
                : text + String.format(Locale.ROOT, " (" + format + "-" + format + ")", least / unit, most / unit);
    }
}
