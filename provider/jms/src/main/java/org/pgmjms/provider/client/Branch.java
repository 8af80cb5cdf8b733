package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * What one branch of a global transaction has sent to groups and got from them; the rest of it is the broker's. All
 * sessions that join it share it. Safe for any thread.
 */
final class Branch {
    private final Xid xid;
    private final XAResource theirs;
    private final Transaction transaction;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    /** What each session that took part got, but for a session that is in the branch now. */
    private final Map<PgmXaResource, List<Pending>> delivered = new LinkedHashMap<>();

    private final List<Links> held = new ArrayList<>();
    private State state = State.OPEN;
    private boolean failed;
    private boolean onlyHere;

    private enum State {
        OPEN,
        PREPARED,
        OVER
    }

    /** A branch that begins, at the broker that a session leads to. */
    Branch(Xid xid, XAResource theirs, Transaction transaction) {
        this.xid = xid;
        this.theirs = theirs;
        this.transaction = transaction;
    }

    Xid xid() {
        return xid;
    }

    /** Any session's way to its broker. */
    XAResource theirs() {
        return theirs;
    }

    Transaction transaction() {
        return transaction;
    }

    /** A session begins to work for it; answers what the session got before. */
    List<Pending> enter(PgmXaResource session) {
        lock.lock();
        try {
            List<Pending> before = delivered.put(session, List.of());
            return before == null ? List.of() : before;
        } finally {
            lock.unlock();
        }
    }

    /** A session no longer works for it; false when the branch is over, so that somebody else has to take what it got. */
    boolean leave(PgmXaResource session, List<Pending> got) {
        lock.lock();
        try {
            if (state != State.OVER) {
                delivered.put(session, got);
            }
            return state != State.OVER;
        } finally {
            lock.unlock();
        }
    }

    /** From here on it can only be rolled back. */
    void markFailed() {
        lock.lock();
        try {
            failed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Sets room aside for all that was sent; the connections' transports stay open until that ends. */
    void prepare() throws JMSException {
        lock.lock();
        try {
            if (failed) {
                throw JmsExceptions.rolledBack("The branch had failed: it was rolled back", null);
            }
            transaction.prepare();
            delivered.keySet().forEach(session -> held.add(session.links()));
            held.forEach(Links::hold);
            state = State.PREPARED;
        } finally {
            lock.unlock();
        }
    }

    /** Undoes {@link #prepare}. */
    void release() {
        lock.lock();
        try {
            transaction.release();
            letGo();
            state = State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    private void letGo() {
        held.forEach(Links::letGo);
        held.clear();
    }

    boolean isPrepared() {
        lock.lock();
        try {
            return state == State.PREPARED;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a session takes part in it and it is not prepared. */
    boolean isOpenFor(PgmXaResource session) {
        lock.lock();
        try {
            return state == State.OPEN && delivered.containsKey(session);
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing was sent to groups and nothing got from them. */
    boolean isEmpty() {
        lock.lock();
        try {
            return transaction.isEmpty() && delivered.values().stream().allMatch(List::isEmpty);
        } finally {
            lock.unlock();
        }
    }

    /** The broker had nothing to do for it and has forgotten it. */
    void goOnWithoutBroker() {
        lock.lock();
        try {
            onlyHere = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the broker still knows of it. */
    boolean isAtBroker() {
        lock.lock();
        try {
            return !onlyHere;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: sends what was prepared, and acknowledges. */
    void commit() {
        lock.lock();
        try {
            transaction.publishPrepared();
            delivered.values().forEach(SessionDelivery::acknowledge);
            end();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: forgets what was sent, and delivers again. */
    void rollback() {
        Map<PgmXaResource, List<Pending>> again;
        lock.lock();
        try {
            again = new LinkedHashMap<>(delivered);
            end();
        } finally {
            lock.unlock();
        }
        again.forEach(PgmXaResource::deliverAgain);
    }

    private void end() {
        transaction.clear();
        delivered.clear();
        letGo();
        state = State.OVER;
    }
}
