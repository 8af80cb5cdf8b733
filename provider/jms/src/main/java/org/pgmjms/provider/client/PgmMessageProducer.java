package org.pgmjms.provider.client;

import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.error.JmsExceptions;

/** Sends messages to a destination, or to one given with each. Jakarta Messaging 3.1, chapter 7. For one thread at a time. */
public sealed class PgmMessageProducer implements MessageProducer permits PgmTopicPublisher, PgmQueueSender {
    private final PgmSession session;
    private final @Nullable PgmDestination destination;
    private final OpenSends openSends = new OpenSends();
    private SendOptions options = SendOptions.DEFAULT;
    /** Where the last message went; immutable, so that any thread may see it. */
    private @Nullable Route route;

    private volatile boolean closed;

    PgmMessageProducer(PgmSession session, @Nullable PgmDestination destination) {
        this.session = session;
        this.destination = destination;
    }

    PgmSession session() {
        return session;
    }

    OpenSends openSends() {
        return openSends;
    }

    @Override
    public void setDisableMessageID(boolean value) throws JMSException {
        checkOpen();
        options = session.shared(options.withoutId(value));
    }

    @Override
    public boolean getDisableMessageID() throws JMSException {
        checkOpen();
        return options.withoutId();
    }

    @Override
    public void setDisableMessageTimestamp(boolean value) throws JMSException {
        checkOpen();
        options = session.shared(options.withoutTimestamp(value));
    }

    @Override
    public boolean getDisableMessageTimestamp() throws JMSException {
        checkOpen();
        return options.withoutTimestamp();
    }

    @Override
    public void setDeliveryMode(int deliveryMode) throws JMSException {
        checkOpen();
        options = session.shared(options.withDeliveryMode(deliveryMode));
    }

    @Override
    public int getDeliveryMode() throws JMSException {
        checkOpen();
        return options.deliveryMode();
    }

    @Override
    public void setPriority(int defaultPriority) throws JMSException {
        checkOpen();
        options = session.shared(options.withPriority(defaultPriority));
    }

    @Override
    public int getPriority() throws JMSException {
        checkOpen();
        return options.priority();
    }

    @Override
    public void setTimeToLive(long timeToLiveMillis) throws JMSException {
        checkOpen();
        options = session.shared(options.withTimeToLive(timeToLiveMillis));
    }

    @Override
    public long getTimeToLive() throws JMSException {
        checkOpen();
        return options.timeToLiveMillis();
    }

    @Override
    public void setDeliveryDelay(long deliveryDelayMillis) throws JMSException {
        checkOpen();
        options = session.shared(options.withDelay(deliveryDelayMillis));
    }

    @Override
    public long getDeliveryDelay() throws JMSException {
        checkOpen();
        return options.delayMillis();
    }

    @Override
    public @Nullable Destination getDestination() throws JMSException {
        checkOpen();
        return destination;
    }

    @Override
    public void send(Message message) throws JMSException {
        checkOpen();
        send(ownDestination(), message, options);
    }

    @Override
    public void send(Message message, int deliveryMode, int priority, long timeToLive) throws JMSException {
        checkOpen();
        send(ownDestination(), message, options(deliveryMode, priority, timeToLive));
    }

    @Override
    public void send(Destination destination, Message message) throws JMSException {
        checkOpen();
        send(givenDestination(destination), message, options);
    }

    @Override
    public void send(Destination destination, Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        checkOpen();
        send(givenDestination(destination), message, options(deliveryMode, priority, timeToLive));
    }

    @Override
    public void send(Message message, CompletionListener completionListener) throws JMSException {
        checkOpen();
        sendAsync(ownDestination(), message, options, completionListener);
    }

    @Override
    public void send(
            Message message, int deliveryMode, int priority, long timeToLive, CompletionListener completionListener)
            throws JMSException {
        checkOpen();
        sendAsync(ownDestination(), message, options(deliveryMode, priority, timeToLive), completionListener);
    }

    @Override
    public void send(Destination destination, Message message, CompletionListener completionListener)
            throws JMSException {
        checkOpen();
        sendAsync(givenDestination(destination), message, options, completionListener);
    }

    @Override
    public void send(
            Destination destination,
            Message message,
            int deliveryMode,
            int priority,
            long timeToLive,
            CompletionListener completionListener)
            throws JMSException {
        checkOpen();
        sendAsync(
                givenDestination(destination),
                message,
                options(deliveryMode, priority, timeToLive),
                completionListener);
    }

    /** Sends with the settings of a {@code JMSProducer}; asynchronously when it has a listener. */
    void send(Destination destination, Message message, SendOptions how, @Nullable CompletionListener async)
            throws JMSException {
        checkOpen();
        PgmDestination to = givenDestination(destination);
        if (async == null) {
            send(to, message, how);
        } else {
            sendAsync(to, message, how, async);
        }
    }

    /** Waits until completion listeners have returned; they must not call it themselves. Section 7.3.4. */
    @Override
    public void close() throws JMSException {
        if (closed) {
            return;
        }
        session.completions().refuseWaiting(this);
        openSends.close();
        closed = true;
        session.remove(this);
    }

    /** Refuses later calls; the session has waited for the listeners. */
    void closeWithSession() {
        closed = true;
    }

    private void send(PgmDestination to, Message message, SendOptions how) throws JMSException {
        Route known = route;
        boolean same =
                known != null && (destination != null || known.destination().equals(to));
        route = session.send(to, same ? known : null, message, how);
    }

    private void sendAsync(
            PgmDestination to, Message message, SendOptions how, @Nullable CompletionListener completionListener)
            throws JMSException {
        if (completionListener == null) {
            throw new IllegalArgumentException("The CompletionListener is null");
        }
        session.completions().begin(this);
        boolean sent = false;
        try {
            send(to, message, how);
            sent = true;
        } finally {
            if (!sent) {
                session.completions().end(this);
            }
        }
        session.completions().onSent(this, message, completionListener);
    }

    private SendOptions options(int deliveryMode, int priority, long timeToLive) throws JMSException {
        return options.withDeliveryMode(deliveryMode).withPriority(priority).withTimeToLive(timeToLive);
    }

    private PgmDestination ownDestination() {
        if (destination == null) {
            throw new UnsupportedOperationException("The producer has no destination: give one with the message");
        }
        return destination;
    }

    private PgmDestination givenDestination(@Nullable Destination given) throws JMSException {
        if (destination != null) {
            throw new UnsupportedOperationException(
                    "The producer's destination is " + destination + ": none can be given");
        }
        return Destinations.toPublish(given, session.connection());
    }

    private void checkOpen() throws JMSException {
        session.checkOpen();
        if (closed) {
            throw JmsExceptions.closed("producer");
        }
    }
}
