package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.Link;
import org.pgmjms.provider.link.LinkListener;
import org.pgmjms.provider.link.LinkSubscription;
import org.pgmjms.provider.link.SubscribeOptions;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Verdict;

/**
 * An unshared non-durable subscription: what it matches, where it is in the stream, and what waits for its consumer.
 * Jakarta Messaging 3.1, section 8.3.1. The link's thread fills it and never waits.
 */
final class TopicSubscription implements Subscription {
    private final PgmTopic topic;
    private final PgmConnection connection;
    private final DeliveryQueue queue;
    private volatile @Nullable Exception failure;
    /** Guards what follows: a close may come while {@link #join} is still joining. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable LinkSubscription joined;
    private boolean closed;

    /** One that takes nothing before its consumer joins. */
    TopicSubscription(PgmTopic topic, PgmConnection connection) {
        this.topic = topic;
        this.connection = connection;
        this.queue = new DeliveryQueue(topic, connection.settings().queue(), connection.times());
    }

    @Override
    public PgmTopic destination() {
        return topic;
    }

    /** Joins the channel; messages that come from here on are taken. Does nothing when it was left meanwhile. */
    @Override
    public void join(PgmMessageConsumer consumer) throws JMSException {
        ConnectionSettings settings = connection.settings();
        SubscribeOptions options = new SubscribeOptions(connection.isLateJoiner(topic), settings.joinTimeoutNs());
        Link link = connection.channel(topic).link();
        if (topic.isTemporary()) {
            connection.temporaries().enter(topic, consumer);
        }
        lock.lock();
        try {
            if (!closed) {
                joined = link.subscribe(topic, options, new Arrivals(consumer));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more from the channel. What waits can still be taken. */
    @Override
    public void leave(PgmMessageConsumer consumer) {
        LinkSubscription leaving;
        lock.lock();
        try {
            closed = true;
            leaving = joined;
            joined = null;
        } finally {
            lock.unlock();
        }
        if (leaving != null) {
            leaving.close();
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

        Arrivals(PgmMessageConsumer consumer) {
            this.consumer = consumer;
            this.filter = consumer.filter();
            this.delivery = consumer.session().delivery();
        }

        /** Takes what the consumer's filter accepts; what it does not is no gap. */
        @Override
        public void onMessage(InboundMessage message) {
            if (message.verdict() == Verdict.OK) {
                if (!filter.accepts(message)) {
                    return;
                }
                queue.add(message);
            } else {
                long sequence = message.sequence();
                queue.add(new LossReport(topic, message.source(), sequence, sequence, 1, LossCause.MALFORMED));
            }
            delivery.wake();
        }

        @Override
        public void onLoss(LossReport report) {
            queue.add(report);
            delivery.wake();
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
