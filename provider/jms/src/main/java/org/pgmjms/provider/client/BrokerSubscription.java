package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.PropertyNames;

/**
 * What one consumer takes from the companion broker: nothing is taken before it can be delivered, and what comes again,
 * how often and in which order, is the broker's business. Owned by the session of its consumer, but for {@link #leave}.
 */
final class BrokerSubscription implements Subscription {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** How long a look takes at most when nothing is there; so long others of the session wait. */
    private static final long LOOK_MILLIS = 1;

    private static final long FIRST_PAUSE_NS = NANOS_PER_MILLI;
    private static final long LONGEST_PAUSE_NS = 16 * NANOS_PER_MILLI;

    private final PgmDestination destination;
    private final PgmTopic name;
    private final BrokerSession broker;
    private final ClientClock clock;
    private final Opening opening;
    private final @Nullable StoreWatch watch;
    private volatile @Nullable MessageConsumer theirs;

    // Whoever has the session's gate.
    /** Taken, given to the application, and asked for in a way that did not work: comes next. */
    private final ArrayDeque<Pending> refused = new ArrayDeque<>();

    private @Nullable Message arrived;
    private boolean hasLooked;
    private long nextLookNs;
    private long pauseNs = FIRST_PAUSE_NS;

    /** Makes the broker's consumer. */
    @FunctionalInterface
    interface Opening {
        MessageConsumer open(BrokerSession broker, MessageFilter filter) throws JMSException;
    }

    /** One that takes nothing before its consumer joins; with a watch when it is durable. */
    BrokerSubscription(
            PgmDestination destination,
            BrokerSession broker,
            ClientClock clock,
            Opening opening,
            @Nullable StoreWatch watch) {
        this.destination = destination;
        this.name = destination instanceof PgmTopic topic
                ? topic
                : (PgmTopic) PgmDestination.of(PgmDestination.Kind.TOPIC, destination.name());
        this.broker = broker;
        this.clock = clock;
        this.opening = opening;
        this.watch = watch;
        this.nextLookNs = clock.nowNs();
    }

    @Override
    public PgmDestination destination() {
        return destination;
    }

    @Override
    public boolean isStored() {
        return true;
    }

    @Override
    public void join(PgmMessageConsumer consumer) throws JMSException {
        theirs = opening.open(broker, consumer.filter());
        if (watch != null) {
            watch.enter(name, this);
        }
        if (consumer.isClosed()) {
            leave(consumer);
        }
    }

    @Override
    public void leave(PgmMessageConsumer consumer) {
        if (watch != null) {
            watch.leave(name, this);
        }
        if (release() && !refused.isEmpty()) {
            giveBack();
        }
    }

    /** Closes the broker's consumer, if there is one, and takes nothing more; what was taken stays so. */
    boolean release() {
        MessageConsumer leaving = theirs;
        theirs = null;
        if (leaving == null) {
            return false;
        }
        broker.quietly(leaving::close);
        return true;
    }

    /** The same of another session, for one consumer more. */
    BrokerSubscription in(BrokerSession other) {
        return new BrokerSubscription(destination, other, clock, opening, null);
    }

    @Override
    public @Nullable Object take(PgmMessageConsumer taker) {
        Pending again = refused.poll();
        if (again != null) {
            broker.hold(null);
            return again;
        }
        MessageConsumer from = theirs;
        if (from == null) {
            return null;
        }
        Message next = taker.isListening() ? look(from) : arrivedOrThere(from);
        return next == null ? null : taken(next, taker);
    }

    /** For listeners: never waits for the broker, and not at all before some time has passed since there was nothing. */
    private @Nullable Message look(MessageConsumer from) {
        if (nextLookNs - clock.nowNs() > 0) {
            return null;
        }
        Message next = broker.take(from, LOOK_MILLIS, this);
        if (next == null) {
            nextLookNs = clock.nowNs() + pauseNs;
            pauseNs = Math.min(2 * pauseNs, LONGEST_PAUSE_NS);
        } else {
            pauseNs = FIRST_PAUSE_NS;
        }
        return next;
    }

    private @Nullable Message arrivedOrThere(MessageConsumer from) {
        Message next = arrived;
        arrived = null;
        if (next != null || hasLooked) {
            hasLooked = false;
            return next;
        }
        return broker.take(from, 0, this);
    }

    /** Waits in the broker's own receive, so that a message is there as soon as it comes. */
    @Override
    public void awaitArrival(long atMostNs) {
        MessageConsumer from = theirs;
        if (from != null && refused.isEmpty()) {
            arrived = broker.take(from, Math.max(1, atMostNs / NANOS_PER_MILLI), this);
            hasLooked = true;
        }
    }

    private Object taken(Message next, PgmMessageConsumer taker) {
        try {
            InboundMessage message = broker.message(next, name);
            return new Pending(taker, message, 0).deliveredBefore(deliveriesBefore(next));
        } catch (JMSException e) {
            return new LossReport(destination, "", 0, 0, 1, LossCause.MALFORMED);
        }
    }

    /** How often somebody got a message of the broker before. */
    static int deliveriesBefore(Message next) throws JMSException {
        int count = next.propertyExists(PropertyNames.DELIVERY_COUNT)
                ? next.getIntProperty(PropertyNames.DELIVERY_COUNT) - 1
                : 0;
        return Math.max(count, next.getJMSRedelivered() ? 1 : 0);
    }

    @Override
    public long waitNs() {
        return failure() == null && theirs != null ? Math.max(0, nextLookNs - clock.nowNs()) : NEVER;
    }

    @Override
    public void putBack(Pending pending) {
        broker.deliverAgain();
    }

    @Override
    public void putBackUnseen(Pending pending) {
        refused.addFirst(pending);
        broker.hold(this);
    }

    /** Another consumer of the session goes on: what was refused comes again from the broker. */
    void giveBack() {
        refused.clear();
        broker.hold(null);
        broker.deliverAgain();
    }

    @Override
    public void acknowledged(Pending pending) {
        broker.acknowledgeByItself();
    }

    @Override
    public boolean isCutOff() {
        return false;
    }

    @Override
    public @Nullable Exception failure() {
        return broker.failure();
    }
}
