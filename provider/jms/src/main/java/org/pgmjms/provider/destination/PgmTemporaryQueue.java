package org.pgmjms.provider.destination;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.TemporaryQueue;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A queue that ends with its connection. Only the object that the creating connection made can delete it; one that
 * came as {@code JMSReplyTo} is a name. Jakarta Messaging 3.1, section 6.2.2.
 */
public final class PgmTemporaryQueue extends PgmQueue implements TemporaryQueue {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient PgmTopic carrier;
    private final transient @Nullable Deletion deletion;

    /** One made by a connection, which also deletes it. */
    public PgmTemporaryQueue(String bareName, Deletion deletion) {
        this(DestinationName.bare(bareName), deletion);
    }

    PgmTemporaryQueue(DestinationName name, @Nullable Deletion deletion) {
        super(name);
        this.carrier = new PgmTopic(name);
        this.deletion = deletion;
    }

    /** The topic as which its messages travel; it has the same name. */
    public PgmTopic carrier() {
        return carrier;
    }

    @Override
    public Kind kind() {
        return Kind.TEMPORARY_QUEUE;
    }

    @Override
    public void delete() throws JMSException {
        if (deletion == null) {
            throw new InvalidDestinationException("Only the connection that made '" + name() + "' can delete it");
        }
        deletion.delete(this);
    }
}
