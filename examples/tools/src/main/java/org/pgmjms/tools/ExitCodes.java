package org.pgmjms.tools;

/** What the commands answer to the shell. */
final class ExitCodes {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int TIMED_OUT = 3;
    static final int LOST = 4;

    private ExitCodes() {}
}
