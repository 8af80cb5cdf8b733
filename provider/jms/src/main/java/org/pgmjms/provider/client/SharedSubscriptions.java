package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.LinkSettings;

/**
 * The shared non-durable subscriptions of this JVM that have consumers, by their names. Jakarta Messaging 3.1, section
 * 8.3.2. Safe for any thread.
 */
public final class SharedSubscriptions {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Name, Use> inUse = new HashMap<>();

    /**
     * What identifies a subscription.
     *
     * @param scheme with the next three, the network of the factory's URL
     * @param networkInterface see {@code scheme}
     * @param group see {@code scheme}
     * @param port see {@code scheme}
     * @param clientId the client identifier of the connection, or null
     * @param name what the application calls it
     */
    private record Name(
            String scheme,
            String networkInterface,
            String group,
            int port,
            @Nullable String clientId,
            String name) {}

    private static final class Use {
        private final SharedSubscription subscription;
        private int consumers;

        Use(SharedSubscription subscription) {
            this.subscription = subscription;
        }
    }

    /** Who has to say that a consumer is gone. */
    interface Exit {
        /** One consumer fewer; the last one ends the subscription. */
        void leave();
    }

    /**
     * The subscription with this name, for one consumer more.
     *
     * @throws JMSException when it is in use for another topic or with another selector
     */
    SharedSubscription enter(PgmConnection connection, String name, PgmTopic topic, MessageFilter filter)
            throws JMSException {
        LinkSettings network = connection.settings().link();
        Name full = new Name(
                network.scheme(),
                network.networkInterface(),
                network.group(),
                network.port(),
                connection.getClientID(),
                name);
        lock.lock();
        try {
            Use use = inUse.get(full);
            if (use == null) {
                use = new Use(new SharedSubscription(connection, topic, filter, () -> leave(full)));
                inUse.put(full, use);
            } else if (!use.subscription.isFor(topic, connection.linkSettings(topic), filter)) {
                throw JmsExceptions.invalidArgument("Shared subscription " + name
                        + " has consumers with another topic or selector: " + use.subscription);
            }
            use.consumers++;
            return use.subscription;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Name name) {
        SharedSubscription ended = null;
        lock.lock();
        try {
            Use use = inUse.get(name);
            if (use != null && --use.consumers == 0) {
                inUse.remove(name);
                ended = use.subscription;
            }
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            ended.end();
        }
    }
}
