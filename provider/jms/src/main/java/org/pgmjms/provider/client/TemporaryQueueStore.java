package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmTemporaryQueue;
import org.pgmjms.provider.link.JmsLimit;
import org.pgmjms.provider.link.LinkListener;
import org.pgmjms.provider.link.LinkSubscription;
import org.pgmjms.provider.link.SubscribeOptions;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/**
 * The messages of a temporary queue, kept in the connection that made it: bounded by bytes, until they are acknowledged.
 * Its consumers compete; each takes the first message that it accepts. Jakarta Messaging 3.1, sections 4.1.5 and 4.1.7.
 * Safe for any thread; the link's thread never waits.
 */
final class TemporaryQueueStore implements Subscription, LinkListener {
    /** Reports that may gather before they are put in their places. */
    private static final int DRAIN_AFTER_REPORTS = 1_000;

    private final PgmTemporaryQueue queue;
    private final PgmConnection connection;
    private final long maxBytes;
    private final OverrunPolicy overrun;
    private final List<PgmMessageConsumer> consumers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Object> inbox = new ConcurrentLinkedQueue<>();
    /** Of all that is kept: what came, what waits, what is not acknowledged. */
    private final AtomicLong bytes = new AtomicLong();

    private volatile @Nullable LinkSubscription joined;
    private volatile @Nullable Exception failure;
    private volatile boolean closed;
    private volatile boolean disconnected;
    private int reportsSinceDrain;
    /** Whether the sessions were not told yet of what is in the inbox; the link's thread only. */
    private boolean isUntold;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final StoredMessages waiting = new StoredMessages();
    private final DelayedMessages delayed = new DelayedMessages();
    private final PlacedReports reports = new PlacedReports();
    private final OverrunTally droppedOldest;
    private final OverrunTally droppedNewest;
    private final GapCount gap;
    private long positions;

    TemporaryQueueStore(PgmTemporaryQueue queue, PgmConnection connection) {
        this.queue = queue;
        this.gap = new GapCount(queue);
        this.connection = connection;
        this.maxBytes = connection.settings().temporaryQueueMaxBytes();
        this.overrun = connection.settings().queue().overrun();
        this.droppedOldest = new OverrunTally(queue, connection.runtime().limits(), JmsLimit.TEMPORARY_QUEUE);
        this.droppedNewest = new OverrunTally(queue, connection.runtime().limits(), JmsLimit.TEMPORARY_QUEUE);
    }

    /** Joins the channel of the queue's messages. */
    void open() throws JMSException {
        SubscribeOptions options =
                new SubscribeOptions(false, connection.settings().joinTimeoutNs());
        joined = connection.channel(queue).link().subscribe(queue.carrier(), options, this);
    }

    /** Ends: nothing more comes, and what is kept is dropped. */
    void close() {
        closed = true;
        LinkSubscription leaving = joined;
        if (leaving != null) {
            leaving.close();
        }
        inbox.clear();
    }

    @Override
    public int roomBytes(long comingBytes) {
        if (closed || disconnected) {
            return Integer.MAX_VALUE;
        }
        long kept = bytes.get();
        return LinkListener.roomBytes(Long.MAX_VALUE, maxBytes - kept, kept == 0, comingBytes);
    }

    @Override
    public PgmTemporaryQueue destination() {
        return queue;
    }

    @Override
    public void join(PgmMessageConsumer consumer) throws JMSException {
        connection.temporaries().enter(queue, consumer);
        consumers.add(consumer);
    }

    @Override
    public void leave(PgmMessageConsumer consumer) {
        consumers.remove(consumer);
        lock.lock();
        try {
            waiting.forget(consumer);
        } finally {
            lock.unlock();
        }
        connection.temporaries().leave(queue, consumer);
    }

