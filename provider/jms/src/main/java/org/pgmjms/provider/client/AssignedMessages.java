package org.pgmjms.provider.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;

/**
 * What a connection consumer has loaded into a session at one time, between the subscription that it was taken from and the
 * session's listener. What comes again while the session is being run is delivered in the same run; later it goes back to
 * the subscription, and from there to any session. Safe for any thread.
 */
final class AssignedMessages implements Subscription {
    private final Subscription source;
    private final ServerSessionFeed feed;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean anyTaken;

    /** Nothing yet; what is put back goes to the source, of which the feed is told. */
    AssignedMessages(Subscription source, ServerSessionFeed feed) {
        this.source = source;
        this.feed = feed;
    }

    /** One more message to deliver, after those that are here. */
    void add(Pending pending) {
        lock.lock();
        try {
            waiting.addLast(pending);
        } finally {
            lock.unlock();
        }
    }

    /** Whether something is to be delivered. */
    boolean isWaiting() {
        lock.lock();
        try {
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** So many were given up before the next one; false when there is none. */
    boolean addGap(long more) {
        lock.lock();
        try {
            Pending next = waiting.peek();
            if (next != null) {
                next.addGapBefore(more);
            }
            return next != null;
        } finally {
            lock.unlock();
        }
    }

    /** From here on what comes again stays here. */
    void begin() {
        lock.lock();
        try {
            running = true;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is delivered from here: what was not goes back as if it had not been taken. */
    void end() {
        List<Pending> rest;
        boolean isRefused;
        lock.lock();
        try {
            running = false;
            rest = List.copyOf(waiting);
            waiting.clear();
            isRefused = !rest.isEmpty() && !anyTaken;
        } finally {
            lock.unlock();
        }
        for (int i = rest.size() - 1; i >= 0; i--) {
            giveBack(rest.get(i));
        }
        if (!rest.isEmpty()) {
            feed.onGivenBack(isRefused);
        }
    }

    /** A broker has to be told that it is to deliver again; whatever else keeps messages here just keeps them. */
    private void giveBack(Pending pending) {
        if (source.isStored()) {
            source.putBack(pending);
        } else {
            source.putBackUnseen(pending);
        }
    }

    @Override
    public PgmDestination destination() {
        return source.destination();
    }

    @Override
    public boolean isStored() {
        return source.isStored();
    }

    /** The connection consumer has joined. */
    @Override
    public void join(PgmMessageConsumer consumer) {}

    /** The connection consumer leaves. */
    @Override
    public void leave(PgmMessageConsumer consumer) {}

    @Override
    public @Nullable Object take(PgmMessageConsumer taker) {
        lock.lock();
        try {
            Pending next = waiting.poll();
            anyTaken |= next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void putBack(Pending pending) {
        AssignedConsumer running = pending.consumer().session().assignments().running();
        if (source.isStored() || running == null || !running.addAgain(pending, feed)) {
            source.putBack(pending);
        }
    }

    /** All that was to be put back has been, so that the oldest is first. */
    @Override
    public void passTurn() {
        feed.onGivenBack(false);
    }

    /** One that comes again, before those that are here; false when nothing is delivered from here now. */
    boolean addAgain(Pending pending) {
        lock.lock();
        try {
            if (running) {
                waiting.addFirst(pending);
            }
            return running;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void acknowledged(Pending pending) {
        source.acknowledged(pending);
    }

    @Override
    public boolean isCutOff() {
        return false;
    }

    @Override
    public @Nullable Exception failure() {
        return source.failure();
    }
}
