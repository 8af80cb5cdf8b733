package org.pgmjms.provider.link;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/**
 * One listener, and where its messages begin. The lock is held while the listener is called, so that it is never called
 * after {@link #stop} returned; nobody else takes it.
 */
final class Listening {
    private final PgmTopic topic;
    private final LinkListener listener;
    /** The first sequence to deliver, of sources in this JVM; the receive agent's from registration on. */
    private final Map<Tsi, Long> localStarts = new HashMap<>();

    private final ReentrantLock calling = new ReentrantLock();
    private boolean stopped;

    Listening(PgmTopic topic, LinkListener listener) {
        this.topic = topic;
        this.listener = listener;
    }

    PgmTopic topic() {
        return topic;
    }

    /** The first sequence of a source that this listener is to get, or 0 if it is not known. */
    long startOf(Tsi tsi) {
        return localStarts.getOrDefault(tsi, 0L);
    }

    void startAt(Tsi tsi, long sequence) {
        localStarts.put(tsi, sequence);
    }

    void message(InboundMessage message) {
        calling.lock();
        try {
            if (!stopped) {
                listener.onMessage(message);
            }
        } finally {
            calling.unlock();
        }
    }

    void loss(LossReport report) {
        call(() -> listener.onLoss(report));
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
