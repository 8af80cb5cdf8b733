package org.pgmjms.provider.interleaving;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;

/**
 * Where messages go.
 *
 * @param owner the number of the connection that may consume from it, or {@link #EVERYBODY}
 */
record Place(Destination destination, String name, int owner) {
    static final int EVERYBODY = -1;

    boolean isTemporary() {
        return owner != EVERYBODY;
    }

    boolean isQueue() {
        return destination instanceof Queue;
    }

    void delete() throws JMSException {
        if (destination instanceof TemporaryQueue queue) {
            queue.delete();
        } else if (destination instanceof TemporaryTopic topic) {
            topic.delete();
        }
    }
}
