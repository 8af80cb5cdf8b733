package org.pgmjms.provider.destination;

import jakarta.jms.Topic;
import java.io.Serial;

/**
 * A topic by its name. Immutable; safe for any thread. Jakarta Messaging 3.1, section 4.2.4.
 *
 * <p>Its text is {@code name[?attributes]}, for example {@code quotes.us?group=239.192.7.1&port=7501&format=raw}:
 * {@link TopicAttributes}. With {@code format=raw} messages are bare PGM APDUs, with {@code format=zmq} those of ZeroMQ:
 * readable and writable by programs that are not Jakarta Messaging clients.
 */
public sealed class PgmTopic extends PgmDestination implements Topic permits PgmTemporaryTopic {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * A topic with this name and these attributes.
     *
     * @throws IllegalArgumentException if the name is empty or too long, or an attribute unknown or wrong
     */
    public PgmTopic(String text) {
        this(DestinationName.parse(text));
    }

    PgmTopic(DestinationName name) {
        super(name);
    }

    /** The bare name, without attributes. */
    @Override
    public final String getTopicName() {
        return name();
    }

    @Override
    public Kind kind() {
        return Kind.TOPIC;
    }

    /** The topic's number on the wire: the first eight bytes of SHA-256 over the bare name in UTF-8. */
    public final long topicId() {
        return nameHash();
    }

    /** The topic with this bare name, in which nothing is parsed, and the attributes of this one. */
    public final PgmTopic withName(String bareName) {
        return new PgmTopic(DestinationName.of(bareName, attributes(), isReceived()));
    }

    /** Whether consumers take all topics that the name matches: one of its levels is {@code *} or {@code >}. */
    public final boolean isPattern() {
        return TopicPattern.hasWildcard(name());
    }
}
