package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.ServerSession;
import jakarta.jms.ServerSessionPool;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Hands over what a companion broker keeps. Only the session that has taken a message there can acknowledge it, and it
 * acknowledges all that it has taken: so the message is taken by the session that will deliver it, one at a time, through a
 * consumer there that is closed at once, as its client would keep from the other sessions what it has fetched ahead.
 */
final class BrokerFeed extends ServerSessionFeed {
    private final BrokerSubscription subscription;
    private final boolean endsWithoutConsumer;

    // The feed's thread.
    private @Nullable BrokerSubscription keptOpen;

    /** Waits for a message in a session of the pool. */
    private volatile @Nullable PgmMessageConsumer waiting;

    /**
     * One that takes nothing before it runs.
     *
     * @param subscription what {@code own} has, which says what the sessions take from
     * @param endsWithoutConsumer whether the broker forgets the subscription when there is no consumer
     */
    BrokerFeed(
            PgmMessageConsumer own,
            BrokerSubscription subscription,
            ServerSessionPool pool,
            boolean endsWithoutConsumer) {
        super(own, pool);
        this.subscription = subscription;
        this.endsWithoutConsumer = endsWithoutConsumer;
        if (endsWithoutConsumer) {
            keptOpen = subscription;
        } else {
            subscription.release();
        }
    }

    @Override
    void feedOnce() throws JMSException {
        ServerSession server = serverSession();
        if (server == null) {
            return;
        }
        PgmSession to = sessionOf(server);
        AssignedConsumer load = null;
        try {
            load = loaded(to);
        } finally {
            if (load == null) {
                server.start();
            }
        }
        if (load != null) {
            handOver(server, to, load);
        }
    }

    /** Waits until the session has taken a message; null when it or the feed was closed. */
    private @Nullable AssignedConsumer loaded(PgmSession to) throws JMSException {
        if (to.assignments().listener() == null) {
            throw noListener();
        }
        if (to.isXa()) {
            throw JmsExceptions.illegalState(
                    "The session of a ServerSession takes part in global transactions: what the"
                            + " companion broker keeps would be acknowledged before one begins");
        }
        BrokerSubscription from = subscription.in(to.broker());
        PgmMessageConsumer taker = new PgmMessageConsumer(to, from, own().filter());
        from.join(taker);
        try {
            release(keptOpen);
            keptOpen = endsWithoutConsumer ? from : null;
            waiting = taker;
            Pending taken = isClosed() ? null : to.delivery().awaitToHandOn(taker);
            if (taken == null) {
                return null;
            }
            AssignedConsumer load = new AssignedConsumer(to, new AssignedMessages(from, this), this);
            load.add(taken);
            return load;
        } finally {
            waiting = null;
            if (!endsWithoutConsumer || isClosed()) {
                from.release();
            }
        }
    }

    private static void release(@Nullable BrokerSubscription open) {
        if (open != null) {
            open.release();
        }
    }

    @Override
    void onClose() {
        PgmMessageConsumer taker = waiting;
        if (taker != null) {
            taker.closeWithSession();
            taker.session().delivery().wake();
        }
    }

    @Override
    void onEnd() {
        release(keptOpen);
    }
}
