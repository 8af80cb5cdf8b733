package org.pgmjms.provider.client;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts sends whose {@code CompletionListener} has not returned. Jakarta Messaging 3.1, section 7.3.4. */
final class OpenSends {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int open;
    private boolean closed;

    /** False once it was closed. */
    boolean tryBegin() {
        lock.lock();
        try {
            if (!closed) {
                open++;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            open--;
            none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there are any. */
    boolean any() {
        lock.lock();
        try {
            return open > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Lets none begin any more, and waits until all have returned. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        awaitNone();
    }

    /** Waits until all have returned. */
    void awaitNone() {
        lock.lock();
        try {
            while (open > 0) {
                none.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
