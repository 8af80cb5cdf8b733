package org.pgmjms.provider.client;

import jakarta.jms.MessageListener;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what a connection consumer has loaded into a session to the session's own listener, as if it were one
 * consumer's. Jakarta Messaging 3.1, section 11.2. Owned by whoever runs the session.
 */
final class AssignedConsumer extends PgmMessageConsumer {
    private final AssignedMessages messages;
    private final ServerSessionFeed feed;

    /** One without messages. */
    AssignedConsumer(PgmSession session, AssignedMessages messages, ServerSessionFeed feed) {
        super(session, messages, MessageFilter.NONE);
        this.messages = messages;
        this.feed = feed;
    }

    /** One more message to deliver. */
    void add(Pending pending) {
        pending.handTo(this);
        messages.add(pending);
    }

    /** One message that comes again, first; false when it is none of this feed, or nothing is being delivered. */
    boolean addAgain(Pending pending, ServerSessionFeed of) {
        boolean isTaken = feed.equals(of) && messages.addAgain(pending);
        if (isTaken) {
            pending.handTo(this);
        }
        return isTaken;
    }

    /**
     * Delivers until there is nothing left, or nothing may be delivered any more; the rest goes back. What a broker has
     * handed out is not given back while the connection is stopped, as that would undo what else the session did there.
     */
    void run() {
        messages.begin();
        try {
            boolean more = messages.isWaiting();
            while (more) {
                more = deliverNext() && messages.isWaiting();
            }
        } finally {
            messages.end();
        }
    }

    private boolean deliverNext() {
        SessionDelivery delivery = session().delivery();
        return delivery.deliverTo(this, 1)
                || messages.isStored() && delivery.gate().awaitOpen() && delivery.deliverTo(this, 1);
    }

    /** Gives everything back without having delivered it. */
    void refuse() {
        messages.end();
    }

    @Override
    @Nullable MessageListener activeListener() {
        return session().assignments().listener();
    }

    /** The next message says so: of those that are here, or else of the connection consumer, whichever session gets it. */
    @Override
    void addGap(long more) {
        if (!messages.addGap(more)) {
            feed.addGap(more);
        }
    }
}
