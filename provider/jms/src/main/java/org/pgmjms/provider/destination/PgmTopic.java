package org.pgmjms.provider.destination;

import jakarta.jms.Topic;
import java.io.Serial;

/**
 * A topic by its name. Immutable; safe for any thread. Jakarta Messaging 3.1, section 4.2.4.
 *
 * <p>Its text is {@code name[?format=raw]}: with {@code format=raw} messages are bare PGM APDUs, readable and writable
 * by programs that are not Jakarta Messaging clients.
 */
public sealed class PgmTopic extends PgmDestination implements Topic permits PgmTemporaryTopic {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * A topic with this name and these attributes.
     *
     * @throws IllegalArgumentException if the name is empty or too long, or an attribute is unknown
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

    /** Whether messages are bare PGM APDUs. */
    public final boolean isRaw() {
        return isRawFormat();
    }
}
