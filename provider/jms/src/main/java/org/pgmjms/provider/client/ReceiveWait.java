package org.pgmjms.provider.client;

/**
 * How long a receive waits.
 *
 * @param endless whether without an end
 * @param timed whether until {@code deadlineNs}
 * @param deadlineNs only when timed
 */
record ReceiveWait(boolean endless, boolean timed, long deadlineNs) {

    static ReceiveWait none() {
        return new ReceiveWait(false, false, 0);
    }

    static ReceiveWait forever() {
        return new ReceiveWait(true, false, 0);
    }

    static ReceiveWait until(long deadlineNs) {
        return new ReceiveWait(false, true, deadlineNs);
    }

    /** What is left of it; {@link Long#MAX_VALUE} for ever. */
    long leftNs(long nowNs) {
        return timed ? Math.max(0, deadlineNs - nowNs) : Long.MAX_VALUE;
    }

    /** Whether there is nothing left to wait. */
    boolean isOver(long nowNs) {
        return !endless && (!timed || deadlineNs - nowNs <= 0);
    }
}
