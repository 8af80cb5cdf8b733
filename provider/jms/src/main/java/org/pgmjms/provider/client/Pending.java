package org.pgmjms.provider.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.message.InboundMessage;

/** A message on its way to the application, and how often it has been there. Owned by the session. */
final class Pending {
    private final InboundMessage message;
    private final long position;
    private @Nullable PgmMessageConsumer consumer;
    private long gapBefore;
    private int deliveries;

    /**
     * A message that was not delivered before.
     *
     * @param consumer where it belongs
     * @param message the message
     * @param gapBefore how many messages were lost just before it; 0 none, -1 unknown
     */
    Pending(PgmMessageConsumer consumer, InboundMessage message, long gapBefore) {
        this.consumer = consumer;
        this.message = message;
        this.gapBefore = gapBefore;
        this.position = 0;
    }

    /** A message that waits for the first of several consumers, at its position in what they share. */
    Pending(InboundMessage message, long position) {
        this.message = message;
        this.position = position;
    }

    /** Somebody else has delivered it so often before. */
    Pending deliveredBefore(int times) {
        deliveries = times;
        return this;
    }

    /** Says which of several consumers has it now. The gap is that before the message, if it is new. */
    void takenBy(PgmMessageConsumer taker, GapCount gap) {
        consumer = taker;
        if (deliveries == 0) {
            addGapBefore(gap.end(message.topic()));
        }
    }

    /** A session that was loaded with it has it now. */
    void handTo(PgmMessageConsumer taker) {
        consumer = taker;
    }

    /** Who has taken it. */
    PgmMessageConsumer consumer() {
        return Objects.requireNonNull(consumer, "nobody has taken it");
    }

    /** Its place in what several consumers share. */
    long position() {
        return position;
    }

    InboundMessage message() {
        return message;
    }

    long gapBefore() {
        return gapBefore;
    }

    /** More were given up just before it. */
    void addGapBefore(long more) {
        gapBefore = GapCount.sum(gapBefore, more);
    }

    /** Deliveries so far, the running one included. */
    int deliveries() {
        return deliveries;
    }

    /** A delivery begins. */
    void onDelivery() {
        deliveries++;
    }

    /** The delivery that began was none. */
    void onDeliveryUndone() {
        deliveries--;
    }
}
