package org.pgmjms.provider.client;

import org.pgmjms.provider.message.InboundMessage;

/** A message on its way to the application, and how often it has been there. Owned by the session. */
final class Pending {
    private final PgmMessageConsumer consumer;
    private final InboundMessage message;
    private final long gapBefore;
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
    }

    PgmMessageConsumer consumer() {
        return consumer;
    }

    InboundMessage message() {
        return message;
    }

    long gapBefore() {
        return gapBefore;
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
