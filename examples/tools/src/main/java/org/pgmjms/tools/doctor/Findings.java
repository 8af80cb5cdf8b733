package org.pgmjms.tools.doctor;

import java.io.PrintStream;
import java.util.Locale;

/** What a doctor found, printed as it is found: a line each. One owner. */
public final class Findings {
    private final PrintStream out;
    private boolean failed;

    /** Prints to this stream. */
    public Findings(PrintStream out) {
        this.out = out;
    }

    /** As it should be. */
    void ok(String what, String format, Object... values) {
        print("ok", what, format, values);
    }

    /** It works, with a drawback. */
    void warn(String what, String format, Object... values) {
        print("WARN", what, format, values);
    }

    /** It does not work. */
    void fail(String what, String format, Object... values) {
        failed = true;
        print("FAIL", what, format, values);
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a library more
    private void print(String verdict, String what, String format, Object... values) {
        String text = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
        out.println(String.format(Locale.ROOT, "%-5s %-10s %s", verdict, what, text));
        out.flush();
    }

    /** Whether something does not work. */
    public boolean hasFailed() {
        return failed;
    }
}
