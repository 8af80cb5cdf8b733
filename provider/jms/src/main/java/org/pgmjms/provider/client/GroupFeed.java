package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.ServerSession;
import jakarta.jms.ServerSessionPool;
import org.jspecify.annotations.Nullable;

/**
 * Hands over what the group carries: the connection consumer takes from one subscription, as a consumer does, and loads
 * as much as waits and is allowed. A message is in its hands at most while the pool has no session.
 */
final class GroupFeed extends ServerSessionFeed {
    private final int maxMessages;

    /** One that loads at most so many messages at a time. */
    GroupFeed(PgmMessageConsumer own, ServerSessionPool pool, int maxMessages) {
        super(own, pool);
        this.maxMessages = maxMessages;
    }

    @Override
    void feedOnce() throws JMSException {
        Pending first = own().session().delivery().awaitToHandOn(own());
        if (first == null) {
            return;
        }
        ServerSession server = null;
        PgmSession to = null;
        try {
            server = serverSession();
            to = server == null ? null : sessionOf(server);
        } finally {
            if (to == null) {
                own().subscription().putBackUnseen(first);
            }
        }
        if (server != null && to != null) {
            handOver(server, to, loaded(to, first));
        }
    }

    private AssignedConsumer loaded(PgmSession to, Pending first) throws JMSException {
        AssignedConsumer load = new AssignedConsumer(to, new AssignedMessages(own().subscription(), this), this);
        first.addGapBefore(takeGap());
        @Nullable Pending next = first;
        for (int i = 1; next != null; i++) {
            load.add(next);
            next = i < maxMessages ? own().session().delivery().takeToHandOn(own()) : null;
        }
        return load;
    }
}
