package org.pgmjms.provider.client;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Who may deliver in a session: one thread at a time, and nobody while it is stopped or closing. Jakarta Messaging 3.1,
 * sections 6.1.5, 6.1.8 and 6.2.13. Safe for any thread.
 */
final class SessionGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean started;
    private volatile boolean closing;
    /** Who wants the turn that somebody has, or its end. */
    private final AtomicInteger waiting = new AtomicInteger();

    private boolean closed;
    private @Nullable Thread owner;
    private @Nullable Object ownersConsumer;
    private @Nullable Thread receiver;
    private @Nullable Object receiversConsumer;

    /** Waits for its turn; false when nothing may be delivered. Every true needs a {@link #leave}. */
    boolean enter(Object consumer) {
        lock.lock();
        try {
            while (owner != null && started && !closing) {
                await();
            }
            if (!started || closing) {
                return false;
            }
            owner = Thread.currentThread();
            ownersConsumer = consumer;
            return true;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // whoever calls this loops
    private void await() {
        waiting.incrementAndGet();
        changed.awaitUninterruptibly();
        waiting.decrementAndGet();
    }

    /** Whether the owner may go on without leaving: deliveries go on, and nobody waits for the end of this one. */
    boolean mayGoOn() {
        return waiting.get() == 0 && started && !closing;
    }

    /** The delivery is over. */
    void leave() {
        lock.lock();
        try {
            owner = null;
            ownersConsumer = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #exclusively} runs. */
    @FunctionalInterface
    interface Action {
        void run() throws JMSException;
    }

    /** Runs something that no delivery may overlap; at once when a listener of this session calls. */
    void exclusively(Action action) throws JMSException {
        boolean occupied = occupy();
        try {
            action.run();
        } finally {
            if (occupied) {
                leave();
            }
        }
    }

    /** Whether it had to become the owner first: not when it is already. */
    private boolean occupy() throws IllegalStateException {
        lock.lock();
        try {
            if (isCaller(owner)) {
                return false;
            }
            while (owner != null && !closing) {
                await();
            }
            if (closing) {
                throw JmsExceptions.closed("session");
            }
            owner = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a listener of this session is what calls. */
    boolean isOwnedByCaller() {
        lock.lock();
        try {
            return isCaller(owner);
        } finally {
            lock.unlock();
        }
    }

    /** Deliveries may begin. */
    void start() {
        lock.lock();
        try {
            started = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No delivery begins from here on; does not wait for one that runs. */
    void stop() {
        lock.lock();
        try {
            started = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A synchronous receive begins; sessions bear one at a time. */
    void beginReceive(Object consumer) throws IllegalStateException {
        lock.lock();
        try {
            if (receiver != null) {
                throw JmsExceptions.illegalState("Another thread is receiving in this session");
            }
            receiver = Thread.currentThread();
            receiversConsumer = consumer;
        } finally {
            lock.unlock();
        }
    }

    /** It has ended. */
    void endReceive() {
        lock.lock();
        try {
            receiver = null;
            receiversConsumer = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a thread is receiving. */
    boolean isReceiving() {
        lock.lock();
        try {
            return receiver != null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no listener is running, unless it is what calls. */
    void awaitIdle() {
        lock.lock();
        try {
            while (owner != null && !isCaller(owner)) {
                await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until neither a listener nor a receive of a consumer is running, unless it is what calls. */
    void awaitIdle(Object consumer) {
        lock.lock();
        try {
            while (consumer.equals(ownersConsumer) && !isCaller(owner)
                    || consumer.equals(receiversConsumer) && !isCaller(receiver)) {
                await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The first caller gets true and has to close; others wait until it has and get false. */
    boolean beginClose() {
        lock.lock();
        try {
            if (!closing) {
                closing = true;
                changed.signalAll();
                return true;
            }
            while (!closed && !isCaller(owner)) {
                await();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until listeners and receives have returned. */
    void awaitQuiet() {
        lock.lock();
        try {
            while (owner != null || receiver != null) {
                await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closing is done. */
    void endClose() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until deliveries may begin; false when they never will. */
    boolean awaitOpen() {
        lock.lock();
        try {
            while (!started && !closing) {
                await();
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    /** Whether deliveries may begin. */
    boolean isOpen() {
        return started && !closing;
    }

    /** Whether closing has begun: nothing more is delivered. */
    boolean isClosing() {
        return closing;
    }

    private static boolean isCaller(@Nullable Thread thread) {
        return Thread.currentThread().equals(thread);
    }
}
