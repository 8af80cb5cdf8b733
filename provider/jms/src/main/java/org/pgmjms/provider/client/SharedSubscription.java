package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.Link;
import org.pgmjms.provider.link.LinkListener;
import org.pgmjms.provider.link.LinkSettings;
import org.pgmjms.provider.link.LinkSubscription;
import org.pgmjms.provider.link.SubscribeOptions;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/**
 * A subscription whose messages its consumers share: each goes to one of them. A receive takes at once; listeners get
 * their turns in the order in which they were made, but for those that are busy. What one consumer has not acknowledged
 * goes back to its place and then to any. Jakarta Messaging 3.1, section 8.3.2. Safe for any thread.
 */
final class SharedSubscription implements Subscription, LinkListener {
    private final PgmTopic topic;
    private final MessageFilter filter;
    private final SubscribeOptions options;
    private final LinkSettings linkSettings;
    private final ClientRuntime runtime;
    private final SharedSubscriptions.Exit exit;
    private final DeliveryQueue queue;
    private final Admission admission;
    private final List<PgmMessageConsumer> consumers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Exception failure;
    /** Whether the sessions were not told yet of what is in the queue; the link's thread only. */
    private boolean isUntold;

    /** Guards the channel. Not needed by who takes. */
    private final ReentrantLock joining = new ReentrantLock();

    private @Nullable Link link;
    private @Nullable LinkSubscription joined;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final NavigableMap<Long, Pending> again = new TreeMap<>();
    private final GapCount gap;
    private long positions;
    private @Nullable PgmMessageConsumer served;

    /** One that takes nothing before a consumer joins; the first connection's settings count. */
    SharedSubscription(PgmConnection connection, PgmTopic topic, MessageFilter filter, SharedSubscriptions.Exit exit)
            throws JMSException {
        this.topic = topic;
        this.gap = new GapCount(topic);
        this.filter = filter;
        this.exit = exit;
        this.options = new SubscribeOptions(
                connection.isLateJoiner(topic), connection.settings().joinTimeoutNs());
        this.linkSettings = connection.linkSettings(topic);
        this.runtime = connection.runtime();
        this.admission = connection.admission();
        this.queue = new DeliveryQueue(
                topic,
                connection.settings().queue(),
                connection.times(),
                connection.runtime().limits());
    }

    /** Whether a consumer with this topic, on this channel, and with this filter may share it. */
    boolean isFor(PgmTopic otherTopic, LinkSettings otherLink, MessageFilter otherFilter) {
        return topic.equals(otherTopic)
                && linkSettings.group().equals(otherLink.group())
                && linkSettings.port() == otherLink.port()
                && linkSettings.format() == otherLink.format()
                && Objects.equals(filter.selector(), otherFilter.selector());
    }

    @Override
    public int roomBytes(long comingBytes) {
        return queue.roomBytes(comingBytes);
    }

    @Override
    public PgmTopic destination() {
        return topic;
    }

    /**
     * Joins the channel for the first consumer. One that leaves before that, as its session is being closed, is not known
     * yet, and leaves again afterwards; from then on its leaving waits until the channel is joined.
     */
    @Override
    public void join(PgmMessageConsumer consumer) throws JMSException {
        joining.lock();
        try {
            consumers.add(consumer);
            if (topic.isTemporary()) {
                consumer.session().connection().temporaries().enter(topic, consumer);
            }
            if (joined == null) {
                open();
            }
        } catch (JMSException | RuntimeException e) {
            leave(consumer);
            throw e;
        } finally {
            joining.unlock();
        }
    }

    private void open() throws JMSException {
        Link opened = runtime.links().open(linkSettings);
        try {
            joined = opened.subscribe(topic, options, this);
            link = opened;
        } finally {
            if (link == null) {
                opened.release();
            }
        }
    }

    @Override
    public void leave(PgmMessageConsumer consumer) {
        consumer.session().connection().temporaries().leave(topic, consumer);
        if (consumers.remove(consumer)) {
            exit.leave();
            wakeAll();
        }
    }

    /** Leaves the channel: there is no consumer any more. */
    void end() {
        joining.lock();
        try {
            if (joined != null) {
                joined.close();
            }
            if (link != null) {
                link.release();
            }
        } finally {
            joining.unlock();
        }
    }

    @Override
    public @Nullable Object take(PgmMessageConsumer taker) {
        lock.lock();
        try {
            if (taker.isListening() && !isTurnOf(taker)) {
                return null;
            }
            Pending next = nextAgain();
            if (next == null) {
                Object first = queue.take();
                while (first instanceof InboundMessage message
                        && taker.session().isExpired(message)) {
                    first = queue.take();
                }
                if (first instanceof LossReport report) {
                    gap.add(report);
                    return report;
                }
                if (first instanceof InboundMessage message) {
                    next = new Pending(message, ++positions);
                }
            }
            if (next != null) {
                next.takenBy(taker, gap);
                served = taker;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Pending nextAgain() {
        var first = again.pollFirstEntry();
        return first == null ? null : first.getValue();
    }

    /** The first listener after the one that was served last that could deliver now; that one is woken. */
    private boolean isTurnOf(PgmMessageConsumer taker) {
        List<PgmMessageConsumer> order = List.copyOf(consumers);
        int after = served == null ? 0 : order.indexOf(served) + 1;
        for (int i = 0; i < order.size(); i++) {
            PgmMessageConsumer each = order.get((after + i) % order.size());
            if (each.equals(taker)) {
                return true;
            }
            if (each.isListening() && each.session().delivery().isReady()) {
                each.session().delivery().wake();
                return false;
            }
        }
        return true;
    }

    @Override
    public long waitNs() {
        return queue.waitNs();
    }

    @Override
    public void putBack(Pending pending) {
        lock.lock();
        try {
            again.put(pending.position(), pending);
        } finally {
            lock.unlock();
        }
        wakeAll();
    }

    /** There was no other copy. */
    @Override
    public void acknowledged(Pending pending) {}

    @Override
    public void passTurn() {
        wakeAll();
    }

    @Override
    public boolean isCutOff() {
        lock.lock();
        try {
            return again.isEmpty() && queue.isCutOff();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Exception failure() {
        return failure;
    }

    @Override
    public void onMessage(InboundMessage message) {
        if (admission.refuses(message)) {
            onLoss(message.asLost(topic, 1, LossCause.MALFORMED));
        } else if (filter.accepts(message)) {
            queue.add(message);
            isUntold = true;
        }
    }

    @Override
    public void onBatchEnd() {
        if (isUntold) {
            isUntold = false;
            wakeAll();
        }
    }

    @Override
    public void onLoss(LossReport report) {
        queue.add(report);
        wakeAll();
    }

    @Override
    public void onSource(SourceEvent event) {
        for (PgmMessageConsumer consumer : consumers) {
            consumer.session().connection().notices().onSource(event, consumer.lossListener());
        }
    }

    @Override
    public void onFailed(Exception cause) {
        failure = cause;
        for (PgmMessageConsumer consumer : consumers) {
            consumer.session().delivery().wake();
            consumer.session().connection().onFailed(cause);
        }
    }

    private void wakeAll() {
        for (PgmMessageConsumer consumer : consumers) {
            consumer.session().delivery().wake();
        }
    }

    /** Topic, channel and selector. */
    @Override
    public String toString() {
        String selector = filter.selector();
        String channel = "topic " + topic + " on " + linkSettings.group() + ":" + linkSettings.port();
        return selector == null ? channel : channel + ", selector " + selector;
    }
}
