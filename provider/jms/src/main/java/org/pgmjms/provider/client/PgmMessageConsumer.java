package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageListener;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossNotifier;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;
import org.pgmjms.provider.message.InboundMessage;

/**
 * A session's view on a subscription. Jakarta Messaging 3.1, chapter 8. For one thread at a time, but for
 * {@link #close}.
 */
public sealed class PgmMessageConsumer implements MessageConsumer, LossNotifier
        permits PgmTopicSubscriber, PgmQueueReceiver, AssignedConsumer {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_MILLIS = Long.MAX_VALUE / (2 * NANOS_PER_MILLI);

    private final PgmSession session;
    private final Subscription subscription;
    private final MessageFilter filter;
    private volatile @Nullable MessageListener listener;
    private volatile @Nullable LossListener lossListener;
    private volatile @Nullable LossPolicy lossPolicy;
    private volatile boolean closed;
    /** Whether its session's listeners are going to look whether there is something for it. */
    private final Announcement announcement = new Announcement();

    /** Owned by who delivers; of use when the subscription is not shared. */
    private final GapCount gap;

    PgmMessageConsumer(PgmSession session, Subscription subscription, MessageFilter filter) {
        this.session = session;
        this.subscription = subscription;
        this.filter = filter;
        this.gap = new GapCount(subscription.destination());
    }

    PgmSession session() {
        return session;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Which messages the consumer wants. */
    MessageFilter filter() {
        return filter;
    }

    PgmDestination destination() {
        return subscription.destination();
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether its session's listeners are going to look at it. */
    Announcement announcement() {
        return announcement;
    }

    @Override
    public @Nullable String getMessageSelector() throws JMSException {
        checkOpen();
        return filter.selector();
    }

    @Override
    public @Nullable MessageListener getMessageListener() throws JMSException {
        checkOpen();
        return listener;
    }

    /** May be replaced at any time; the next message goes to the new one. */
    @Override
    public void setMessageListener(@Nullable MessageListener newListener) throws JMSException {
        checkOpen();
        session.delivery().beforeListenerChange(newListener);
        listener = newListener;
        session.delivery().afterListenerChange(newListener);
    }

    @Override
    public void setLossListener(@Nullable LossListener newListener) throws JMSException {
        checkOpen();
        lossListener = newListener;
    }

    @Override
    public @Nullable LossListener getLossListener() throws JMSException {
        checkOpen();
        return lossListener;
    }

    @Override
    public void setLossPolicy(@Nullable LossPolicy policy) throws JMSException {
        checkOpen();
        lossPolicy = policy;
    }

    @Override
    public LossPolicy getLossPolicy() throws JMSException {
        checkOpen();
        return policy(isListening());
    }

    /** A synchronous receive on a temporary destination must not wait for what is lost: that would be a reply. */
    private LossPolicy policy(boolean listening) {
        LossPolicy own = lossPolicy;
        if (own != null) {
            return own;
        }
        return destination().isTemporary() && !listening ? LossPolicy.THROW : session.lossPolicy(destination());
    }

    @Override
    public @Nullable Message receive() throws JMSException {
        return receive(0);
    }

    /** Waits at most {@code timeoutMillis}; 0 waits until there is a message or the consumer is closed. */
    @Override
    public @Nullable Message receive(long timeoutMillis) throws JMSException {
        checkOpen();
        return message(session.delivery().receive(this, waitFor(timeoutMillis)));
    }

    @Override
    public @Nullable Message receiveNoWait() throws JMSException {
        checkOpen();
        return message(session.delivery().receive(this, ReceiveWait.none()));
    }

    /** As {@link #receive(long)}, for the body. Jakarta Messaging 3.1, section 8.6. */
    <T> @Nullable T receiveBody(Class<T> type, long timeoutMillis) throws JMSException {
        checkOpen();
        return body(type, session.delivery().receive(this, waitFor(timeoutMillis)));
    }

    /** As {@link #receiveNoWait}, for the body. */
    <T> @Nullable T receiveBodyNoWait(Class<T> type) throws JMSException {
        checkOpen();
        return body(type, session.delivery().receive(this, ReceiveWait.none()));
    }

    private ReceiveWait waitFor(long timeoutMillis) throws JMSException {
        if (timeoutMillis < 0) {
            throw JmsExceptions.invalidArgument("A time-out must not be negative: " + timeoutMillis);
        }
        if (timeoutMillis == 0) {
            return ReceiveWait.forever();
        }
        return ReceiveWait.until(session.nowNs() + Math.min(timeoutMillis, LONGEST_MILLIS) * NANOS_PER_MILLI);
    }

    private @Nullable Message message(@Nullable Received received) {
        if (received == null) {
            return null;
        }
        session.delivery().onReceived(received.pending());
        return received.message();
    }

    private <T> @Nullable T body(Class<T> type, @Nullable Received received) throws JMSException {
        if (received == null) {
            return null;
        }
        try {
            T body = received.requireBody(type);
            session.delivery().onReceived(received.pending());
            return body;
        } catch (MessageFormatException e) {
            session.delivery().onBodyRefused(received.pending());
            throw e;
        }
    }

    /** From any thread; waits for a running receive or listener of this consumer, unless that is what calls. */
    @Override
    public void close() throws JMSException {
        if (closed) {
            return;
        }
        closed = true;
        session.delivery().remove(this);
        subscription.leave(this);
    }

    /** Closes without waiting for anything: the session does. */
    void closeWithSession() {
        closed = true;
        subscription.leave(this);
    }

    /** The listener, unless there is none or the consumer is closed. */
    @Nullable MessageListener activeListener() {
        return closed ? null : listener;
    }

    /** Whether messages go to a listener. */
    boolean isListening() {
        return activeListener() != null;
    }

    @Nullable LossListener lossListener() {
        return lossListener;
    }

    /** Takes the next message that has not expired for the listener, and tells of the gaps before it. */
    @Nullable Pending takeForListener() {
        Object next = takeNext();
        while (next instanceof LossReport report && !tell(report, policy(true), false)) {
            next = takeNext();
        }
        return next instanceof Pending pending ? pending : null;
    }

    /**
     * Takes the next message that has not expired for whoever receives.
     *
     * @throws MessageLossException for a gap before it, when that is the policy
     */
    @Nullable Pending takeToReceive() throws MessageLossException {
        Object next = takeNext();
        while (next instanceof LossReport report) {
            LossPolicy policy = policy(false);
            boolean isThrown = policy == LossPolicy.THROW || policy == LossPolicy.STOP;
            tell(report, policy, isThrown);
            if (isThrown) {
                throw MessageLossException.of(report);
            }
            next = takeNext();
        }
        return (Pending) next;
    }

    /** The next {@link Pending} that has not expired, or {@link LossReport}. The session's gate is held. */
    private @Nullable Object takeNext() {
        for (Object next = subscription.take(this); next != null; next = subscription.take(this)) {
            if (next instanceof LossReport report) {
                gap.add(report);
                return report;
            }
            if (next instanceof Pending again) {
                if (!session.isExpired(again.message())) {
                    return again;
                }
                subscription.acknowledged(again);
            } else if (next instanceof InboundMessage message && !session.isExpired(message)) {
                return new Pending(this, message, gap.end(message.topic()));
            }
        }
        return null;
    }

    /** Does what the policy says about a gap; whether that has closed the consumer. */
    private boolean tell(LossReport report, LossPolicy policy, boolean isThrown) {
        boolean isMarked = policy == LossPolicy.ROLLBACK && session.markRollback(MessageLossException.of(report));
        if (isThrown || isMarked) {
            session.notices().onThrown(report, lossListener);
        } else {
            session.notices().onLoss(report, lossListener, policy);
        }
        if (policy == LossPolicy.STOP) {
            session.delivery().drop(this);
        }
        return policy == LossPolicy.STOP;
    }

    /** A message was given up here, which is no trouble of the network: policies that end something do not apply. */
    void tellGivenUp(LossReport report) {
        session.notices().onLoss(report, lossListener, policy(true));
    }

    /** So many messages more are missing before the one that is taken next. */
    void addGap(long more) {
        gap.add(more);
    }

    private void checkOpen() throws JMSException {
        session.checkOpen();
        if (closed) {
            throw JmsExceptions.closed("consumer");
        }
    }
}
