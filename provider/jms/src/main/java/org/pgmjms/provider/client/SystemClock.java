package org.pgmjms.provider.client;

import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/** The clocks of the machine. */
final class SystemClock implements ClientClock {
    private final InstantSource wall = InstantSource.system();

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return wall.millis();
    }

    @Override
    public void park(Object blocker) {
        LockSupport.park(blocker);
    }

    @Override
    public void parkUntil(Object blocker, long deadlineNs) {
        long waitNs = deadlineNs - nowNs();
        if (waitNs > 0) {
            LockSupport.parkNanos(blocker, waitNs);
        }
    }
}
