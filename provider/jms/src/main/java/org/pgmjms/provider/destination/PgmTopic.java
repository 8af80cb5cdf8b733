package org.pgmjms.provider.destination;

import jakarta.jms.Topic;
import java.io.Serial;
import java.io.Serializable;

/** A topic by its name. Immutable. */
public final class PgmTopic implements Topic, Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private final String name;

    /** A topic with this name. */
    public PgmTopic(String name) {
        this.name = name;
    }

    @Override
    public String getTopicName() {
        return name;
    }
}
