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
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;

/**
 * A session's view on a subscription. Jakarta Messaging 3.1, chapter 8. For one thread at a time, but for
 * {@link #close}.
 */
public sealed class PgmMessageConsumer implements MessageConsumer, LossNotifier permits PgmTopicSubscriber {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_MILLIS = Long.MAX_VALUE / (2 * NANOS_PER_MILLI);

    private final PgmSession session;
    private final Subscription subscription;
    private final MessageFilter filter;
    private volatile @Nullable MessageListener listener;
    private volatile @Nullable LossListener lossListener;
    private volatile boolean closed;
    /** Messages lost since the last one that was taken; -1 when nobody knows. Owned by who delivers. */
    private long gapBefore;

    PgmMessageConsumer(PgmSession session, Subscription subscription, MessageFilter filter) {
        this.session = session;
        this.subscription = subscription;
        this.filter = filter;
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

    /** Takes the next message that has not expired, and tells of the gaps before it. The session's gate is held. */
    @Nullable Pending take() {
        for (Object next = subscription.take(this); next != null; next = subscription.take(this)) {
            if (next instanceof LossReport report) {
                onLoss(report);
            } else if (next instanceof Pending again) {
                if (!session.isExpired(again.message())) {
                    return again;
                }
                subscription.acknowledged(again);
            } else if (next instanceof InboundMessage message && !session.isExpired(message)) {
                Pending pending = new Pending(this, message, gapBefore);
                gapBefore = 0;
                return pending;
            }
        }
        return null;
    }

    /** Remembers a gap for the next message, and tells of it. */
    void onLoss(LossReport report) {
        boolean unknown = gapBefore == LossReport.UNKNOWN || !report.isExact();
        gapBefore = unknown ? LossReport.UNKNOWN : gapBefore + report.count();
        session.onLoss(report, lossListener);
    }

    private void checkOpen() throws JMSException {
        session.checkOpen();
        if (closed) {
            throw JmsExceptions.closed("consumer");
        }
    }
}
