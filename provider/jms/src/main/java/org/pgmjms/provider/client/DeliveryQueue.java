package org.pgmjms.provider.client;

import jakarta.jms.Message;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.client.ConnectionSettings.QueueLimits;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.JmsLimit;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.link.LinkListener;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;

/**
 * What waits for a subscription's consumers: messages and loss reports, in stream position, bounded by bytes and
 * messages. One thread adds, any may take.
 *
 * <p>The adding thread never waits: it adds to a lock-free inbox, and only when the limit is passed does it try the lock
 * to drop something; when an application thread happens to hold it, the next message tries again.
 */
final class DeliveryQueue {
    /** Reports that may gather before they are folded. */
    private static final int FOLD_AFTER = 1_000;

    private final QueueLimits limits;
    private final Inbox inbox = new Inbox();
    private final ReentrantLock lock = new ReentrantLock();
    private final PgmTopic topic;
    private final MessageTimes times;
    private final JmsLimits hits;

    // Guarded by the lock, in the order in which they are taken.
    private final ArrayDeque<Pending> again = new ArrayDeque<>();
    private final ArrayDeque<LossReport> lostAtHead = new ArrayDeque<>();
    private final OverrunTally droppedOldest;
    private final Backlog waiting = new Backlog();
    private final OverrunTally droppedNewest;
    private final DelayedMessages delayed = new DelayedMessages();

    /** What was taken or dropped; written with the lock held. */
    private final QueueCount gone = new QueueCount();

    // Of the adding thread only, but for the two marks.
    private final QueueCount added = new QueueCount();
    /** What was gone when that was looked up last, which is when there seemed to be no room. */
    private long goneMessages;

    private long goneBytes;
    private volatile boolean disconnected;
    /** Whether a message with another priority than the usual one ever came. */
    private volatile boolean prioritised;

    private int reportsSinceFold;
    private int foldAfter = FOLD_AFTER;

    /**
     * An empty one.
     *
     * @param hits who is told of what is dropped
     */
    DeliveryQueue(PgmTopic topic, QueueLimits limits, MessageTimes times, JmsLimits hits) {
        this.topic = topic;
        this.limits = limits;
        this.times = times;
        this.hits = hits;
        this.droppedOldest = new OverrunTally(topic, hits, JmsLimit.PREFETCH);
        this.droppedNewest = new OverrunTally(topic, hits, JmsLimit.PREFETCH);
    }

    /** Adds a message, or drops by policy. Never waits. */
    void add(InboundMessage message) {
        if (disconnected) {
            return;
        }
        if (isOver(message.sizeBytes()) && !makeRoom(message)) {
            return;
        }
        if (!prioritised && message.priority() != Message.DEFAULT_PRIORITY) {
            prioritised = true;
        }
        inbox.add(message);
        added.add(message.sizeBytes());
    }

    /** Adds a report. Never waits. */
    void add(LossReport report) {
        if (disconnected) {
            return;
        }
        inbox.add(report);
        reportsSinceFold++;
        if (reportsSinceFold >= foldAfter && lock.tryLock()) {
            try {
                drain();
                int left = waiting.foldReports() + ReportFold.fold(lostAtHead);
                foldAfter = Math.max(FOLD_AFTER, left);
                reportsSinceFold = 0;
            } finally {
                lock.unlock();
            }
        }
    }

    /** See {@link LinkListener#roomBytes}; any thread. */
    int roomBytes(long comingBytes) {
        if (disconnected) {
            return Integer.MAX_VALUE;
        }
        // What is gone is read first, so that what waits is never taken for less than it is.
        long bytes = limits.bytes() + gone.bytes() - added.bytes();
        long messages = limits.messages() + gone.messages() - added.messages();
        return LinkListener.roomBytes(messages, bytes, messages == limits.messages(), comingBytes);
    }

