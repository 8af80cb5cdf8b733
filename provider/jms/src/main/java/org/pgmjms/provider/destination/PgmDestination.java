package org.pgmjms.provider.destination;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import org.jspecify.annotations.Nullable;

/** A topic or a queue by its name. Immutable; safe for any thread. Jakarta Messaging 3.1, section 5.2. */
public abstract sealed class PgmDestination implements Destination, Serializable, Referenceable
        permits PgmTopic, PgmQueue {
    /** The longest name, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 255;

    @Serial
    private static final long serialVersionUID = 1;

    private final DestinationName name;

    PgmDestination(DestinationName name) {
        this.name = name;
    }

    /** The bare name: what was given, without attributes. */
    public final String name() {
        return name.bare();
    }

    /** What this is. */
    public abstract Kind kind();

    /** Whether it lives and ends with the connection that made it. */
    public final boolean isTemporary() {
        return kind() == Kind.TEMPORARY_TOPIC || kind() == Kind.TEMPORARY_QUEUE;
    }

    /** The first eight bytes of SHA-256 over the bare name in UTF-8: how the wire names a topic. */
    final long nameHash() {
        return name.hash();
    }

    /** What stands behind the name's question mark. */
    public final TopicAttributes attributes() {
        return name.attributes();
    }

    /** Whether it came from the network: then its attributes open only channels that the connection factory knows. */
    public final boolean isReceived() {
        return name.isReceived();
    }

    /** The name's bytes in UTF-8, a copy. */
    public final byte[] nameUtf8() {
        return name.utf8();
    }

    /** A destination of this kind with this bare name and no attributes. */
    public static PgmDestination of(Kind kind, String bareName) {
        return of(kind, DestinationName.bare(bareName));
    }

    /** A destination as the network names it: a bare name, in which nothing is parsed, and attributes. */
    public static PgmDestination received(Kind kind, String bareName, TopicAttributes attributes) {
        return of(kind, DestinationName.of(bareName, attributes, true));
    }

    private static PgmDestination of(Kind kind, DestinationName name) {
        return switch (kind) {
            case TOPIC -> new PgmTopic(name);
            case QUEUE -> new PgmQueue(name);
            case TEMPORARY_TOPIC -> new PgmTemporaryTopic(name, null);
            case TEMPORARY_QUEUE -> new PgmTemporaryQueue(name, null);
        };
    }

    /**
     * The destination itself, or ours with the name of another provider's; null when that has no name or is neither
     * topic nor queue. Something that is both a topic and a queue is taken for a topic.
     */
    public static @Nullable PgmDestination convert(Destination destination) {
        if (destination instanceof PgmDestination ours) {
            return ours;
        }
        try {
            if (destination instanceof Topic topic && topic.getTopicName() != null) {
                Kind kind = destination instanceof TemporaryTopic ? Kind.TEMPORARY_TOPIC : Kind.TOPIC;
                return of(kind, topic.getTopicName());
            }
            if (destination instanceof Queue queue && queue.getQueueName() != null) {
                Kind kind = destination instanceof TemporaryQueue ? Kind.TEMPORARY_QUEUE : Kind.QUEUE;
                return of(kind, queue.getQueueName());
            }
        } catch (JMSException | IllegalArgumentException e) {
            return null;
        }
        return null;
    }

    /**
     * Topics and queues are never equal; two of a kind are when their names are and their attributes name the same
     * group, port and format.
     */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof PgmDestination that && kind() == that.kind() && name.equals(that.name);
    }

    @Override
    public final int hashCode() {
        return name.hashCode();
    }

    /** Name and attributes, in the form the constructors take. */
    @Override
    public final String toString() {
        return name.text();
    }

    /**
     * What {@code jndi.PgmObjectFactory} makes this destination of again.
     *
     * @throws OperationNotSupportedException for a temporary destination, as it ends with its connection
     */
    @Override
    public final Reference getReference() throws NamingException {
        if (isTemporary()) {
            throw new OperationNotSupportedException(
                    "The temporary destination '" + name() + "' ends with its connection");
        }
        boolean topic = kind() == Kind.TOPIC;
        return new Reference(
                (topic ? PgmTopic.class : PgmQueue.class).getName(),
                new StringRefAddr(topic ? "topicName" : "queueName", name.text()),
                "org.pgmjms.provider.jndi.PgmObjectFactory",
                null);
    }

    @Serial
    final Object writeReplace() {
        return new SerialForm(kind(), name.bare(), name.attributes(), name.isReceived());
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("Destinations are written in another form");
    }

    /** The kinds of destination there are. */
    public enum Kind {
        /** A topic. */
        TOPIC,
        /** A queue. */
        QUEUE,
        /** A topic that ends with its connection. */
        TEMPORARY_TOPIC,
        /** A queue that ends with its connection. */
        TEMPORARY_QUEUE
    }

    /** Removes a temporary destination from the connection that made it. */
    @FunctionalInterface
    public interface Deletion {
        /** Removes {@code destination}, which must have no live consumer. */
        void delete(PgmDestination destination) throws JMSException;
    }

    private record SerialForm(Kind kind, String name, TopicAttributes attributes, boolean isReceived)
            implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        @Serial
        private Object readResolve() {
            return of(kind, DestinationName.of(name, attributes, isReceived));
        }
    }
}
