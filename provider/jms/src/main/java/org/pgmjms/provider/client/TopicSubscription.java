package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.LinkListener;
import org.pgmjms.provider.link.LinkSubscription;
import org.pgmjms.provider.link.SubscribeOptions;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/**
 * An unshared non-durable subscription: what it matches, where it is in the stream, and what waits for its consumer.
 * Jakarta Messaging 3.1, section 8.3.1. The link's thread fills it and never waits; with wildcards there may be several
 * links, whose threads take turns.
 */
final class TopicSubscription implements Subscription {
    private final PgmTopic topic;
    private final PgmConnection connection;
    private final DeliveryQueue queue;
    private volatile @Nullable Exception failure;
    /** Guards what follows: a close may come while {@link #join} is still joining. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<LinkSubscription> joined = new ArrayList<>();
    private boolean closed;

    /** One that takes nothing before its consumer joins. */
    TopicSubscription(PgmTopic topic, PgmConnection connection) {
        this.topic = topic;
        this.connection = connection;
        this.queue = new DeliveryQueue(
                topic,
                connection.settings().queue(),
                connection.times(),
                connection.runtime().limits());
    }

    @Override
    public PgmTopic destination() {
        return topic;
    }

    /** Joins the channels; messages that come from here on are taken. Does nothing when it was left meanwhile. */
    @Override
    public void join(PgmMessageConsumer consumer) throws JMSException {
        List<Links.Channel> channels = connection.channels(topic);
        if (topic.isTemporary()) {
            connection.temporaries().enter(topic, consumer);
        }
        LinkListener arrivals =
                channels.size() == 1 ? new Arrivals(consumer) : new InTurn(new Arrivals(consumer), channels.size());
        lock.lock();
        try {
            for (int i = 0; i < channels.size() && !closed; i++) {
                // Sources are asked for when a channel is joined, so that one wait in the end is enough for all.
                long waitNs =
                        i < channels.size() - 1 ? 0 : connection.settings().joinTimeoutNs();
                SubscribeOptions options = new SubscribeOptions(connection.isLateJoiner(topic), waitNs);
                LinkSubscription entered = channels.get(i).link().subscribe(topic, options, arrivals);
                joined.add(entered);
                consumer.session().delivery().intakes().add(entered);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more from the channels. What waits can still be taken. */
    @Override
    public void leave(PgmMessageConsumer consumer) {
        List<LinkSubscription> leaving;
        lock.lock();
        try {
            closed = true;
            leaving = List.copyOf(joined);
            joined.clear();
        } finally {
            lock.unlock();
        }
        for (LinkSubscription left : leaving) {
            left.close();
            consumer.session().delivery().intakes().remove(left);
        }
        if (topic.isTemporary()) {
            connection.temporaries().leave(topic, consumer);
        }
    }

    @Override
    public @Nullable Object take(PgmMessageConsumer taker) {
        return queue.take();
    }

    @Override
    public long waitNs() {
        return queue.waitNs();
    }

    @Override
    public void putBack(Pending pending) {
        queue.putBack(pending);
    }

    /** There was no other copy. */
    @Override
    public void acknowledged(Pending pending) {}

    @Override
    public boolean isCutOff() {
        return queue.isCutOff();
    }

    @Override
    public @Nullable Exception failure() {
        return failure;
    }

    /** Puts what comes into the queue and tells the consumer's session. Called by the link's thread; never waits. */
    private final class Arrivals implements LinkListener {
        private final PgmMessageConsumer consumer;
        private final MessageFilter filter;
        private final SessionDelivery delivery;
        private final Admission admission = connection.admission();
        /** Whether the session was not told yet of what is in the queue. */
        private boolean isUntold;

        Arrivals(PgmMessageConsumer consumer) {
            this.consumer = consumer;
            this.filter = consumer.filter();
            this.delivery = consumer.session().delivery();
        }

        /** Takes what the consumer's filter accepts; what it does not is no gap. */
        @Override
        public void onMessage(InboundMessage message) {
            if (admission.refuses(message)) {
                onLoss(message.asLost(topic.isPattern() ? message.topic() : topic, 1, LossCause.MALFORMED));
            } else if (filter.accepts(message)) {
                queue.add(message);
                isUntold = true;
            }
        }

        @Override
        public void onBatchEnd() {
            if (isUntold) {
                isUntold = false;
                delivery.wake(consumer);
            }
        }

        @Override
        public void onLoss(LossReport report) {
            queue.add(report);
            delivery.wake(consumer);
        }

        @Override
        public int roomBytes(long comingBytes) {
            return queue.roomBytes(comingBytes);
        }

        @Override
        public Object taker() {
            return delivery;
        }

        @Override
        public void onSource(SourceEvent event) {
            connection.notices().onSource(event, consumer.lossListener());
        }

        @Override
        public void onFailed(Exception cause) {
            failure = cause;
            delivery.wake();
            connection.onFailed(cause);
        }
    }
}
