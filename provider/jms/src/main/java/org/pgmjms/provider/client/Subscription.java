package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;

/**
 * What consumers take from: a subscription to a topic, one that several consumers share, the store of a temporary
 * queue, or what a companion broker keeps. Its consumers may belong to several sessions. Safe for any thread.
 */
interface Subscription {
    /** Longer than any wait. */
    long NEVER = Long.MAX_VALUE;

    /** What was subscribed to. */
    PgmDestination destination();

    /** Tells the session of this consumer, too, of what arrives from here on. */
    void join(PgmMessageConsumer consumer) throws JMSException;

    /** This consumer takes no more. What only served it ends. */
    void leave(PgmMessageConsumer consumer);

    /**
     * Takes what is next for a consumer: a {@link Pending} that was made before, an
     * {@link org.pgmjms.provider.message.InboundMessage} or a {@link org.pgmjms.provider.loss.LossReport}; null when
     * there is nothing. The gate of the consumer's session is held.
     */
    @Nullable Object take(PgmMessageConsumer taker);

    /**
     * How long to wait at most before something that is there already can be taken, after {@link #take} had nothing: a
     * delayed message. {@link #NEVER} when nothing can.
     */
    default long waitNs() {
        return NEVER;
    }

    /** Whether a broker keeps the messages: it decides how often they come again, and has to be looked at for more. */
    default boolean isStored() {
        return false;
    }

    /**
     * Waits so long at most until there may be something to take, where nobody wakes the session for what comes. The
     * gate is held.
     */
    default void awaitArrival(long atMostNs) {}

    /** Puts one back to its place: before everything that is newer. Of several, the newest has to be the first. */
    void putBack(Pending pending);

    /** Puts one back as if it had not been taken: that is no redelivery. */
    default void putBackUnseen(Pending pending) {
        putBack(pending);
    }

    /** A message that was taken will not be put back any more. */
    void acknowledged(Pending pending);

    /** The session of a consumer does something else from now on, so that it is the turn of others. */
    default void passTurn() {}

    /** Whether it was cut off, as its consumers were too slow, and everything before that was taken. */
    boolean isCutOff();

    /** Why nothing more will come, or null. */
    @Nullable Exception failure();
}
