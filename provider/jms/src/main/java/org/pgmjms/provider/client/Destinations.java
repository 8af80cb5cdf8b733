package org.pgmjms.provider.client;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;

/** Which destinations can be used for what. */
final class Destinations {
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

    /** A topic that can be published to. */
    static PgmTopic toPublish(@Nullable Destination destination) throws JMSException {
        PgmTopic topic = topic(ours(destination));
        if (topic.isPattern()) {
            throw JmsExceptions.invalidDestination("Nothing can be published to a pattern of topics: " + topic);
        }
        return topic;
    }

    /** A topic that can be subscribed to. */
    static PgmTopic toSubscribe(@Nullable Destination destination) throws JMSException {
        return topic(ours(destination));
    }

    private static PgmTopic topic(PgmDestination destination) throws JMSException {
        if (destination instanceof PgmTopic topic && !topic.isTemporary()) {
            return topic;
        }
        if (destination instanceof PgmQueue queue && !queue.isTemporary()) {
            throw JmsExceptions.needsBroker("Queue " + queue);
        }
        throw JmsExceptions.notYet("A temporary destination (" + destination + ")");
    }
}
