package org.pgmjms.engine.channel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.net.PortPoller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that serves ports, tasks and deadlines, and sleeps in the poller in between. It starts with the first task and
 * ends when its duty is over; the next task starts another one. Safe for any thread.
 *
 * <p>Whoever makes work first publishes it (a task, a volatile deadline) and then asks whether the agent is asleep; the
 * agent first says that it is asleep and then looks for work a last time. So one of the two always sees the other, and a
 * system call to wake it is made only when it sleeps past the deadline. In a busy stream it naps for a moment instead of
 * sleeping, and nobody has to wake it: see {@link Pace}.
 *
 * <p>Its cycles may be run by a visitor for a while: see {@link #visit} and {@link Wheel}. What is said here of the agent
 * holds for whoever runs them; only the thread itself ends, fails and closes the poller.
 */
final class AgentThread implements Runnable {
    /** No deadline; far enough in the future that nothing is later. */
    static final long NEVER = Long.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(AgentThread.class);
    private static final long FAR_NS = Long.MAX_VALUE / 4;

    private final String name;
    private final boolean daemon;
    private final EngineOptions options;
    private final PortPoller poller;
    private final Duty duty;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    private final ReentrantLock gate = new ReentrantLock();
    private final Condition ended = gate.newCondition();
    private @Nullable Thread thread;
    private boolean closed;

    private final Pace pace = new Pace();
    private final Wheel wheel = new Wheel();
    private final BooleanSupplier isVisitWanted = wheel::isWanted;
    private final BooleanSupplier hasTasks = this::hasTasks;
    /** Whether the last cycle napped; of who runs the cycles. */
    private boolean busy;
    /** What a visitor's cycle threw. */
    private volatile @Nullable Throwable visitFailure;

    private volatile boolean asleep;
    private volatile long plannedNs;

    /** What the thread is there for. Called by that thread only. */
    interface Duty {

        /** Does what is due; called often. */
        void work(long nowNs);

        /** When {@link #work} is wanted next, or {@link #NEVER}. */
        long nextDeadlineNs();

        /** How many packets were sent or received since the last call. */
        int takeHandled();

        /** How long a nap may be while many are, after a cycle with so many; 0 for none. */
        long napNs(int packets);

        /** How long after packets the thread looks for more without sleeping or napping, 0 for never. */
        long spinNs();

        /** Whether there is nothing to wait for, so that the thread may end. */
        boolean isOver();

        /** The duty threw something; no more calls but {@link #isOver}. Has to leave nothing behind. */
        void onFailed(Throwable cause);
    }

    /**
     * A thread that is not running yet.
     *
     * @param poller waits for the duty's ports; closed with this
     */
    AgentThread(String name, boolean daemon, EngineOptions options, PortPoller poller, Duty duty) {
        this.name = name;
        this.daemon = daemon;
        this.options = options;
        this.poller = poller;
        this.duty = duty;
    }

    /** Runs a task on the thread, which is started if need be. Throws when the agent is closed or has failed. */
    void execute(Runnable task) {
        gate.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException(name + " is closed");
            }
            tasks.add(task);
            if (thread == null) {
                Thread started = options.threads().newThread(this);
                started.setName(name);
                started.setDaemon(daemon);
                // Whoever came first may be an application that its server unloads before the engine ends.
                started.setContextClassLoader(AgentThread.class.getClassLoader());
                started.start();
                thread = started;
            }
        } finally {
            gate.unlock();
        }
        wake();
        wheel.call();
    }

    /** Whether the caller is the agent. */
    boolean isCurrent() {
        gate.lock();
        try {
            return Thread.currentThread().equals(thread) || wheel.isHeldByCaller();
        } finally {
            gate.unlock();
        }
    }

    /** Whether it sleeps until it is woken; if not it will look for work before it does. */
    boolean isAsleep() {
        return asleep;
    }

    /** There is work; ends the agent's sleep, if it sleeps. */
    void wake() {
        if (asleep) {
            asleep = false;
            poller.wakeup();
        }
    }

    /** There will be work at that time; ends the agent's sleep if it would sleep past it. */
    void wakeBy(long deadlineNs) {
        if (deadlineNs != NEVER && asleep && deadlineNs - plannedNs < 0) {
            wake();
        }
    }

    /**
     * Runs the agent's cycles on the calling thread until there is enough, the time is over or the agent has to go on: to
     * end, or as its stream is busy, when two threads do more than one.
     *
     * @param enough asked after each cycle and before each sleep; who makes it true calls {@link #wakeVisitor}
     * @param longestNs how long at most, {@link Long#MAX_VALUE} for any time
     * @return false when it did not, as the agent is at it or there is none; it knows then that it is wanted, and unparks
     *     the caller when it lets go
     */
    boolean visit(BooleanSupplier enough, long longestNs) {
        if (!wheel.tryEnter()) {
            return false;
        }
        boolean isAgentsTurn = true;
        long nextNs = NEVER;
        try {
            long untilNs = longestNs >= FAR_NS ? NEVER : options.clock().nanoTime() + longestNs;
            do {
                cycle(enough, untilNs);
            } while (!busy && !enough.getAsBoolean() && !duty.isOver() && !isPast(untilNs));
            nextNs = duty.nextDeadlineNs();
            isAgentsTurn = busy || duty.isOver() || !tasks.isEmpty();
        } catch (Throwable failure) {
            visitFailure = failure;
        } finally {
            wheel.leave(isAgentsTurn, nextNs, hasTasks);
        }
        return true;
    }

    private boolean isPast(long untilNs) {
        return untilNs != NEVER && options.clock().nanoTime() - untilNs >= 0;
    }

    /** A visitor may have enough; ends its sleep, if it sleeps. */
    void wakeVisitor() {
        if (wheel.isVisited()) {
            wake();
        }
    }

    @Override
    public void run() {
        try {
            do {
                cycle(isVisitWanted, NEVER);
                standBy();
            } while (!tryEnd());
        } catch (Throwable failure) {
            fail(failure);
        }
    }

    /** Lets visitors run the cycles, if one wants to. */
    private void standBy() throws Throwable {
        if (wheel.isWanted() && !busy && !duty.isOver() && tasks.isEmpty()) {
            wheel.standBy(options.clock(), hasTasks);
            Throwable failure = visitFailure;
            if (failure != null) {
                throw failure;
            }
        }
    }

    private void cycle(BooleanSupplier enough, long untilNs) {
        runTasks();
        duty.work(options.clock().nanoTime());
        sleep(enough, untilNs);
        poller.serve();
    }

    private boolean hasTasks() {
        return !tasks.isEmpty();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void sleep(BooleanSupplier enough, long untilNs) {
        long nowNs = options.clock().nanoTime();
        int packets = duty.takeHandled();
        if (pace.isSpinning(packets, nowNs, duty.spinNs())) {
            busy = false;
            Thread.onSpinWait();
            poller.await(0);
            return;
        }
        long napNs = pace.isBusy(packets, nowNs) ? duty.napNs(packets) : 0;
        busy = napNs > 0;
        if (busy) {
            LockSupport.parkNanos(this, napNs);
            poller.await(0);
            return;
        }
        plannedNs = nowNs + FAR_NS;
        asleep = true;
        long deadlineNs = earlier(duty.nextDeadlineNs(), untilNs);
        long timeoutNs = Long.MAX_VALUE;
        if (duty.isOver() || !tasks.isEmpty() || enough.getAsBoolean()) {
            timeoutNs = 0;
        } else if (deadlineNs != NEVER) {
            plannedNs = deadlineNs;
            timeoutNs = deadlineNs - nowNs;
        }
        poller.await(timeoutNs);
        asleep = false;
    }

    private boolean tryEnd() {
        gate.lock();
        try {
            if (!duty.isOver() || !tasks.isEmpty()) {
                return false;
            }
            onEnded();
            return true;
        } finally {
            gate.unlock();
        }
    }

    private void onEnded() {
        thread = null;
        wheel.forget();
        if (closed) {
            poller.close();
        }
        ended.signalAll();
    }

    private void fail(Throwable failure) {
        LOG.error("{} failed and stops", name, failure);
        gate.lock();
        try {
            closed = true;
        } finally {
            gate.unlock();
        }
        try {
            duty.onFailed(failure);
            runTasks();
        } catch (Throwable another) {
            failure.addSuppressed(another);
            LOG.error("{} failed again while it stopped", name, another);
        }
        gate.lock();
        try {
            onEnded();
        } finally {
            gate.unlock();
        }
    }

    /**
     * Takes no more tasks; waits until the thread has ended, which it does when its duty is over.
     *
     * @return whether it has ended in time; always false on the agent itself
     */
    boolean close(long timeoutNs) {
        gate.lock();
        try {
            boolean first = !closed;
            closed = true;
            if (thread == null) {
                if (first) {
                    poller.close();
                }
                return true;
            }
            poller.wakeup();
            return awaitEnd(timeoutNs);
        } finally {
            gate.unlock();
        }
    }

    /** Waits until the thread has ended, or was not started; always false on the agent itself. */
    boolean awaitEnd(long timeoutNs) {
        boolean interrupted = false;
        gate.lock();
        try {
            long leftNs = isCurrent() ? 0 : timeoutNs;
            while (thread != null && leftNs > 0) {
                try {
                    leftNs = ended.awaitNanos(leftNs);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return thread == null;
        } finally {
            gate.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The earlier of two deadlines. */
    static long earlier(long a, long b) {
        if (a == NEVER || b == NEVER) {
            return a == NEVER ? b : a;
        }
        return a - b < 0 ? a : b;
    }
}
