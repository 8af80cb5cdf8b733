package org.pgmjms.provider.client;

/** Runs tasks one after the other, never on the thread that gives them. Safe for any thread. */
public interface SerialLane {

    /** Runs a task after all that were given before. Ignored once closed. */
    void execute(Runnable task);

    /** Whether the calling thread is running a task of this lane. */
    boolean isCurrent();

    /**
     * Takes no more tasks and waits until those given have run, or the deadline has come; does not wait when a task of
     * this lane calls.
     */
    void close(long deadlineNs);
}
