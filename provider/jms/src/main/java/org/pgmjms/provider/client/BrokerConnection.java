package org.pgmjms.provider.client;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.error.JmsExceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection's own connection to the companion broker: made when it is first needed, started, stopped and closed with
 * it. When it fails, what was made with it is of no use any more, and the next session makes another one. Safe for any
 * thread; starting and stopping does not wait for somebody who connects.
 */
final class BrokerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);

    private final BrokerAccess access;
    private final PgmConnection owner;
    private final StoreWatch watch;
    /** One attempt to connect at a time. */
    private final ReentrantLock connecting = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private @Nullable Live live;
    /** What has failed: closed before there is another one, as the broker may still know it by the client identifier. */
    private @Nullable Live failed;

    private boolean started;
    private boolean closed;

    BrokerConnection(BrokerAccess access, PgmConnection owner) {
        this.access = access;
        this.owner = owner;
        this.watch = new StoreWatch(owner, access.broker());
    }

    /** One connection to the broker, and whether it has failed. */
    static final class Live {
        private final Connection connection;
        private volatile @Nullable JMSException failure;

        Live(Connection connection) {
            this.connection = connection;
        }

        /** A session of the broker, an {@code XASession} for global transactions. */
        Session session(AckMode mode) throws JMSException {
            return switch (mode) {
                case TRANSACTED -> connection.createSession(Session.SESSION_TRANSACTED);
                case GLOBAL -> ((XAConnection) connection).createXASession();
                case AUTO, CLIENT, DUPS_OK -> connection.createSession(Session.CLIENT_ACKNOWLEDGE);
            };
        }

        /** Why it is of no use any more, or null. */
        @Nullable JMSException failure() {
            return failure;
        }
    }

    /** What destinations are called there. */
    CompanionBroker broker() {
        return access.broker();
    }

    /** Who looks out for messages that the durable consumers of the connection should get and will not. */
    StoreWatch watch() {
        return watch;
    }

    /** The connection; made now if there is none. */
    Live live() throws JMSException {
        connecting.lock();
        try {
            Live known = known();
            if (known == null) {
                close(takeFailed());
                known = connect();
            }
            return known;
        } finally {
            connecting.unlock();
        }
    }

    private @Nullable Live known() throws JMSException {
        lock.lock();
        try {
            if (closed) {
                throw JmsExceptions.closed("connection");
            }
            return live;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Live takeFailed() {
        lock.lock();
        try {
            Live last = failed;
            failed = null;
            return last;
        } finally {
            lock.unlock();
        }
    }

    private Live connect() throws JMSException {
        Live made = new Live(opened());
        boolean taken = false;
        try {
            made.connection.setExceptionListener(cause -> onFailed(made, cause));
            lock.lock();
            try {
                if (closed) {
                    throw JmsExceptions.closed("connection");
                }
                if (made.failure != null) {
                    throw JmsExceptions.brokerFailed("The companion broker failed at once", made.failure);
                }
                if (started) {
                    made.connection.start();
                }
                live = made;
                taken = true;
                return made;
            } finally {
                lock.unlock();
            }
        } finally {
            if (!taken) {
                close(made);
            }
        }
    }

    private Connection opened() throws JMSException {
        try {
            return access.connect(owner.getClientID());
        } catch (JMSException e) {
            throw JmsExceptions.ofBroker("The companion broker cannot be reached", e);
        }
    }

    /** The connection has broken down: told once, and to every session that uses it; unless it goes on by itself. */
    void onFailed(Live broken, JMSException cause) {
        if (access.broker().goesOnAfter(cause)) {
            LOG.warn("The connection to the companion broker broke and is made anew", cause);
            return;
        }
        lock.lock();
        try {
            if (broken.failure != null || closed) {
                return;
            }
            broken.failure = cause;
            if (broken.equals(live)) {
                live = null;
                failed = broken;
            }
        } finally {
            lock.unlock();
        }
        owner.onBrokerFailed(JmsExceptions.brokerFailed("The companion broker failed: " + cause.getMessage(), cause));
    }

    /** What it keeps may be delivered. */
    void start() {
        change(true);
    }

    /** Nothing of what it keeps is delivered. */
    void stop() {
        change(false);
    }

    private void change(boolean start) {
        lock.lock();
        try {
            started = start;
            if (live != null && start) {
                live.connection.start();
            } else if (live != null) {
                live.connection.stop();
            }
        } catch (JMSException e) {
            LOG.debug("The companion broker's connection cannot be started or stopped", e);
        } finally {
            lock.unlock();
        }
    }

    /** Ends it, and lets go of the broker. */
    void close() {
        Live last;
        lock.lock();
        try {
            closed = true;
            last = live;
            live = null;
        } finally {
            lock.unlock();
        }
        close(last);
        close(takeFailed());
        access.broker().close();
    }

    private static void close(@Nullable Live live) {
        try {
            if (live != null) {
                live.connection.close();
            }
        } catch (JMSException e) {
            LOG.debug("The companion broker's connection cannot be closed", e);
        }
    }
}
