package org.pgmjms.provider.client;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTemporaryQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.destination.TopicPattern;
import org.pgmjms.provider.error.JmsExceptions;

/** Which destinations can be used for what. */
final class Destinations {
    /** What the names of temporary destinations begin with, and no others. */
    static final String TEMPORARY_PREFIX = "$tmp.";

    private static final String RESERVED = "$";

    private Destinations() {}

    /** One of this provider's; null and those of others are refused. */
    static PgmDestination ours(@Nullable Destination destination) throws JMSException {
        if (destination == null) {
            throw JmsExceptions.invalidDestination("The destination is null");
        }
        if (destination instanceof PgmDestination ours) {
            return ours;
        }
        throw JmsExceptions.invalidDestination("The destination is another provider's: "
                + destination.getClass().getName());
    }

    /** Something that the producers of a connection can send to. */
    static PgmDestination toPublish(@Nullable Destination destination, PgmConnection connection) throws JMSException {
        PgmDestination ours = carried(destination, connection);
        checkNoPattern(ours, "publish");
        return ours;
    }

    /** Refuses topics whose name has wildcards: they are for consumers with a subscription of their own. */
    static void checkNoPattern(PgmDestination destination, String purpose) throws JMSException {
        if (destination instanceof PgmTopic topic && topic.isPattern()) {
            throw JmsExceptions.invalidDestination(
                    "Topic " + topic + " has wildcards, with which nobody can " + purpose);
        }
    }

    /** Something that the consumers of a connection can take from. */
    static PgmDestination toSubscribe(@Nullable Destination destination, PgmConnection connection) throws JMSException {
        PgmDestination ours = carried(destination, connection);
        if (!ours.isTemporary() && ours.name().startsWith(TEMPORARY_PREFIX)) {
            throw JmsExceptions.invalidDestination(
                    "Only temporary destinations have names that begin with " + TEMPORARY_PREFIX + ": " + ours);
        }
        if (ours instanceof PgmTopic topic && topic.isPattern()) {
            checkPattern(topic);
        }
        return ours;
    }

    private static void checkPattern(PgmTopic topic) throws JMSException {
        if (topic.name().startsWith(RESERVED)) {
            throw JmsExceptions.invalidDestination(
                    "No wildcard matches names that begin with " + RESERVED + ": " + topic);
        }
        try {
            TopicPattern.parse(topic.name());
        } catch (IllegalArgumentException e) {
            throw JmsExceptions.with(e, JmsExceptions.invalidDestination(String.valueOf(e.getMessage())));
        }
    }

    /** Named queues are a companion broker's. */
    private static PgmDestination carried(@Nullable Destination destination, PgmConnection connection)
            throws JMSException {
        PgmDestination ours = ours(destination);
        if (isNamedQueue(ours) && connection.broker() == null) {
            throw JmsExceptions.needsBroker("Queue " + ours);
        }
        return ours;
    }

    /** Whether it is a queue that a broker keeps, if anyone. */
    static boolean isNamedQueue(PgmDestination destination) {
        return destination.kind() == PgmDestination.Kind.QUEUE;
    }

    /** The topic as which messages to a destination travel. */
    static PgmTopic carrier(PgmDestination destination) throws JMSException {
        if (destination instanceof PgmTopic topic) {
            return topic;
        }
        if (destination instanceof PgmTemporaryQueue queue) {
            return queue.carrier();
        }
        throw JmsExceptions.needsBroker("Queue " + destination);
    }
}
