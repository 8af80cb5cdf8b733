package org.pgmjms.provider.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.destination.TopicPattern;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/**
 * One listener, and where its messages begin. The lock is held while the listener is called, so that it is never called
 * after {@link #stop} returned; nobody else takes it.
 */
final class Listening {
    private final PgmTopic topic;
    private final @Nullable TopicPattern pattern;
    private final LinkListener listener;
    private final Runnable endOfBatch;
    /** The first sequence to deliver, of sources in this JVM; the receive agent's from registration on. */
    private final Map<Tsi, LongUnaryOperator> localStarts = new HashMap<>();

    private final ReentrantLock calling = new ReentrantLock();
    private boolean stopped;

    // The receive agent's.
    private List<Listening> served = new ArrayList<>();
    private boolean isServed;

    Listening(PgmTopic topic, LinkListener listener) {
        this.topic = topic;
        this.pattern = topic.isPattern() ? TopicPattern.of(topic.name()) : null;
        this.listener = listener;
        this.endOfBatch = listener::onBatchEnd;
    }

    PgmTopic topic() {
        return topic;
    }

    /** Whether it takes all topics that match, and not one by its name. */
    boolean isPattern() {
        return pattern != null;
    }

    /** Whether it takes all topics that match, and this is one. */
    boolean wants(PgmTopic other) {
        return pattern != null && pattern.matches(other.name());
    }

    /** The first sequence of a source's topic that this listener is to get, or 0 if it is not known. */
    long startOf(Tsi tsi, long topicId) {
        LongUnaryOperator start = localStarts.get(tsi);
        return start == null ? 0 : start.applyAsLong(topicId);
    }

    /** Says where it begins with a source: the first sequence by topic. */
    void startAt(Tsi tsi, LongUnaryOperator sequences) {
        localStarts.put(tsi, sequences);
    }

    /** Where it is to be put down for the end of a batch in which it is given messages. */
    void serveBy(List<Listening> served) {
        this.served = served;
    }

    void message(InboundMessage message) {
        if (!isServed) {
            isServed = true;
            served.add(this);
        }
        calling.lock();
        try {
            if (!stopped) {
                listener.onMessage(message);
            }
        } finally {
            calling.unlock();
        }
    }

    /** Ends a batch in which there were messages. */
    void batchEnd() {
        isServed = false;
        call(endOfBatch);
    }

    void loss(LossReport report) {
        call(() -> listener.onLoss(report));
    }

    /** See {@link LinkListener#taker}. */
    @Nullable Object taker() {
        return listener.taker();
    }

    /** See {@link LinkListener#roomBytes}. */
    int roomBytes(long comingBytes) {
        return listener.roomBytes(comingBytes);
    }

    void source(SourceEvent event) {
        call(() -> listener.onSource(event));
    }

    void failed(Exception cause) {
        call(() -> listener.onFailed(cause));
    }

    /** Ends the calls: none is under way and none comes when this returns. */
    void stop() {
        calling.lock();
        try {
            stopped = true;
        } finally {
            calling.unlock();
        }
    }

    private void call(Runnable delivery) {
        calling.lock();
        try {
            if (!stopped) {
                delivery.run();
            }
        } finally {
            calling.unlock();
        }
    }
}
