package org.pgmjms.provider.client;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTemporaryQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;

/** Which destinations can be used for what. */
final class Destinations {
    /** What the names of temporary destinations begin with, and no others. */
    static final String TEMPORARY_PREFIX = "$tmp.";

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

    /** Something that can be sent to: a topic or a temporary queue. */
    static PgmDestination toPublish(@Nullable Destination destination) throws JMSException {
        PgmDestination ours = carried(destination);
        if (ours instanceof PgmTopic topic && topic.isPattern()) {
            throw JmsExceptions.invalidDestination("Nothing can be published to a pattern of topics: " + topic);
        }
        return ours;
    }

    /** Something that can be consumed from: a topic or a temporary queue. */
    static PgmDestination toSubscribe(@Nullable Destination destination) throws JMSException {
        PgmDestination ours = carried(destination);
        if (!ours.isTemporary() && ours.name().startsWith(TEMPORARY_PREFIX)) {
            throw JmsExceptions.invalidDestination(
                    "Only temporary destinations have names that begin with " + TEMPORARY_PREFIX + ": " + ours);
        }
        return ours;
    }

    private static PgmDestination carried(@Nullable Destination destination) throws JMSException {
        PgmDestination ours = ours(destination);
        if (ours instanceof PgmQueue queue && !queue.isTemporary()) {
            throw JmsExceptions.needsBroker("Queue " + queue);
        }
        return ours;
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
