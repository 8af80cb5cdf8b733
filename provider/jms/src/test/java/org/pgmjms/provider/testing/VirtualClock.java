package org.pgmjms.provider.testing;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.pgmjms.provider.client.ClientClock;

/** A clock that only moves when a test says so, and knows who waits for it. */
public final class VirtualClock implements ClientClock {
    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Thread> parked = new HashSet<>();
    private volatile long nowNs;
    private volatile long wallShiftMillis;

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public long wallMillis() {
        return START_MILLIS + wallShiftMillis + nowNs / NANOS_PER_MILLI;
    }

    @Override
    public void park(Object blocker, BooleanSupplier isOver) {
        enter();
        if (!isOver.getAsBoolean()) {
            LockSupport.park(blocker);
        }
        leave();
    }

    @Override
    public void parkUntil(Object blocker, long deadlineNs, BooleanSupplier isOver) {
        enter();
        if (deadlineNs - nowNs > 0 && !isOver.getAsBoolean()) {
            LockSupport.park(blocker);
        }
        leave();
    }

    /** Moves time on, and wakes everybody who waits. */
    public void advance(Duration by) {
        lock.lock();
        try {
            nowNs += by.toNanos();
            parked.forEach(LockSupport::unpark);
        } finally {
            lock.unlock();
        }
    }

    /** Sets the wall clock forward or back, as an administrator would. */
    public void shiftWall(Duration by) {
        wallShiftMillis += by.toMillis();
    }

    /** Returns when a thread waits for something to happen. */
    public void awaitParked(Thread thread) {
        lock.lock();
        try {
            while (!parked.contains(thread)) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter() {
        lock.lock();
        try {
            parked.add(Thread.currentThread());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            parked.remove(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }
}
