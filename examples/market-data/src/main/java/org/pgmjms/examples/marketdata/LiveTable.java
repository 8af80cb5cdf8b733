package org.pgmjms.examples.marketdata;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** What the processes report, as a table that is drawn over itself on a terminal. */
final class LiveTable {
    private static final String UP = "\u001b[%dA\u001b[J";

    private final PrintWriter out;
    private final Child publisher;
    private final List<Child> subscribers;
    private final Map<String, Long> lastCounts = new HashMap<>();
    private final Map<String, Long> lastTimesNs = new HashMap<>();
    private final long startNs = System.nanoTime();
    private int height;

    LiveTable(PrintWriter out, Child publisher, List<Child> subscribers) {
        this.out = out;
        this.publisher = publisher;
        this.subscribers = subscribers;
    }

    /** Draws the table again in the same place, with the rates since the last time. */
    void redraw() {
        if (height > 0) {
            out.printf(UP, height);
        }
        String text = text(false);
        height = (int) text.lines().count();
        out.print(text);
        out.flush();
    }

    /** Draws the table for the last time, with the rates of the whole run. */
    void last() {
        if (height > 0) {
            out.printf(UP, height);
        }
        out.print(text(true));
        out.flush();
    }

    private String text(boolean whole) {
        TextTable table = TextTable.forColumns(
                CommandLine.Help.defaultColorScheme(Ansi.OFF),
                column(14),
                column(10),
                column(11),
                column(10),
                column(10),
                column(10),
                column(8),
                column(12),
                column(12));
        table.addRowValues("", "quotes/s", "received", "packets", "dropped", "repaired", "lost", "p50 us", "p99 us");
        for (Child subscriber : subscribers) {
            table.addRowValues(
                    subscriber.name(),
                    rate(subscriber, "received", whole),
                    number(subscriber, "received"),
                    number(subscriber, "packets"),
                    dropped(subscriber),
                    number(subscriber, "repaired"),
                    lost(subscriber),
                    number(subscriber, "p50"),
                    number(subscriber, "p99"));
        }
        return String.format(
                        Locale.ROOT,
                        "publisher: sent=%,d quotes (%s/s) in %,d packets, %,d repairs%n",
                        publisher.number(StatusLine.STATUS, "sent"),
                        rate(publisher, "sent", whole),
                        publisher.number(StatusLine.STATUS, "packets"),
                        publisher.number(StatusLine.STATUS, "repairs"))
                + table
                + String.format("total: %s%n", total());
    }

    private static Column column(int width) {
        return new Column(width, 1, Column.Overflow.SPAN);
    }

    private String total() {
        long received = 0;
        long lost = 0;
        for (Child subscriber : subscribers) {
            received += subscriber.number(StatusLine.STATUS, "received");
            lost += subscriber.number(StatusLine.STATUS, "lost");
        }
        return "received=" + received + " lost=" + lost;
    }

    private String rate(Child child, String key, boolean whole) {
        long nowNs = System.nanoTime();
        long count = child.number(StatusLine.STATUS, key);
        long sinceNs = whole ? startNs : lastTimesNs.getOrDefault(child.name(), startNs);
        long before = whole ? 0 : lastCounts.getOrDefault(child.name(), 0L);
        lastTimesNs.put(child.name(), nowNs);
        lastCounts.put(child.name(), count);
        return String.format(Locale.ROOT, "%,.0f", (count - before) * 1e9 / Math.max(1, nowNs - sinceNs));
    }

    private static String number(Child child, String key) {
        return String.format(Locale.ROOT, "%,d", child.number(StatusLine.STATUS, key));
    }

    /** Packets dropped on purpose, and their part of all that came. */
    private static String dropped(Child child) {
        long dropped = child.number(StatusLine.STATUS, "dropped");
        long all = dropped + child.number(StatusLine.STATUS, "packets");
        return dropped == 0 ? "0" : String.format(Locale.ROOT, "%d %.1f%%", dropped, 100.0 * dropped / all);
    }

    private static String lost(Child child) {
        return "lost=" + child.number(StatusLine.STATUS, "lost");
    }
}
