package org.pgmjms.provider.client;

/** Time as connections see it, and the only way in which their threads wait for it. Safe for any thread. */
public interface ClientClock {

    /** Monotonic; only differences mean something. */
    long nowNs();

    /** Milliseconds since 1970, for message headers. */
    long wallMillis();

    /** Waits until the thread is unparked or interrupted; may return early. */
    void park(Object blocker);

    /** Waits until the thread is unparked or interrupted or {@code deadlineNs} has come; may return early. */
    void parkUntil(Object blocker, long deadlineNs);
}
