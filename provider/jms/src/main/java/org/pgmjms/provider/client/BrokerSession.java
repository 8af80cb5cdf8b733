package org.pgmjms.provider.client;

import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TransactionRolledBackException;
import jakarta.jms.XASession;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.message.BrokerMessages;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.MessageEncoder;
import org.pgmjms.provider.message.PgmMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session does at the companion broker, in one session there that is opened when it is first needed. It is
 * transacted when ours is; otherwise messages are acknowledged one call after the application is done with them, which
 * is what {@code CLIENT_ACKNOWLEDGE} offers: all that were taken at once. Safe for any thread.
 */
final class BrokerSession {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
    private static final int MOST_KNOWN = 256;

    private final BrokerConnection connection;
    private final AckMode mode;
    private final MessageEncoder encoder;
    /** The broker's session is for one thread at a time. */
    private final ReentrantLock lock = new ReentrantLock();
    // Changed under the lock.
    private volatile @Nullable Open open;
    private @Nullable Message taken;
    /** Whether the broker has a part in the transaction: without one, its end costs no call. */
    private boolean takesPart;

    private boolean closed;
    /** Who has a message that was taken and not seen: it must not be acknowledged with another one. */
    private @Nullable BrokerSubscription holder;

    /** Once it is there. */
    private final class Open implements BrokerMessages.Destinations {
        private final BrokerConnection.Live live;
        private final Session session;
        private final @Nullable XAResource resource;
        private final MessageProducer producer;
        private final BrokerMessages messages = new BrokerMessages(encoder, this);
        /** To ask for one costs a call to the broker. */
        private final Map<PgmDestination, Destination> known = new HashMap<>();

        Open(BrokerConnection.Live live) throws JMSException {
            this.live = live;
            Session made = live.session(mode);
            XASession xa = mode == AckMode.GLOBAL ? (XASession) made : null;
            this.session = xa == null ? made : xa.getSession();
            this.resource = xa == null ? null : xa.getXAResource();
            this.producer = session.createProducer(null);
        }

        /** Whether the broker's client has closed it; no call to the broker. */
        boolean isClosed() throws JMSException {
            try {
                session.getTransacted();
                return false;
            } catch (IllegalStateException e) {
                return true;
            }
        }

        void send(PgmDestination to, Message theirs, SendOptions options) throws JMSException {
            takesPart = true;
            producer.setDeliveryDelay(options.delayMillis());
            producer.send(toBroker(to), theirs, options.deliveryMode(), options.priority(), options.timeToLiveMillis());
        }

        @Override
        public Destination toBroker(PgmDestination ours) throws JMSException {
            Destination theirs = known.get(ours);
            if (theirs == null) {
                if (known.size() >= MOST_KNOWN) {
                    known.clear();
                }
                theirs = connection.broker().toBroker(ours, session);
                known.put(ours, theirs);
            }
            return theirs;
        }

        @Override
        public @Nullable PgmDestination fromBroker(Destination theirs) {
            try {
                return (PgmDestination) connection.broker().fromBroker(theirs);
            } catch (JMSException e) {
                LOG.debug("A JMSReplyTo is of no use here and left out", e);
                return null;
            }
        }
    }

    /** What is made with the broker's session. */
    @FunctionalInterface
    interface Making<T> {
        T with(Session session) throws JMSException;
    }

    /** What a transaction manager asks of the broker. */
    @FunctionalInterface
    interface XaCall<T> {
        T on(XAResource theirs) throws XAException;
    }

    /** What is done at the broker. */
    @FunctionalInterface
    private interface Call<T extends @Nullable Object> {
        T on(Open open) throws JMSException;
    }

    /** A session's part; nothing is opened. */
    BrokerSession(BrokerConnection connection, PgmConnection owner, AckMode mode) {
        ConnectionSettings settings = owner.settings();
        this.connection = connection;
        this.mode = mode;
        this.encoder = new MessageEncoder(
                Incarnation.ofThisJvm(),
                settings.link().maxMessageBytes(),
                replyTo -> settings.channels().place(replyTo));
    }

