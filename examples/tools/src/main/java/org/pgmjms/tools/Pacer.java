package org.pgmjms.tools;

import java.util.concurrent.locks.LockSupport;

/** Lets a loop run at a rate, without drift: after a delay it catches up. */
final class Pacer {
    private final double intervalNs;
    private final long startNs;

    /** A pacer for so many rounds a second; 0 for as many as go. */
    Pacer(double perSecond) {
        this.intervalNs = perSecond > 0 ? 1e9 / perSecond : 0;
        this.startNs = System.nanoTime();
    }

    /** Waits until the round with this number, from 0, is due. */
    void await(long round) {
        long dueNs = startNs + (long) (round * intervalNs);
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }
}
