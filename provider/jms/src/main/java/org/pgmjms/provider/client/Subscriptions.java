package org.pgmjms.provider.client;

import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTemporaryQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the consumers of a connection take from; checks that they may. */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final int MOST_TRIES = 10;

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
                                at -> at.createConsumer(broker.toBroker(queue, at), filter.selector())),
                        null);
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

    /** A kind of subscription that the companion broker keeps: how its consumer is made. */
    @FunctionalInterface
    interface Kept {
        MessageConsumer open(Session at, Topic topic, @Nullable String selector) throws JMSException;
    }

    /** A durable subscription, for one consumer more. */
    Subscription durable(@Nullable Destination destination, @Nullable String name, PgmSession session, Kept kind)
            throws JMSException {
        PgmTopic topic = topic(destination);
        Destinations.checkNoPattern(topic, "make a durable subscription");
        String checked = checkName(name, "A durable subscription");
        BrokerConnection broker = connection.broker();
        if (broker == null) {
            throw JmsExceptions.needsBroker("Durable subscription " + checked);
        }
        if (!connection.keeps(topic)) {
            throw JmsExceptions.notKept("Durable subscription " + checked);
        }
        return kept(topic, checked, session, kind, broker.watch());
    }

    private BrokerSubscription kept(
            PgmTopic topic, String name, PgmSession session, Kept kind, @Nullable StoreWatch watch) {
        return new BrokerSubscription(
                topic,
                session.broker(),
                connection.runtime().clock(),
                (broker, filter) -> broker.make(
                        "subscription " + name,
                        at -> kind.open(at, (Topic) broker.toBroker(topic, at), filter.selectorOfKept())),
                watch);
    }

    private static String checkName(@Nullable String name, String what) throws JMSException {
        if (name == null || name.isBlank()) {
            throw JmsExceptions.invalidArgument(what + " needs a name that is not blank: " + name);
        }
        return name;
    }

    /** A topic's subscription with a name, for one consumer more. */
    Subscription shared(
            @Nullable Destination destination, @Nullable String name, MessageFilter filter, PgmSession session)
            throws JMSException {
        PgmTopic topic = topic(destination);
        Destinations.checkNoPattern(topic, "share a subscription");
        String checked = checkName(name, "A shared subscription");
        if (connection.keeps(topic)) {
            return kept(
                    topic,
                    checked,
                    session,
                    (at, theirs, selector) -> sharedAtBroker(at, theirs, checked, selector),
                    null);
        }
        return connection.runtime().sharedSubscriptions().enter(connection, checked, topic, filter);
    }

    /** A broker may be ending the last subscription of this name, which then is gone before it has a consumer again. */
    private static MessageConsumer sharedAtBroker(Session at, Topic theirs, String name, @Nullable String selector)
            throws JMSException {
        for (int tries = 1; tries < MOST_TRIES; tries++) {
            try {
                return at.createSharedConsumer(theirs, name, selector);
            } catch (InvalidDestinationException e) {
                LOG.debug("Shared subscription {} was just ended, try {}", name, tries, e);
            }
        }
        return at.createSharedConsumer(theirs, name, selector);
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