    /** Makes something with the broker's session: a consumer, a browser. */
    <T> T make(String what, Making<T> making) throws JMSException {
        String refused = "The companion broker refused " + what;
        return call(refused, opened -> {
            try {
                return making.with(opened.session);
            } catch (IllegalStateException e) {
                throw opened.isClosed()
                        ? e
                        : JmsExceptions.with(e, JmsExceptions.illegalState(refused + ": " + e.getMessage()));
            }
        });
    }

    /** What the broker calls one of our destinations, for a session of it. */
    Destination toBroker(PgmDestination ours, Session session) throws JMSException {
        return connection.broker().toBroker(ours, session);
    }

    /**
     * Sends a message to a queue; its identifier, timestamp, expiration and delivery time are the broker's when this
     * returns.
     */
    void send(PgmDestination queue, PgmMessage message, SendOptions options) throws JMSException {
        call("The companion broker did not take a message to queue " + queue, opened -> {
            Message theirs = opened.messages.toBroker(message, opened.session);
            MessageProducer producer = opened.producer;
            producer.setDisableMessageID(options.withoutId());
            producer.setDisableMessageTimestamp(options.withoutTimestamp());
            opened.send(queue, theirs, options);
            message.setJMSMessageID(theirs.getJMSMessageID());
            message.setJMSTimestamp(theirs.getJMSTimestamp());
            message.setJMSExpiration(theirs.getJMSExpiration());
            long deliveryTime = theirs.getJMSDeliveryTime();
            message.setJMSDeliveryTime(deliveryTime == 0 ? theirs.getJMSTimestamp() : deliveryTime);
            return message;
        });
    }

    /** Stores a message that goes to the group of its topic, too, with the same identifier and times. */
    void store(PgmDestination topic, PgmMessage message, SendOptions options) throws JMSException {
        call("The companion broker did not take a message to topic " + topic, opened -> {
            Message theirs = opened.messages.toBroker(message, opened.session);
            BrokerMessages.copyStamp(message, theirs);
            opened.send(topic, theirs, options);
            return message;
        });
    }

