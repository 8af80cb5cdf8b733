package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.ServerSession;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * How the messages of a connection consumer come into the sessions of its pool. Jakarta Messaging 3.1, section 11.2. What
 * goes wrong in the pool is told to the connection's {@code ExceptionListener}, and tried again after a pause: no message
 * is lost by it. Run by a thread of its own, which may wait in the pool for any time and holds nothing meanwhile; other
 * methods are safe for any thread.
 */
abstract class ServerSessionFeed implements Runnable {
    /** Between one failure and the next try. */
    private static final long PAUSE_NS = 1_000_000_000;
    /** After a session did not want what was loaded. */
    private static final long REFUSED_PAUSE_NS = 20_000_000;

    private final PgmConnection connection;
    private final PgmMessageConsumer own;
    private final ServerSessionPool pool;
    private final Signal signal = new Signal();
    /** Held while messages are being loaded and a session started. */
    private final ReentrantLock handing = new ReentrantLock();

    private final ReentrantLock gapLock = new ReentrantLock();
    private long gap;
    private volatile boolean refused;
    private volatile boolean inPool;
    private volatile boolean closed;

    /**
     * A feed that does nothing yet.
     *
     * @param own the consumer that stands for the connection consumer, in a session that nobody else sees
     */
    ServerSessionFeed(PgmMessageConsumer own, ServerSessionPool pool) {
        this.connection = own.session().connection();
        this.own = own;
        this.pool = pool;
    }

    /** Waits for a message and for a session, and brings them together; does nothing when it is closed meanwhile. */
    abstract void feedOnce() throws JMSException;

    /** It was closed, and may wait somewhere else; called by who closes it. */
    void onClose() {}

    /** It has ended; called by its thread. */
    void onEnd() {}

    PgmMessageConsumer own() {
        return own;
    }

    boolean isClosed() {
        return closed || own.isClosed();
    }

    @Override
    public final void run() {
        while (!isClosed()) {
            try {
                feedOnce();
            } catch (JMSException | RuntimeException e) {
                onTrouble(e);
            }
            if (refused) {
                refused = false;
                pause(REFUSED_PAUSE_NS);
            }
        }
        onEnd();
    }

    private void onTrouble(Exception cause) {
        if (Thread.interrupted() || isClosed()) {
            return;
        }
        if (isOver()) {
            closed = true;
            return;
        }
        connection
                .notices()
                .onException(
                        cause instanceof JMSException told
                                ? told
                                : JmsExceptions.with(
                                        cause, JmsExceptions.illegalState("A ServerSessionPool failed: " + cause)));
        pause(PAUSE_NS);
    }

    /** Whether nothing more can come, of which the connection has been told. */
    private boolean isOver() {
        return own.subscription().failure() != null;
    }

    private void pause(long pauseNs) {
        ClientClock clock = connection.runtime().clock();
        long untilNs = clock.nowNs() + pauseNs;
        signal.prepare();
        while (!isClosed() && untilNs - clock.nowNs() > 0) {
            signal.awaitUntil(clock, untilNs);
        }
        signal.done();
    }

    /** A server session; null when the feed was closed meanwhile, and it has been given back. */
    final @Nullable ServerSession serverSession() throws JMSException {
        inPool = true;
        ServerSession server;
        try {
            server = isClosed() ? null : pool.getServerSession();
        } finally {
            inPool = false;
        }
        if (server == null && !isClosed()) {
            throw JmsExceptions.illegalState("The pool " + pool.getClass().getName() + " answered no ServerSession");
        }
        if (server != null && isClosed()) {
            server.start();
            return null;
        }
        return server;
    }

    /** The session of a server session, which has to be one of the same connection. */
    final PgmSession sessionOf(ServerSession server) throws JMSException {
        Session session = server.getSession();
        if (!(session instanceof PgmSession ours)) {
            throw JmsExceptions.illegalState("The session of a ServerSession is another provider's: "
                    + (session == null ? "null" : session.getClass().getName()));
        }
        if (!ours.connection().equals(connection)) {
            throw JmsExceptions.illegalState("The session of a ServerSession is another connection's");
        }
        return ours;
    }

    /** Loads messages and starts the server session; when that fails they go back. */
    final void handOver(ServerSession server, PgmSession to, AssignedConsumer messages) throws JMSException {
        boolean isAssigned = false;
        boolean isStarted = false;
        handing.lock();
        try {
            if (to.assignments().listener() == null) {
                throw noListener();
            }
            if (!closed) {
                to.assignments().assign(messages);
                isAssigned = true;
            }
            server.start();
            isStarted = isAssigned;
        } finally {
            if (!isStarted && (!isAssigned || to.assignments().withdraw(messages))) {
                messages.refuse();
            }
            handing.unlock();
        }
    }

    /** For a session that has nobody to deliver to. */
    static JMSException noListener() {
        return JmsExceptions.illegalState("The session of a ServerSession has no message listener");
    }

    /** Messages of the connection consumer came back: at once when a session did not take any. */
    final void onGivenBack(boolean isRefused) {
        refused |= isRefused;
        own.session().delivery().wake();
    }

    /** So many messages were given up before the next one. */
    final void addGap(long more) {
        gapLock.lock();
        try {
            gap = GapCount.sum(gap, more);
        } finally {
            gapLock.unlock();
        }
    }

    /** What was given up since this was called last. */
    final long takeGap() {
        gapLock.lock();
        try {
            long before = gap;
            gap = 0;
            return before;
        } finally {
            gapLock.unlock();
        }
    }

    /** Takes nothing more, and hands nothing over any more when this returns; whether the thread is about to end. */
    final boolean close() {
        closed = true;
        signal.announce();
        onClose();
        own.session().closeNow();
        handing.lock();
        try {
            return !inPool;
        } finally {
            handing.unlock();
        }
    }
}
