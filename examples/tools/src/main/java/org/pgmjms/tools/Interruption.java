package org.pgmjms.tools;

import java.util.concurrent.TimeUnit;

/** Ctrl-C: asks the command to end, and leaves it the time to say what it has done. */
final class Interruption {
    private static final long PATIENCE_SECONDS = 2;

    private final Thread command = Thread.currentThread();
    private volatile boolean requested;
    private volatile boolean finished;

    private Interruption() {}

    /** From here on an interrupt only sets a flag; to be called by the command's thread. */
    static Interruption install() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::onInterrupt, "pgmjms-interrupt"));
        return interruption;
    }

    /** Whether the command should end. */
    boolean isRequested() {
        return requested;
    }

    /** The command has said everything. */
    void finished() {
        finished = true;
    }

    private void onInterrupt() {
        requested = true;
        if (!finished) {
            try {
                command.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            } catch (InterruptedException gone) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