    /**
     * Takes a consumer's next message: what is there now for 0, else waits so long at most; null when there is none, or
     * when the broker has failed, of which the connection is told.
     */
    @Nullable Message take(MessageConsumer consumer, long waitMillis, BrokerSubscription taker) {
        lock.lock();
        try {
            if (closed || failure() != null || Thread.currentThread().isInterrupted()) {
                return null;
            }
            if (holder != null && !holder.equals(taker)) {
                holder.giveBack();
            }
            Message next = waitMillis == 0 ? consumer.receiveNoWait() : consumer.receive(waitMillis);
            if (next != null) {
                taken = next;
                takesPart = true;
            }
            return next;
        } catch (JMSException e) {
            if (Interrupts.isCauseOf(e)) {
                Thread.currentThread().interrupt();
            } else {
                onFailed(e);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Somebody keeps the one message that was taken, and delivers it next; or nobody does any more. Outside of a branch
     * of a global transaction it was acknowledged when it was taken, so that it cannot be given back.
     */
    void hold(@Nullable BrokerSubscription newHolder) {
        lock.lock();
        try {
            holder = mode == AckMode.GLOBAL ? null : newHolder;
        } finally {
            lock.unlock();
        }
    }

    /** One of the broker's messages as one of ours. */
    InboundMessage message(Message theirs, PgmTopic topic) throws JMSException {
        return call(
                "A message of the companion broker cannot be read",
                opened -> opened.messages.fromBroker(theirs, topic));
    }

    /** Everything that was taken will not come again; does nothing when that is said by {@link #commit}. */
    void acknowledge() throws JMSException {
        lock.lock();
        try {
            Message last = taken;
            if (last != null && !mode.isTransacted() && !closed) {
                call("The companion broker did not take an acknowledgement", opened -> {
                    last.acknowledge();
                    taken = null;
                    return last;
                });
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same when the session acknowledges by itself. What could not be acknowledged comes again; of a broker that did not
     * answer nothing more is delivered, not even what its client has buffered.
     */
    void acknowledgeByItself() {
        try {
            if (!mode.isKept()) {
                acknowledge();
            }
        } catch (JMSException e) {
            LOG.warn("A message will come again", e);
            if (!(e instanceof TransactionRolledBackException) && !Interrupts.isCauseOf(e)) {
                onFailed(e);
            }
        }
    }

    /**
     * Everything that was taken since the last acknowledgement comes again, as often as the broker allows; in a global
     * transaction that is the business of whoever rolls it back.
     */
    void deliverAgain() {
        lock.lock();
        try {
            Open opened = open;
            if (taken != null && !closed && opened != null) {
                taken = null;
                switch (mode) {
                    case TRANSACTED -> opened.session.rollback();
                    case AUTO, CLIENT, DUPS_OK -> opened.session.recover();
                    case GLOBAL -> {}
                }
            }
        } catch (JMSException e) {
            onFailed(e);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the broker's part of a transaction, if it has one. */
    void commit() throws JMSException {
        lock.lock();
        try {
            if (takesPart) {
                call("The companion broker did not confirm the commit", opened -> {
                    opened.session.commit();
                    taken = null;
                    takesPart = false;
                    return opened;
                });
            }
        } finally {
            lock.unlock();
        }
    }

    /** Undoes the broker's part of a transaction, if it has one. */
    void rollback() {
        lock.lock();
        try {
            taken = null;
            Open opened = open;
            if (takesPart && opened != null && !closed) {
                takesPart = false;
                opened.session.rollback();
            }
        } catch (JMSException e) {
            onFailed(e);
        } finally {
            lock.unlock();
        }
    }

    /** Opens it now, instead of when it is first needed. */
    void open() throws JMSException {
        lock.lock();
        try {
            opened();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something with the broker's part of global transactions, while nothing is taken.
     *
     * @throws XAException what the broker says; {@code XAER_RMFAIL} when it cannot be asked
     */
    <T> T xa(XaCall<T> call) throws XAException {
        lock.lock();
        try {
            Open opened = usable("The companion broker failed");
            return call.on(Objects.requireNonNull(opened.resource, "no session for global transactions"));
        } catch (JMSException e) {
            throw JmsExceptions.xa(XAException.XAER_RMFAIL, String.valueOf(e.getMessage()), e);
        } finally {
            lock.unlock();
        }
    }

    /** Does something with what was made, if the session is still there. */
    void quietly(SessionGate.Action action) {
        lock.lock();
        try {
            if (!closed) {
                action.run();
            }
        } catch (JMSException e) {
            LOG.debug("Something of the companion broker cannot be closed", e);
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing more comes, or null. */
    @Nullable Exception failure() {
        Open opened = open;
        return opened == null ? null : opened.live.failure();
    }

    /** Ends it: what is not acknowledged or committed comes again. */
    void close() {
        lock.lock();
        try {
            closed = true;
            taken = null;
            Open opened = open;
            if (opened != null) {
                opened.session.close();
            }
        } catch (JMSException e) {
            LOG.debug("The companion broker's session cannot be closed", e);
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T call(String what, Call<T> call) throws JMSException {
        lock.lock();
        try {
            Open opened = usable(what);
            try {
                return call.on(opened);
            } catch (JMSException e) {
                throw Interrupts.isCauseOf(e) ? Interrupts.of(what, e) : JmsExceptions.ofBroker(what, e);
            }
        } finally {
            lock.unlock();
        }
    }

    /** It can be used now; otherwise the exception says what could not be done. */
    private Open usable(String what) throws JMSException {
        if (closed) {
            throw JmsExceptions.closed("session");
        }
        Open opened = opened();
        JMSException failure = opened.live.failure();
        if (failure != null) {
            throw JmsExceptions.brokerFailed(what, failure);
        }
        return opened;
    }

    private Open opened() throws JMSException {
        Open opened = open;
        if (opened == null) {
            try {
                opened = new Open(connection.live());
            } catch (JMSException e) {
                throw JmsExceptions.ofBroker("The companion broker made no session", e);
            }
            open = opened;
        }
        return opened;
    }

    /** What was taken comes again when the broker finds that the session is gone. */
    private void onFailed(JMSException cause) {
        Open opened = open;
        if (opened != null && !closed) {
            connection.onFailed(opened.live, cause);
        }
    }
}
