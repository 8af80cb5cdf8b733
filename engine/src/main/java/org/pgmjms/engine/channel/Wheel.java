package org.pgmjms.engine.channel;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.NanoClock;

/**
 * Who runs an agent's cycles: the agent's thread, or a visitor that has nothing else to do and saves a wake-up that way,
 * while the agent stands by. A visitor comes and goes; what it does meanwhile may take long, and then the agent goes on.
 * So nothing waits for a visitor longer than two naps (docs/adr/0026).
 *
 * <pre>
 *   AGENT --standBy, as a visitor wants it--> FREE --tryEnter--> VISITOR
 *     ^-- a nap in which nobody came, a task, a deadline --|   <--leave--|
 *     ^------ leave: a task, a failure, the end ------------------------|
 * </pre>
 *
 * <p>Each side first says what it does and then looks at what the other one said, so that no wake-up is lost.
 */
final class Wheel {
    /** How long the agent leaves the wheel to visitors that do not come. */
    static final long NAP_NS = 1_000_000;

    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.AGENT);
    /** Who wants it. */
    private final AtomicReference<@Nullable Thread> wanted = new AtomicReference<>();

    private volatile @Nullable Thread visitor;
    private volatile @Nullable Thread agent;
    /** How often a visitor has left; written by visitors. */
    private volatile long visits;

    private volatile long dueNs = AgentThread.NEVER;
    /** Whether the agent sleeps until the visitor leaves. */
    private volatile boolean asleep;

    private enum Turn {
        AGENT,
        FREE,
        VISITOR
    }

    /** Says that the calling thread wants the wheel, and takes it if nobody has it. Every true needs a {@link #leave}. */
    boolean tryEnter() {
        Thread me = Thread.currentThread();
        if (!me.equals(wanted.get())) {
            wanted.set(me);
        }
        if (!turn.compareAndSet(Turn.FREE, Turn.VISITOR)) {
            return false;
        }
        visitor = me;
        return true;
    }

    /**
     * The visitor lets go.
     *
     * @param isAgentsTurn whether the agent has to go on at once
     * @param nextNs when there is something to do next
     * @param hasTasks whether there is something to do at once, asked after it let go
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only who has the wheel counts
    void leave(boolean isAgentsTurn, long nextNs, BooleanSupplier hasTasks) {
        visitor = null;
        dueNs = nextNs;
        visits++;
        turn.set(isAgentsTurn ? Turn.AGENT : Turn.FREE);
        if (isAgentsTurn || asleep || hasTasks.getAsBoolean()) {
            LockSupport.unpark(agent);
        }
    }

    /** Whether a visitor has asked for the wheel since the agent took it. */
    boolean isWanted() {
        return wanted.get() != null;
    }

    /** Whether a visitor has the wheel. */
    boolean isVisited() {
        return turn.get() == Turn.VISITOR;
    }

    /** Whether the caller is a visitor that has the wheel. */
    boolean isHeldByCaller() {
        return Thread.currentThread().equals(visitor);
    }

    /** There is a task: ends the agent's standing by, if nobody has the wheel. */
    void call() {
        if (turn.get() == Turn.FREE) {
            LockSupport.unpark(agent);
        }
    }

    /** Nobody wants it any more; for an agent that ends. */
    void forget() {
        wanted.set(null);
        agent = null;
    }

    /** Lets visitors have the wheel, and returns when the agent has it again. Agent only. */
    void standBy(NanoClock clock, BooleanSupplier hasTasks) {
        agent = Thread.currentThread();
        long seen = visits;
        long untilNs = clock.nanoTime() + NAP_NS;
        turn.set(Turn.FREE);
        LockSupport.unpark(wanted.get());
        while (turn.get() != Turn.AGENT) {
            long nowNs = clock.nanoTime();
            if (hasTasks.getAsBoolean() && turn.compareAndSet(Turn.FREE, Turn.AGENT)) {
                return;
            }
            if (nowNs - untilNs < 0) {
                LockSupport.parkNanos(this, untilNs - nowNs);
            } else {
                onNapOver(seen, nowNs);
                seen = visits;
                untilNs = clock.nanoTime() + NAP_NS;
            }
            // With an interrupt no thread can park.
            Thread.interrupted();
        }
    }

    private void onNapOver(long seen, long nowNs) {
        boolean isSame = visits == seen;
        if (turn.get() == Turn.VISITOR) {
            if (isSame) {
                sleepUntilLeft(seen);
            }
        } else if (isSame) {
            if (turn.compareAndSet(Turn.FREE, Turn.AGENT)) {
                // It may have asked just now, and been refused: it has to ask again.
                LockSupport.unpark(wanted.getAndSet(null));
            }
        } else if (dueNs != AgentThread.NEVER && nowNs - dueNs >= 0) {
            turn.compareAndSet(Turn.FREE, Turn.AGENT);
        }
    }

    private void sleepUntilLeft(long seen) {
        asleep = true;
        if (turn.get() == Turn.VISITOR && visits == seen) {
            LockSupport.park(this);
        }
        asleep = false;
    }
}
