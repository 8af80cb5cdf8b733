package org.pgmjms.provider.client;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.message.InboundMessage;

/**
 * Messages whose delivery time has not come, in its order; those with one time in the order in which they came. Jakarta
 * Messaging 3.1, section 7.9. Not safe for threads.
 */
final class DelayedMessages {
    private record Delayed(InboundMessage message, long arrival) {
        long timeMillis() {
            return message.deliveryTime();
        }
    }

    private final PriorityQueue<Delayed> queue =
            new PriorityQueue<>(Comparator.comparingLong(Delayed::timeMillis).thenComparingLong(Delayed::arrival));
    private long arrivals;

    void add(InboundMessage message) {
        queue.add(new Delayed(message, arrivals++));
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    /** The next delivery time, in milliseconds since 1970; the end of time when there is none. */
    long nextMillis() {
        Delayed next = queue.peek();
        return next == null ? Long.MAX_VALUE : next.timeMillis();
    }

    /** Takes the next one out, if it is due at this time. */
    @Nullable InboundMessage pollUntil(long timeMillis) {
        Delayed next = queue.peek();
        if (next == null || next.timeMillis() > timeMillis) {
            return null;
        }
        queue.remove();
        return next.message();
    }

    /** Takes out all that are due at this time, in their order. */
    void release(long timeMillis, Consumer<InboundMessage> to) {
        for (InboundMessage due = pollUntil(timeMillis); due != null; due = pollUntil(timeMillis)) {
            to.accept(due);
        }
    }
}
