package org.pgmjms.provider.client;

import java.util.ArrayDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane with a thread of its own, made at the first task. */
final class ThreadLane implements SerialLane {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadLane.class);

    private final ClientClock clock;
    private final ThreadFactory threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean closed;
    private boolean ended;

    ThreadLane(ClientClock clock, ThreadFactory threads) {
        this.clock = clock;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            tasks.add(task);
            if (thread == null) {
                thread = threads.newThread(this::run);
                thread.start();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isCurrent() {
        lock.lock();
        try {
            return Thread.currentThread().equals(thread);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close(long deadlineNs) {
        Thread own;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            own = thread;
            if (own == null || own.equals(Thread.currentThread())) {
                return;
            }
            awaitEnd(deadlineNs);
            if (!ended) {
                LOG.warn("{} still runs a listener; close() waits no longer", own.getName());
                return;
            }
        } finally {
            lock.unlock();
        }
        Uninterrupted.join(own);
    }

    private void awaitEnd(long deadlineNs) {
        boolean interrupted = false;
        long waitNs = deadlineNs - clock.nowNs();
        while (!ended && waitNs > 0) {
            try {
                waitNs = changed.awaitNanos(waitNs);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A listener threw an exception", e);
            }
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (tasks.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            Runnable task = tasks.poll();
            if (task == null) {
                ended = true;
                changed.signalAll();
            }
            return task;
        } finally {
            lock.unlock();
        }
    }
}
