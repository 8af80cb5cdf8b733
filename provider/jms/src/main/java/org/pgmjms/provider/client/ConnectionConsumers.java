package org.pgmjms.provider.client;

import jakarta.jms.ConnectionConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/** The connection consumers of a connection. Safe for any thread. */
final class ConnectionConsumers {
    private final PgmConnection connection;
    private final List<PgmConnectionConsumer> open = new CopyOnWriteArrayList<>();

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
            open.add(consumer);
            consumer.start();
            made = true;
            return consumer;
        } finally {
            if (!made) {
                session.closeNow();
            }
        }
    }

    long nowNs() {
        return connection.runtime().clock().nowNs();
    }

    long closeTimeoutNs() {
        return connection.settings().closeTimeoutNs();
    }

    void remove(PgmConnectionConsumer closed) {
        open.remove(closed);
    }

    /** Closes all that there are. */
    void close() {
        open.forEach(PgmConnectionConsumer::close);
    }
}
