package org.pgmjms.tools;

import java.io.PrintWriter;
import java.util.Locale;

/** A line on the terminal that is written over about once a second; nothing where there is no terminal. */
final class Progress {
    private static final long INTERVAL_NS = 1_000_000_000L;
    private static final boolean ON_TERMINAL = Boolean.getBoolean("pgmjms.progress");

    private final PrintWriter terminal;
    private final String verb;
    private long nextNs;
    private long lastCount;
    private boolean shown;

    Progress(PrintWriter terminal, String verb) {
        this.terminal = terminal;
        this.verb = verb;
        this.nextNs = System.nanoTime() + INTERVAL_NS;
    }

    /** Shows the count, if it is time to. */
    void update(long count) {
        if (!ON_TERMINAL || System.nanoTime() - nextNs < 0) {
            return;
        }
        long nowNs = System.nanoTime();
        double seconds = (nowNs - nextNs + INTERVAL_NS) / 1e9;
        terminal.printf(Locale.ROOT, "\r%s %,d (%,.0f/s) ", verb, count, (count - lastCount) / seconds);
        terminal.flush();
        lastCount = count;
        nextNs = nowNs + INTERVAL_NS;
        shown = true;
    }

    /** Clears the line. */
    void end() {
        if (shown) {
            terminal.print("\r" + " ".repeat(50) + "\r");
            terminal.flush();
        }
    }
}
