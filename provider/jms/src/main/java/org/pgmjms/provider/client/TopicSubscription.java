package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.client.ConnectionSettings.QueueLimits;
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
final class TopicSubscription implements LinkListener {
    private final PgmTopic topic;
    private final DeliveryQueue queue;
    private final Events events;
    private volatile @Nullable Exception failure;
    /** Guards what follows: a close may come while {@link #open} is still joining. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable LinkSubscription joined;
    private boolean closed;

    /** What a subscription tells its consumer's session; called by the link's thread, must not block. */
    interface Events {
        /** Something can be taken. */
        void onArrival();

        /** A source came or went. */
        void onSource(SourceEvent event);

        /** Nothing more will come. */
        void onFailed(Exception cause);
    }

    TopicSubscription(PgmTopic topic, QueueLimits limits, Events events) {
        this.topic = topic;
        this.queue = new DeliveryQueue(topic, limits);
        this.events = events;
    }

    /** Joins; messages that come from here on are taken. Does nothing when it was closed meanwhile. */
    void open(Link link, SubscribeOptions options) throws JMSException {
        lock.lock();
        try {
            if (!closed) {
                joined = link.subscribe(topic, options, this);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more. What waits can still be taken. */
    void close() {
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
    }

    PgmTopic topic() {
        return topic;
    }

    DeliveryQueue queue() {
        return queue;
    }

    /** Why nothing more will come, or null. */
    @Nullable Exception failure() {
        return failure;
    }

    @Override
    public void onMessage(InboundMessage message) {
        if (message.verdict() == Verdict.OK) {
            queue.add(message);
        } else {
            long sequence = message.sequence();
            queue.add(new LossReport(topic, message.source(), sequence, sequence, 1, LossCause.MALFORMED));
        }
        events.onArrival();
    }

    @Override
    public void onLoss(LossReport report) {
        queue.add(report);
        events.onArrival();
    }

    @Override
    public void onSource(SourceEvent event) {
        events.onSource(event);
    }

    @Override
    public void onFailed(Exception cause) {
        failure = cause;
        events.onArrival();
        events.onFailed(cause);
    }
}
