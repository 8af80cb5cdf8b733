package org.pgmjms.provider.client;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTemporaryQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;

/** What the consumers of a connection take from; checks that they may. */
final class Subscriptions {
    private final PgmConnection connection;

    Subscriptions(PgmConnection connection) {
        this.connection = connection;
    }

    /** A topic's subscription for one consumer, or the store that the consumers of a temporary queue have in common. */
    Subscription to(@Nullable Destination destination) throws JMSException {
        return Destinations.toSubscribe(destination) instanceof PgmTemporaryQueue queue
                ? connection.temporaries().store(queue)
                : toTopic(destination);
    }

    /** A topic's subscription for one consumer. */
    TopicSubscription toTopic(@Nullable Destination destination) throws JMSException {
        return new TopicSubscription(topic(destination), connection);
    }

    /** A topic's subscription with a name, for one consumer more. */
    SharedSubscription shared(@Nullable Destination destination, @Nullable String name, MessageFilter filter)
            throws JMSException {
        PgmTopic topic = topic(destination);
        Destinations.checkNoPattern(topic, "share a subscription");
        if (name == null || name.isBlank()) {
            throw JmsExceptions.invalidArgument("A shared subscription needs a name that is not blank: " + name);
        }
        return connection.runtime().sharedSubscriptions().enter(connection, name, topic, filter);
    }

    private PgmTopic topic(@Nullable Destination destination) throws JMSException {
        PgmDestination ours = Destinations.toSubscribe(destination);
        if (!(ours instanceof PgmTopic topic)) {
            throw JmsExceptions.invalidDestination(ours + " is not a topic");
        }
        if (topic.isTemporary()) {
            connection.temporaries().checkOwn(topic);
        }
        return topic;
    }

    /** The messages of a temporary queue that this connection made. */
    TemporaryQueueStore store(@Nullable Destination queue) throws JMSException {
        if (Destinations.toSubscribe(queue) instanceof PgmTemporaryQueue temporary) {
            return connection.temporaries().store(temporary);
        }
        throw JmsExceptions.invalidDestination(queue + " is not a queue");
    }
}
