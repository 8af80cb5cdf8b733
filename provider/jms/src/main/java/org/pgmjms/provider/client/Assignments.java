package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * A session's distinguished listener, and what connection consumers have loaded for it. Jakarta Messaging 3.1, section
 * 11.2.1. Safe for any thread.
 */
final class Assignments {
    private volatile @Nullable MessageListener listener;
    private volatile @Nullable AssignedConsumer running;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final ArrayDeque<AssignedConsumer> assigned = new ArrayDeque<>();
    private boolean closed;

    /** Who gets what is loaded, or null. */
    @Nullable MessageListener listener() {
        return listener;
    }

    void setListener(@Nullable MessageListener newListener) {
        listener = newListener;
    }

    /** With a distinguished listener no other form of receipt can be used. */
    void refuseBesideListener() throws JMSException {
        if (listener != null) {
            throw JmsExceptions.illegalState("The session has a message listener of its own: it cannot have consumers");
        }
    }

    /** Loads messages. */
    void assign(AssignedConsumer messages) throws JMSException {
        lock.lock();
        try {
            if (closed) {
                throw JmsExceptions.closed("session");
            }
            assigned.add(messages);
        } finally {
            lock.unlock();
        }
    }

    /** Takes messages back that were loaded; whether they were still there. */
    boolean withdraw(AssignedConsumer messages) {
        lock.lock();
        try {
            return assigned.remove(messages);
        } finally {
            lock.unlock();
        }
    }

    /** Delivers what is loaded, by the calling thread. */
    void run() {
        for (AssignedConsumer next = next(); next != null; next = next()) {
            running = next;
            try {
                next.run();
            } finally {
                running = null;
            }
        }
    }

    /** What is being delivered, or null. */
    @Nullable AssignedConsumer running() {
        return running;
    }

    private @Nullable AssignedConsumer next() {
        lock.lock();
        try {
            return assigned.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more can be loaded, and what nobody has run goes back. */
    void close() {
        List<AssignedConsumer> left;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(assigned);
            assigned.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(AssignedConsumer::refuse);
    }
}
