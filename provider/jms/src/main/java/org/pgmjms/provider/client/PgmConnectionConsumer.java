package org.pgmjms.provider.client;

import jakarta.jms.ConnectionConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.ServerSessionPool;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Hands the messages of one destination to the sessions of an application server's pool. Jakarta Messaging 3.1, section
 * 11.2. Has one thread, which is the connection's. Safe for any thread.
 */
final class PgmConnectionConsumer implements ConnectionConsumer {
    private final ConnectionConsumers open;
    private final ServerSessionPool pool;
    private final ServerSessionFeed feed;
    private final SerialLane lane;
    private volatile boolean closed;

    PgmConnectionConsumer(ConnectionConsumers open, ServerSessionPool pool, ServerSessionFeed feed, SerialLane lane) {
        this.open = open;
        this.pool = pool;
        this.feed = feed;
        this.lane = lane;
    }

    /** Begins to hand over, as far as the connection is started. */
    void start() {
        lane.execute(() -> {
            try {
                feed.run();
            } finally {
                lane.close(0);
            }
        });
    }

    @Override
    public ServerSessionPool getServerSessionPool() throws JMSException {
        if (closed) {
            throw JmsExceptions.closed("connection consumer");
        }
        return pool;
    }

    /**
     * Takes nothing more, and loads nothing more into any session once this returns. What sessions have been loaded with
     * is still delivered. Waits for neither their listeners nor the pool. From any thread.
     */
    @Override
    public void close() {
        closed = true;
        if (feed.close()) {
            lane.close(open.nowNs() + open.closeTimeoutNs());
        }
        open.remove(this);
    }
}
