package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;

/**
 * Where messages to one destination go: looked up once, kept by who sends there again. A connection keeps its channels as
 * long as it is open, and they refuse what comes later. Immutable.
 *
 * @param destination where to, as the application says it
 * @param topic as which it travels
 * @param channel what carries it
 * @param isOwnTemporary whether the connection has made the destination, and may have deleted it
 */
record Route(PgmDestination destination, PgmTopic topic, Links.Channel channel, boolean isOwnTemporary) {
    /** Looks it up; opens the channel at its first use. */
    static Route to(PgmDestination destination, PgmConnection connection) throws JMSException {
        connection.temporaries().checkNotDeleted(destination);
        PgmTopic topic = Destinations.carrier(destination);
        return new Route(
                destination,
                topic,
                connection.channel(topic),
                connection.temporaries().hasMade(destination));
    }
}
