package org.pgmjms.provider.client;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTemporaryQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;

/** What the consumers of a connection take from; checks that they may. */
final class Subscriptions {
    private final PgmConnection connection;

    Subscriptions(PgmConnection connection) {
        this.connection = connection;
    }

    /** What a consumer of a session takes from a topic or a queue. */
    Subscription to(@Nullable Destination destination, PgmSession session) throws JMSException {
        return Destinations.toSubscribe(destination, connection) instanceof PgmQueue
                ? toQueue(destination, session)
                : toTopic(destination);
    }

    /** The store that the consumers of a temporary queue have in common, or what one takes from the companion broker. */
    Subscription toQueue(@Nullable Destination destination, PgmSession session) throws JMSException {
        PgmQueue queue = queue(destination);
        return queue instanceof PgmTemporaryQueue temporary
                ? connection.temporaries().store(temporary)
                : new BrokerSubscription(
                        queue,
                        session.broker(),
                        connection.runtime().clock(),
                        (broker, filter) -> broker.make(
                                "a consumer of queue " + queue,
                                at -> at.createConsumer(broker.toBroker(queue, at), filter.selector())));
    }

    /** Something that looks at what waits in a queue. */
    QueueBrowser browser(@Nullable Destination destination, PgmSession session, MessageFilter filter)
            throws JMSException {
        PgmQueue queue = queue(destination);
        return queue instanceof PgmTemporaryQueue temporary
                ? new PgmQueueBrowser(session, connection.temporaries().store(temporary), filter)
                : BrokerQueueBrowser.of(queue, session, filter);
    }

    private PgmQueue queue(@Nullable Destination destination) throws JMSException {
        if (Destinations.toSubscribe(destination, connection) instanceof PgmQueue queue) {
            return queue;
        }
        throw JmsExceptions.invalidDestination(destination + " is not a queue");
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
        PgmDestination ours = Destinations.toSubscribe(destination, connection);
        if (!(ours instanceof PgmTopic topic)) {
            throw JmsExceptions.invalidDestination(ours + " is not a topic");
        }
        if (topic.isTemporary()) {
            connection.temporaries().checkOwn(topic);
        }
        return topic;
    }
}
