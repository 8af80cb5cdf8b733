package org.pgmjms.provider.destination;

import jakarta.jms.Queue;
import java.io.Serial;

/** A queue by its name. Immutable; safe for any thread. Jakarta Messaging 3.1, section 4.1.4. */
public sealed class PgmQueue extends PgmDestination implements Queue permits PgmTemporaryQueue {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * A queue with this name; a queue has no attributes.
     *
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public PgmQueue(String name) {
        this(DestinationName.bare(name));
    }

    PgmQueue(DestinationName name) {
        super(name);
    }

    @Override
    public final String getQueueName() {
        return name();
    }

    @Override
    public Kind kind() {
        return Kind.QUEUE;
    }
}
