package org.pgmjms.provider.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.Train;
import org.pgmjms.provider.link.TrainMessage;
import org.pgmjms.provider.link.TrainReservation;
import org.pgmjms.provider.loss.MessageLossException;
import org.pgmjms.provider.message.EnvelopeWriter;
import org.pgmjms.provider.message.MessageIds;

/**
 * What a transacted session has sent since its last commit or rollback: encoded messages, by channel. Jakarta Messaging
 * 3.1, section 6.2.7. Safe for any thread, as a close may come from another one.
 */
final class Transaction {
    private final ClientClock clock;
    private final long sendTimeoutNs;
    private final ReentrantLock lock = new ReentrantLock();
    /** In the one order in which all sessions reserve. */
    private final SortedMap<Links.Channel, Load> loads = new TreeMap<>();

    private @Nullable MessageLossException loss;
    /** Room for everything, between {@link #prepare} and what ends that. */
    private List<TrainReservation> room = List.of();

    /** An empty transaction; its commits wait for room as long as a send does. */
    Transaction(ClientClock clock, long sendTimeoutNs) {
        this.clock = clock;
        this.sendTimeoutNs = sendTimeoutNs;
    }

    /** What goes to one channel. */
    private static final class Load {
        private final List<TrainMessage> messages = new ArrayList<>();
        private long bytes = EnvelopeWriter.envelopeLength(0, 0);
    }

    /** Takes a copy of an encoded message, unless that makes more than a channel carries as a whole. */
    void add(Links.Channel channel, PgmTopic topic, ByteBuf encoded) throws JMSException {
        lock.lock();
        try {
            Load load = loads.get(channel);
            long bytes = (load == null ? new Load() : load).bytes + frameBytes(topic, encoded);
            int most = channel.link().maxTrainBytes();
            if (bytes > most) {
                throw JmsExceptions.tooLarge(
                        "The transaction's messages on one channel, in bytes ("
                                + JmsSetting.MAX_MESSAGE_SIZE.settingName() + "),",
                        bytes,
                        most);
            }
            if (load == null) {
                load = new Load();
                loads.put(channel, load);
            }
            load.messages.add(new TrainMessage(topic, Unpooled.copiedBuffer(encoded)));
            load.bytes = bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the message that was added to a channel last. */
    void removeLast(Links.Channel channel) {
        lock.lock();
        try {
            Load load = loads.get(channel);
            if (load != null) {
                TrainMessage last = load.messages.remove(load.messages.size() - 1);
                load.bytes -= frameBytes(last.topic(), last.content());
                if (load.messages.isEmpty()) {
                    loads.remove(channel);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static long frameBytes(PgmTopic topic, ByteBuf encoded) {
        return EnvelopeWriter.frameLength(topic.nameUtf8().length, encoded.readableBytes(), true);
    }

    /** From here on it can only be rolled back; the first reason is the one that commit tells. */
    void markRollback(MessageLossException reason) {
        lock.lock();
        try {
            if (loss == null) {
                loss = reason;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends everything, or throws and has sent nothing; what was sent to it is still there.
     *
     * @param commit what has to succeed when there is room for all, and before anything is sent
     */
    void publish(SessionGate.Action commit) throws JMSException {
        lock.lock();
        try {
            prepare();
            boolean committed = false;
            try {
                commit.run();
                committed = true;
            } finally {
                if (committed) {
                    publishPrepared();
                } else {
                    release();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sets room aside for everything, so that {@link #publishPrepared} cannot fail; waits for it as long as a send does.
     * Without room nothing is set aside.
     *
     * @throws jakarta.jms.TransactionRolledBackException if there is no room, or messages were lost
     */
    void prepare() throws JMSException {
        lock.lock();
        try {
            if (loss != null) {
                throw JmsExceptions.rolledBack("Messages were lost during the transaction: it was rolled back", loss);
            }
            room = reserve();
        } finally {
            lock.unlock();
        }
    }

    /** Sends everything that there is room for since {@link #prepare}. */
    void publishPrepared() {
        lock.lock();
        try {
            room.forEach(TrainReservation::publish);
            room = List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the room that {@link #prepare} has set aside, if it did. */
    void release() {
        lock.lock();
        try {
            room.forEach(TrainReservation::release);
            room = List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing was sent. */
    boolean isEmpty() {
        lock.lock();
        try {
            return loads.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Room on every channel, or on none. */
    private List<TrainReservation> reserve() throws JMSException {
        List<TrainReservation> reserved = new ArrayList<>(loads.size());
        boolean complete = false;
        try {
            long id = loads.isEmpty() ? 0 : MessageIds.ofThisJvm().nextTransaction();
            long deadlineNs = clock.nowNs() + sendTimeoutNs;
            for (Map.Entry<Links.Channel, Load> each : loads.entrySet()) {
                Train train = new Train(id, loads.size(), each.getValue().messages);
                long leftNs = Math.max(0, deadlineNs - clock.nowNs());
                reserved.add(each.getKey().link().reserve(train, leftNs));
            }
            complete = true;
            return reserved;
        } catch (JMSException e) {
            throw JmsExceptions.rolledBack(
                    "There was no room for all of the transaction, so that nothing was sent: " + e.getMessage(), e);
        } finally {
            if (!complete) {
                reserved.forEach(TrainReservation::release);
            }
        }
    }

    /** Begins the next one: forgets what was sent, the room for it, and the reason to roll back. */
    void clear() {
        lock.lock();
        try {
            release();
            loads.clear();
            loss = null;
        } finally {
            lock.unlock();
        }
    }
}
