package org.pgmjms.provider.client;

import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

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
    public void park(Object blocker, BooleanSupplier isOver) {
        if (!isOver.getAsBoolean()) {
            LockSupport.park(blocker);
        }
    }

    @Override
    public void parkUntil(Object blocker, long deadlineNs, BooleanSupplier isOver) {
        long waitNs = deadlineNs - nowNs();
        if (waitNs > 0 && !isOver.getAsBoolean()) {
            LockSupport.parkNanos(blocker, waitNs);
        }
    }
}