    @Override
    public @Nullable Object take(PgmMessageConsumer taker) {
        lock.lock();
        try {
            drain();
            delayed.release(connection.times().nowMillis(), this::store);
            droppedOldest.endAll(report -> reports.addDropped(0, report));
            Pending next = firstAlive(taker);
            if (next != null) {
                waiting.remove(next);
                next.takenBy(taker, gap);
                return next;
            }
            droppedNewest.endAll(this::place);
            LossReport lost = reports.poll();
            if (lost != null) {
                gap.add(lost);
            }
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** What came before a gap is delivered before it is reported. */
    private @Nullable Pending firstAlive(PgmMessageConsumer taker) {
        Pending next = waiting.firstFor(taker, reports.firstPosition());
        while (next != null && connection.times().isExpired(next.message())) {
            waiting.remove(next);
            acknowledged(next);
            next = waiting.firstFor(taker, reports.firstPosition());
        }
        return next;
    }

    /** What waits now, as far as it is accepted and has not expired; it stays. */
    List<InboundMessage> browse(MessageFilter filter) {
        lock.lock();
        try {
            drain();
            delayed.release(connection.times().nowMillis(), this::store);
            return waiting.all(
                    message -> filter.accepts(message) && !connection.times().isExpired(message));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long waitNs() {
        lock.lock();
        try {
            return delayed.isEmpty() ? NEVER : connection.times().untilNs(delayed.nextMillis());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void putBack(Pending pending) {
        if (closed) {
            return;
        }
        lock.lock();
        try {
            waiting.add(pending);
        } finally {
            lock.unlock();
        }
        wakeAll();
    }

    @Override
    public void acknowledged(Pending pending) {
        uncount(pending.message());
    }

    private void uncount(InboundMessage message) {
        bytes.addAndGet(-message.sizeBytes());
    }

    @Override
    public boolean isCutOff() {
        if (!disconnected) {
            return false;
        }
        lock.lock();
        try {
            return inbox.isEmpty() && waiting.isEmpty() && delayed.isEmpty() && reports.isEmpty();
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
        if (connection.admission().refuses(message)) {
            onReport(message.asLost(queue, 1, LossCause.MALFORMED));
        } else if (!closed && !disconnected && hasRoomFor(message)) {
            bytes.addAndGet(message.sizeBytes());
            inbox.add(message);
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

    /** The link knows the queue as the topic that carries it. */
    @Override
    public void onLoss(LossReport report) {
        onReport(new LossReport(
                queue, report.source(), report.firstMissing(), report.lastMissing(), report.count(), report.cause()));
    }

    private void onReport(LossReport report) {
        if (closed || disconnected) {
            return;
        }
        inbox.add(report);
        reportsSinceDrain++;
        if (reportsSinceDrain >= DRAIN_AFTER_REPORTS && lock.tryLock()) {
            try {
                drain();
                reportsSinceDrain = 0;
            } finally {
                lock.unlock();
            }
        }
        wakeAll();
    }

    @Override
    public void onSource(SourceEvent event) {
        connection.notices().onSource(event, null);
    }

    @Override
    public void onFailed(Exception cause) {
        failure = cause;
        wakeAll();
        connection.onFailed(cause);
    }

    private void wakeAll() {
        for (PgmMessageConsumer consumer : consumers) {
            consumer.session().delivery().wake();
        }
    }

    private boolean isOver(int comingBytes) {
        long kept = bytes.get();
        return kept > 0 && kept + comingBytes > maxBytes;
    }

    /** Applies the policy when there is none. When a consumer holds the lock it comes in, and the next one tries again. */
    private boolean hasRoomFor(InboundMessage message) {
        if (!isOver(message.sizeBytes())) {
            return true;
        }
        if (overrun == OverrunPolicy.DISCONNECT) {
            inbox.add(message.asLost(queue, LossReport.UNKNOWN, LossCause.CONSUMER_OVERRUN));
            disconnected = true;
            connection.runtime().limits().onHit(JmsLimit.TEMPORARY_QUEUE, 1, queue.toString());
            wakeAll();
            return false;
        }
        if (!lock.tryLock()) {
            return true;
        }
        try {
            drain();
            if (overrun == OverrunPolicy.DROP_OLDEST) {
                dropOldestFor(message.sizeBytes());
            }
            boolean still = isOver(message.sizeBytes());
            if (still) {
                droppedNewest.add(message);
            }
            return !still;
        } finally {
            lock.unlock();
        }
    }

    private void dropOldestFor(int comingBytes) {
        while (isOver(comingBytes)) {
            InboundMessage oldest = pollOldest();
            if (oldest == null) {
                return;
            }
            uncount(oldest);
            if (!connection.times().isExpired(oldest)) {
                droppedOldest.add(oldest);
            }
        }
    }

    private @Nullable InboundMessage pollOldest() {
        Pending oldest = waiting.oldest();
        if (oldest == null) {
            return delayed.pollUntil(Long.MAX_VALUE);
        }
        waiting.remove(oldest);
        return oldest.message();
    }

    private void drain() {
        for (Object next = inbox.poll(); next != null; next = inbox.poll()) {
            if (next instanceof LossReport report) {
                place(report);
            } else if (next instanceof InboundMessage message) {
                droppedNewest.endAll(this::place);
                if (message.isDelayed()) {
                    delayed.add(message);
                } else {
                    delayed.release(Math.min(connection.times().nowMillis(), message.deliveryTime()), this::store);
                    store(message);
                }
            }
        }
    }

    private void store(InboundMessage message) {
        reports.onMessage();
        waiting.add(new Pending(message, ++positions));
    }

    private void place(LossReport report) {
        reports.add(++positions, report);
    }
}
