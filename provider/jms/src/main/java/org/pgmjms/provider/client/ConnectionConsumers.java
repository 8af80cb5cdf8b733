package org.pgmjms.provider.client;

import jakarta.jms.ConnectionConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/** The connection consumers of a connection. Safe for any thread. */
final class ConnectionConsumers {
    private final PgmConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<PgmConnectionConsumer> open = new ArrayList<>();
    private boolean closed;

    ConnectionConsumers(PgmConnection connection) {
        this.connection = connection;
    }

    /** Makes the consumer that stands for a connection consumer; all checks of its arguments are those for consumers. */
    @FunctionalInterface
    interface Making {
        MessageConsumer in(Session session) throws JMSException;
    }

    /** One whose subscription is another kind than {@link #ofShared} has. */
    ConnectionConsumer of(Making making, @Nullable ServerSessionPool pool, int maxMessages) throws JMSException {
        return open(making, pool, maxMessages, false);
    }

    /** One with a shared non-durable subscription, which ends with its last consumer. */
    ConnectionConsumer ofShared(Making making, @Nullable ServerSessionPool pool, int maxMessages) throws JMSException {
        return open(making, pool, maxMessages, true);
    }

    private ConnectionConsumer open(
            Making making, @Nullable ServerSessionPool pool, int maxMessages, boolean endsWithoutConsumer)
            throws JMSException {
        connection.use();
        PgmSession session = connection.contextSession(Session.AUTO_ACKNOWLEDGE);
        boolean made = false;
        try {
            PgmMessageConsumer own = (PgmMessageConsumer) making.in(session);
            if (pool == null) {
                throw JmsExceptions.invalidArgument("A connection consumer needs a ServerSessionPool");
            }
            if (maxMessages < 1) {
                throw JmsExceptions.invalidArgument("maxMessages has to be at least 1: " + maxMessages);
            }
            ServerSessionFeed feed = own.subscription() instanceof BrokerSubscription subscription
                    ? new BrokerFeed(own, subscription, pool, endsWithoutConsumer)
                    : new GroupFeed(own, pool, maxMessages);
            SerialLane lane = connection.runtime().workers().lane(connection.nextSessionName() + "-feed");
            PgmConnectionConsumer consumer = new PgmConnectionConsumer(this, pool, feed, lane);
            start(consumer);
            made = true;
            return consumer;
        } finally {
            if (!made) {
                session.closeNow();
            }
        }
    }

    /** Either {@link #close} sees it, or it is not started. */
    private void start(PgmConnectionConsumer consumer) throws JMSException {
        lock.lock();
        try {
            if (closed) {
                throw JmsExceptions.closed("connection");
            }
            open.add(consumer);
            consumer.start();
        } finally {
            lock.unlock();
        }
    }

    long nowNs() {
        return connection.runtime().clock().nowNs();
    }

    long closeTimeoutNs() {
        return connection.settings().closeTimeoutNs();
    }

    void remove(PgmConnectionConsumer ended) {
        lock.lock();
        try {
            open.remove(ended);
        } finally {
            lock.unlock();
        }
    }

    /** Closes all that there are; no other one begins. */
    void close() {
        List<PgmConnectionConsumer> last;
        lock.lock();
        try {
            closed = true;
            last = List.copyOf(open);
        } finally {
            lock.unlock();
        }
        last.forEach(PgmConnectionConsumer::close);
    }
}
