package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.LinkTopic;

/**
 * Where messages to one destination go: looked up once, kept by who sends there again. A connection keeps its channels as
 * long as it is open, and they refuse what comes later. Immutable, but for what the channel's link keeps here for itself.
 */
final class Route extends LinkTopic {
    private final PgmDestination destination;
    private final Links.Channel channel;
    private final boolean isOwnTemporary;
    private final long storedBy;

    private Route(
            PgmDestination destination, PgmTopic topic, Links.Channel channel, boolean isOwnTemporary, long storedBy) {
        super(topic);
        this.destination = destination;
        this.channel = channel;
        this.isOwnTemporary = isOwnTemporary;
        this.storedBy = storedBy;
    }

    /** Looks it up; opens the channel at its first use. */
    static Route to(PgmDestination destination, PgmConnection connection) throws JMSException {
        connection.temporaries().checkNotDeleted(destination);
        PgmTopic topic = Destinations.carrier(destination);
        return new Route(
                destination,
                topic,
                connection.channel(topic),
                connection.temporaries().hasMade(destination),
                connection.keeperOf(topic));
    }

    /** Where to, as the application says it. */
    PgmDestination destination() {
        return destination;
    }

    /** The broker that keeps its messages, too; 0 for none. */
    long storedBy() {
        return storedBy;
    }

    /** What carries it. */
    Links.Channel channel() {
        return channel;
    }

    /** Whether the connection has made the destination, and may have deleted it. */
    boolean isOwnTemporary() {
        return isOwnTemporary;
    }
}
