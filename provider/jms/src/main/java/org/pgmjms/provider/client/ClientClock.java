package org.pgmjms.provider.client;

import java.util.function.BooleanSupplier;

/** Time as connections see it, and the only way in which their threads wait for it. Safe for any thread. */
public interface ClientClock {

    /** Monotonic; only differences mean something. */
    long nowNs();

    /** Milliseconds since 1970, for message headers. */
    long wallMillis();

    /**
     * Waits until the thread is unparked or interrupted; may return early.
     *
     * @param blocker what it waits for, for thread dumps
     * @param isOver says that there is nothing to wait for; asked without anything in between that could use up a permit
     */
    void park(Object blocker, BooleanSupplier isOver);

    /** As {@link #park}, at most until {@code deadlineNs}. */
    void parkUntil(Object blocker, long deadlineNs, BooleanSupplier isOver);
}
