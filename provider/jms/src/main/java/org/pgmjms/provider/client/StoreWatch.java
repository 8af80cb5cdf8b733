package org.pgmjms.provider.client;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.LinkListener;
import org.pgmjms.provider.link.LinkSubscription;
import org.pgmjms.provider.link.SubscribeOptions;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.NotStoredException;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/**
 * Looks at what goes to the groups of those topics that have durable consumers on a connection, for PERSISTENT messages
 * that these consumers will not get, as their broker has not stored them. Nothing is decoded, kept or delivered, and
 * what is lost is nobody's loss. Safe for any thread.
 */
final class StoreWatch {
    private static final int MOST_TOLD = 4_096;

    private final PgmConnection connection;
    private final CompanionBroker broker;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final Map<PgmTopic, Watched> topics = new HashMap<>();

    /** Never held while anything waits: links ask. */
    private final ReentrantLock tellLock = new ReentrantLock();
    // Guarded by it: the sources that were told of, the one heard of last at the end.
    private final Set<String> told = new LinkedHashSet<>();

    /** A topic's durable consumers, and what is received for them. */
    private record Watched(LinkSubscription group, Set<BrokerSubscription> consumers) {}

    /** One that watches nothing. */
    StoreWatch(PgmConnection connection, CompanionBroker broker) {
        this.connection = connection;
        this.broker = broker;
    }

    /** A durable consumer is there; of its topic the first one joins the group. If that fails, the connection is told. */
    void enter(PgmTopic topic, BrokerSubscription consumer) {
        lock.lock();
        try {
            Watched known = topics.get(topic);
            if (known == null) {
                known = new Watched(join(topic), new HashSet<>());
                topics.put(topic, known);
            }
            known.consumers.add(consumer);
        } catch (JMSException e) {
            connection
                    .notices()
                    .onException(JmsExceptions.channelFailed(
                            "The group of topic " + topic + " cannot be watched for what no durable subscription gets",
                            e));
        } finally {
            lock.unlock();
        }
    }

    private LinkSubscription join(PgmTopic topic) throws JMSException {
        SubscribeOptions options =
                new SubscribeOptions(false, connection.settings().joinTimeoutNs());
        return connection.channel(topic).link().subscribe(topic, options, new Watching(topic, brokerId()));
    }

    private long brokerId() {
        try {
            return broker.brokerId();
        } catch (JMSException e) {
            return CompanionBroker.UNKNOWN_ID;
        }
    }

    /** A durable consumer is gone; nothing happens if it had not entered. Of its topic the last one leaves the group. */
    void leave(PgmTopic topic, BrokerSubscription consumer) {
        LinkSubscription left = null;
        lock.lock();
        try {
            Watched known = topics.get(topic);
            if (known != null && known.consumers.remove(consumer) && known.consumers.isEmpty()) {
                topics.remove(topic);
                left = known.group;
            }
        } finally {
            lock.unlock();
        }
        if (left != null) {
            left.close();
        }
    }

    /**
     * Whether the durable subscriptions of a broker will not get a message.
     *
     * @param storedBy who has stored it; 0 for none
     * @param ours the number of the broker; where one of the two is not known, nobody can tell
     */
    static boolean isMissed(int deliveryMode, long storedBy, long ours) {
        return storedBy != ours
                && deliveryMode == DeliveryMode.PERSISTENT
                && (storedBy == 0 || storedBy != CompanionBroker.UNKNOWN_ID && ours != CompanionBroker.UNKNOWN_ID);
    }

    private boolean isNew(String source) {
        tellLock.lock();
        try {
            boolean isNew = !told.remove(source);
            told.add(source);
            if (told.size() > MOST_TOLD) {
                told.remove(told.iterator().next());
            }
            return isNew;
        } finally {
            tellLock.unlock();
        }
    }

    /** Takes what comes for one topic. Called by the link's thread; never waits. */
    private final class Watching implements LinkListener {
        private final PgmTopic topic;
        private final long ours;

        Watching(PgmTopic topic, long ours) {
            this.topic = topic;
            this.ours = ours;
        }

        @Override
        public void onMessage(InboundMessage message) {
            long storedBy = message.storedBy();
            if (isMissed(message.deliveryMode(), storedBy, ours) && isNew(message.source())) {
                connection.notices().onException(new NotStoredException(topic.name(), message.source(), storedBy != 0));
            }
        }

        @Override
        public void onLoss(LossReport report) {
            // Nobody was to get it.
        }

        @Override
        public void onSource(SourceEvent event) {
            // Consumers of the group tell of sources.
        }

        /** Nobody waits for this. */
        @Override
        public @Nullable Object taker() {
            return null;
        }

        @Override
        public void onFailed(Exception cause) {
            connection.onFailed(cause);
        }
    }
}
