package org.pgmjms.provider.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.Train;
import org.pgmjms.provider.link.TrainMessage;
import org.pgmjms.provider.link.TrainReservation;
import org.pgmjms.provider.message.ForeignMessages;
import org.pgmjms.provider.message.MessageIds;
import org.pgmjms.provider.message.PgmMessage;

/** The sending half of a session: sets headers, encodes, hands over. Jakarta Messaging 3.1, sections 3.4.11 and 7.2. */
final class Outbox {
    private static final int USUAL_BYTES = 1 << 10;
    private static final int MOST_KEPT_BYTES = 1 << 20;

    private final PgmConnection connection;
    private final @Nullable BrokerSession broker;
    private final MessageIds ids = MessageIds.ofThisJvm();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Transaction transaction;
    /** Holds one encoded message at a time; on the heap, so that nobody has to release it. */
    private ByteBuf buffer = Unpooled.buffer(USUAL_BYTES);

    /** Hands over to the transaction, when there is one; otherwise to the network. What a broker keeps goes there, too. */
    Outbox(PgmConnection connection, @Nullable Transaction transaction, @Nullable BrokerSession broker) {
        this.connection = connection;
        this.transaction = transaction;
        this.broker = broker;
    }

    /** Hands over to another transaction from now on, or to none. */
    void use(@Nullable Transaction newTransaction) {
        transaction = newTransaction;
    }

    /**
     * Sends; the headers of the message are set when this returns.
     *
     * @param known the way to the destination, when the caller has sent there before
     * @return the way to the destination
     */
    Route send(PgmDestination destination, @Nullable Route known, @Nullable Message message, SendOptions options)
            throws JMSException {
        if (message == null) {
            throw JmsExceptions.conversion("The message is null");
        }
        Route route = route(destination, known);
        checkDeliveryMode(route, options);
        if (message instanceof PgmMessage ours) {
            return sendOurs(destination, route, ours, options);
        }
        PgmMessage ours = ForeignMessages.convert(message);
        sendOurs(destination, route, ours, options);
        copyHeaders(ours, message);
        return route;
    }

    private Route route(PgmDestination destination, @Nullable Route known) throws JMSException {
        if (known == null) {
            return Route.to(destination, connection);
        }
        if (known.isOwnTemporary()) {
            connection.temporaries().checkNotDeleted(destination);
        }
        return known;
    }

    /** What is temporary ends before any store could matter. */
    private void checkDeliveryMode(Route route, SendOptions options) throws JMSException {
        PgmDestination destination = route.destination();
        if (!options.isPersistent() || route.storedBy() != 0 || destination.isTemporary()) {
            return;
        }
        if (connection.settings().rejectPersistent()) {
            throw JmsExceptions.needsBroker("A PERSISTENT message to topic " + destination + " ("
                    + JmsSetting.PERSISTENT_WITHOUT_BROKER.settingName() + "=reject)");
        }
        connection.runtime().persistentWarnings().onPersistent(destination);
    }

    private Route sendOurs(PgmDestination destination, Route route, PgmMessage message, SendOptions options)
            throws JMSException {
        Links.Channel channel = route.channel();
        Transaction current = transaction;
        lock.lock();
        try {
            long nowMillis = connection.runtime().clock().wallMillis();
            setHeaders(destination, message, options, nowMillis);
            buffer.clear();
            message.storedBy(route.storedBy());
            channel.encode(message, connection.number(), buffer);
            message.setJMSDeliveryTime(saturatedSum(nowMillis, options.delayMillis()));
            if (route.storedBy() != 0) {
                keep(route, message, options, current);
            } else if (current == null) {
                channel.link().publish(route, buffer, connection.settings().sendTimeoutNs());
            } else {
                current.add(channel, route.topic(), buffer);
            }
            return route;
        } finally {
            if (buffer.capacity() > MOST_KEPT_BYTES) {
                buffer = Unpooled.buffer(USUAL_BYTES);
            }
            lock.unlock();
        }
    }

    /** To the broker and to the group, or to neither. */
    private void keep(Route route, PgmMessage message, SendOptions options, @Nullable Transaction current)
            throws JMSException {
        BrokerSession store = Objects.requireNonNull(broker, "no companion broker");
        Links.Channel channel = route.channel();
        if (current != null) {
            current.add(channel, route.topic(), buffer);
            boolean isStored = false;
            try {
                store.store(route.topic(), message, options);
                isStored = true;
            } finally {
                if (!isStored) {
                    current.removeLast(channel);
                }
            }
            return;
        }
        Train train = new Train(
                ids.nextTransaction(), 1, List.of(new TrainMessage(route.topic(), Unpooled.copiedBuffer(buffer))));
        TrainReservation reserved =
                channel.link().reserve(train, connection.settings().sendTimeoutNs());
        boolean isStored = false;
        try {
            store.store(route.topic(), message, options);
            isStored = true;
        } finally {
            if (isStored) {
                reserved.publish();
            } else {
                reserved.release();
            }
        }
    }

    /** Sets what travels: without a delay the delivery time is the timestamp, and where there is none, none either. */
    private void setHeaders(PgmDestination destination, PgmMessage message, SendOptions options, long nowMillis) {
        long timestamp = options.withoutTimestamp() ? 0 : nowMillis;
        long ttlMillis = options.timeToLiveMillis();
        message.setJMSDestination(destination);
        message.setJMSDeliveryMode(options.deliveryMode());
        message.setJMSPriority(options.priority());
        message.setJMSTimestamp(timestamp);
        message.setJMSExpiration(ttlMillis == 0 ? 0 : saturatedSum(nowMillis, ttlMillis));
        message.setJMSDeliveryTime(
                options.delayMillis() == 0 ? timestamp : saturatedSum(nowMillis, options.delayMillis()));
        message.assignId(options.withoutId() ? null : ids.next());
    }

    private static long saturatedSum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /** Gives a message of another provider the header fields that sending has set. */
    static void copyHeaders(PgmMessage ours, Message foreign) throws JMSException {
        foreign.setJMSDestination(ours.getJMSDestination());
        foreign.setJMSDeliveryMode(ours.getJMSDeliveryMode());
        foreign.setJMSPriority(ours.getJMSPriority());
        foreign.setJMSTimestamp(ours.getJMSTimestamp());
        foreign.setJMSExpiration(ours.getJMSExpiration());
        foreign.setJMSDeliveryTime(ours.getJMSDeliveryTime());
        foreign.setJMSMessageID(ours.getJMSMessageID());
    }
}