    /** Whether it was cut off, as its consumer was too slow, and everything before that was taken. */
    boolean isCutOff() {
        if (!disconnected) {
            return false;
        }
        lock.lock();
        try {
            return inbox.isEmpty() && waiting.isEmpty() && delayed.isEmpty() && lostAtHead.isEmpty() && again.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes what is next: a {@link Pending} that comes again, an {@link InboundMessage} or a {@link LossReport}. */
    @Nullable Object take() {
        lock.lock();
        try {
            if (!again.isEmpty()) {
                return again.poll();
            }
            Object first = takeFirst();
            if (first != null) {
                return first;
            }
            if (lostAtHead.isEmpty()) {
                droppedOldest.endAll(lostAtHead::add);
            }
            if (!lostAtHead.isEmpty()) {
                return lostAtHead.poll();
            }
            if (waiting.isEmpty() || prioritised || !delayed.isEmpty()) {
                drain();
            }
            if (!delayed.isEmpty()) {
                delayed.release(times.nowMillis(), waiting::add);
            }
            if (waiting.isEmpty()) {
                droppedNewest.endAll(waiting::add);
            }
            Object next = waiting.poll();
            if (next instanceof InboundMessage message) {
                uncount(message);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** What has just come, if there is nothing that could be before it. */
    private @Nullable Object takeFirst() {
        boolean isPlain = waiting.isEmpty()
                && !prioritised
                && delayed.isEmpty()
                && lostAtHead.isEmpty()
                && droppedOldest.isEmpty()
                && droppedNewest.isEmpty();
        Object first = isPlain ? inbox.poll() : null;
        if (first instanceof InboundMessage message) {
            if (message.isDelayed()) {
                sort(message);
                return null;
            }
            uncount(message);
        }
        return first;
    }

    /** See {@link Subscription#waitNs}. */
    long waitNs() {
        lock.lock();
        try {
            return delayed.isEmpty() ? Subscription.NEVER : times.untilNs(delayed.nextMillis());
        } finally {
            lock.unlock();
        }
    }

    /** Puts one back that was taken, before all others. */
    void putBack(Pending pending) {
        lock.lock();
        try {
            again.addFirst(pending);
        } finally {
            lock.unlock();
        }
    }

    /** Whether one more of this size is too much. */
    private boolean isOver(int comingBytes) {
        if (!isOverAsFarAsKnown(comingBytes)) {
            return false;
        }
        goneMessages = gone.messages();
        goneBytes = gone.bytes();
        return isOverAsFarAsKnown(comingBytes);
    }

    private boolean isOverAsFarAsKnown(int comingBytes) {
        long count = added.messages() - goneMessages + 1;
        long size = added.bytes() - goneBytes + comingBytes;
        return count > limits.messages() || size > limits.bytes() && count > 1;
    }

    /** Applies the policy before a message; whether the message may still come in. */
    private boolean makeRoom(InboundMessage message) {
        if (limits.overrun() == OverrunPolicy.DISCONNECT) {
            PgmTopic of = topic.isPattern() ? message.topic() : topic;
            inbox.add(message.asLost(of, LossReport.UNKNOWN, LossCause.CONSUMER_OVERRUN));
            disconnected = true;
            hits.onHit(JmsLimit.PREFETCH, 1, of.toString());
            return false;
        }
        if (!lock.tryLock()) {
            return true;
        }
        try {
            drain();
            if (limits.overrun() == OverrunPolicy.DROP_NEWEST) {
                droppedNewest.add(message);
                return false;
            }
            dropOldestFor(message.sizeBytes());
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void dropOldestFor(int comingBytes) {
        while (isOver(comingBytes)) {
            Object oldest = pollOldest();
            if (oldest == null) {
                return;
            }
            if (oldest instanceof InboundMessage message) {
                uncount(message);
                droppedOldest.add(message);
            } else if (oldest instanceof LossReport report) {
                LossReport before = droppedOldest.endBefore(report);
                if (before != null) {
                    lostAtHead.add(before);
                }
                lostAtHead.add(report);
            }
        }
    }

    /** The larger part gives way, so that neither starves the other. */
    private @Nullable Object pollOldest() {
        return delayed.size() > waiting.messages() ? delayed.pollUntil(Long.MAX_VALUE) : waiting.pollLeast();
    }

    /** What comes out of the inbox came after what was dropped; asking whether it is empty first would miss that. */
    private void drain() {
        for (Object next = inbox.poll(); next != null; next = inbox.poll()) {
            droppedNewest.endAll(waiting::add);
            if (next instanceof InboundMessage message) {
                sort(message);
            } else if (next instanceof LossReport report) {
                waiting.add(report);
            }
        }
    }

    /** Those that are due, and were so before it, come before a message. */
    private void sort(InboundMessage message) {
        if (message.isDelayed()) {
            if (message.expiration() == 0 || message.expiration() >= message.deliveryTime()) {
                delayed.add(message);
            } else {
                uncount(message);
            }
            return;
        }
        if (!delayed.isEmpty()) {
            delayed.release(Math.min(times.nowMillis(), message.deliveryTime()), waiting::add);
        }
        waiting.add(message);
    }

    private void uncount(InboundMessage message) {
        gone.add(message.sizeBytes());
    }
}
