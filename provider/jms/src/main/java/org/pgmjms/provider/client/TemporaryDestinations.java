package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTemporaryQueue;
import org.pgmjms.provider.destination.PgmTemporaryTopic;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * The temporary destinations that a connection has made and nobody has deleted. Only it may consume from them, and they
 * end with it. Jakarta Messaging 3.1, sections 4.1.5, 4.2.7 and 6.2.2. Safe for any thread.
 *
 * <p>A name is {@code $tmp.} with the number of the connection and 128 random bits. Nobody can guess it, and the
 * connection knows its own names even after they were deleted.
 */
final class TemporaryDestinations {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int UNGUESSABLE_BYTES = 16;

    private final PgmConnection connection;
    private final String ownPrefix =
            Destinations.TEMPORARY_PREFIX + HexFormat.of().toHexDigits(RANDOM.nextLong()) + ".";
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Live> alive = new HashMap<>();
    private boolean closed;

    private static final class Live {
        private final Set<PgmMessageConsumer> consumers = new HashSet<>();
        private final @Nullable TemporaryQueueStore store;

        Live(@Nullable TemporaryQueueStore store) {
            this.store = store;
        }
    }

    TemporaryDestinations(PgmConnection connection) {
        this.connection = connection;
    }

    /** Makes a topic. */
    PgmTemporaryTopic createTopic() throws JMSException {
        PgmTemporaryTopic topic = new PgmTemporaryTopic(newName(), this::delete);
        add(topic, new Live(null));
        return topic;
    }

    /** Makes a queue, which has joined its channel when this returns. */
    PgmTemporaryQueue createQueue() throws JMSException {
        PgmTemporaryQueue queue = new PgmTemporaryQueue(newName(), this::delete);
        TemporaryQueueStore store = new TemporaryQueueStore(queue, connection);
        store.open();
        try {
            add(queue, new Live(store));
        } catch (JMSException e) {
            store.close();
            throw e;
        }
        return queue;
    }

    private String newName() {
        byte[] unguessable = new byte[UNGUESSABLE_BYTES];
        RANDOM.nextBytes(unguessable);
        return ownPrefix + HexFormat.of().formatHex(unguessable);
    }

    private void add(PgmDestination destination, Live live) throws JMSException {
        lock.lock();
        try {
            if (closed) {
                throw JmsExceptions.closed("connection");
            }
            alive.put(destination.name(), live);
        } finally {
            lock.unlock();
        }
    }

    /** Whether this connection has made it, whatever became of it. */
    boolean hasMade(PgmDestination destination) {
        return destination.name().startsWith(ownPrefix);
    }

    /** Refuses one that this connection has deleted; it knows nothing of those of others. */
    void checkNotDeleted(PgmDestination destination) throws JMSException {
        if (hasMade(destination)) {
            lock.lock();
            try {
                live(destination);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Refuses to consume from one that another connection has made, or that is deleted. */
    void checkOwn(PgmDestination destination) throws JMSException {
        if (!hasMade(destination)) {
            throw JmsExceptions.invalidDestination(
                    "Only the connection that made " + destination + " can consume from it");
        }
        checkNotDeleted(destination);
    }

    /** The messages of an own queue. */
    TemporaryQueueStore store(PgmTemporaryQueue queue) throws JMSException {
        checkOwn(queue);
        lock.lock();
        try {
            TemporaryQueueStore store = live(queue).store;
            if (store == null) {
                throw JmsExceptions.invalidDestination(queue + " is not a queue");
            }
            return store;
        } finally {
            lock.unlock();
        }
    }

    /** From here until it leaves, a consumer keeps an own destination from being deleted. */
    void enter(PgmDestination destination, PgmMessageConsumer consumer) throws JMSException {
        lock.lock();
        try {
            live(destination).consumers.add(consumer);
        } finally {
            lock.unlock();
        }
    }

    /** See {@link #enter}. */
    void leave(PgmDestination destination, PgmMessageConsumer consumer) {
        lock.lock();
        try {
            Live live = alive.get(destination.name());
            if (live != null) {
                live.consumers.remove(consumer);
            }
        } finally {
            lock.unlock();
        }
    }

    private Live live(PgmDestination destination) throws JMSException {
        Live live = alive.get(destination.name());
        if (live == null) {
            throw JmsExceptions.invalidDestination(destination + " is deleted");
        }
        return live;
    }

    /** Deletes one that no consumer uses; does nothing when that was done before. */
    void delete(PgmDestination destination) throws JMSException {
        Live live;
        lock.lock();
        try {
            live = alive.get(destination.name());
            if (live == null) {
                return;
            }
            if (!live.consumers.isEmpty()) {
                throw JmsExceptions.illegalState(destination + " has " + live.consumers.size()
                        + " consumers: it can be deleted when they are closed");
            }
            alive.remove(destination.name());
        } finally {
            lock.unlock();
        }
        if (live.store != null) {
            live.store.close();
        }
    }

    /** The connection is closed. */
    void close() {
        List<Live> all;
        lock.lock();
        try {
            closed = true;
            all = new ArrayList<>(alive.values());
            alive.clear();
        } finally {
            lock.unlock();
        }
        for (Live live : all) {
            if (live.store != null) {
                live.store.close();
            }
        }
    }
}
