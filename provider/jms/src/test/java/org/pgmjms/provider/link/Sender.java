package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.MessageEncoder;
import org.pgmjms.provider.message.PgmTextMessage;

/**
 * An {@link OutboundLink} whose packets a test pulls. The text of a message is its number on its topic, the transaction it
 * belongs to (0 for none), and padding.
 */
final class Sender {
    static final int MAX_TSDU = 400;
    static final int FIRST_SQN = -20;

    private static final int MAX_MESSAGE = 1 << 20;
    private static final Incarnation INCARNATION = new Incarnation(1, 2);

    private final MessageEncoder encoder;
    /** As a producer keeps them. */
    private final Map<String, LinkTopic> kept = new HashMap<>();

    private final Map<String, Integer> sent = new HashMap<>();
    private final Map<Integer, Map<String, Integer>> transactions = new HashMap<>();
    final FakePublication publication;
    final OutboundLink link;
    private int nextSqn = FIRST_SQN;

    /** One APDU and the numbers of its packets. */
    record Apdu(int firstSqn, int lastSqn, ByteBuf bytes) {}

    Sender(int topicCapacity) {
        this(topicCapacity, 1 << 16);
    }

    Sender(int topicCapacity, int ringBytes) {
        this(topicCapacity, ringBytes, INCARNATION);
    }

    Sender(int topicCapacity, int ringBytes, Incarnation incarnation) {
        this(topicCapacity, ringBytes, incarnation, MAX_MESSAGE);
    }

    Sender(int topicCapacity, int ringBytes, Incarnation incarnation, int maxApduBytes) {
        encoder = new MessageEncoder(incarnation, MAX_MESSAGE);
        publication = new FakePublication(MAX_TSDU, maxApduBytes);
        link = new OutboundLink(new SendQueue(ringBytes, MAX_MESSAGE), MAX_MESSAGE, incarnation, topicCapacity);
        link.attach(publication);
    }

    static PgmTopic topic(String name) {
        return new PgmTopic(name);
    }

    /** Queues the topic's next message. */
    void send(String topic, int padding) throws JMSException {
        LinkTopic to = kept.computeIfAbsent(topic, name -> new LinkTopic(topic(name)));
        link.publish(to, next(topic, 0, padding), 0);
    }

    private ByteBuf next(String topic, int transaction, int padding) throws JMSException {
        return encoded(sent.merge(topic, 1, Integer::sum) + ":" + transaction + ":" + "x".repeat(padding));
    }

    /** Queues the next message of each topic in one transaction. */
    void sendTogether(int padding, String... topics) throws JMSException {
        reserve(padding, topics).publish();
    }

    /** The same, not yet published: nobody else may send to these topics meanwhile. */
    TrainReservation reserve(int padding, String... topics) throws JMSException {
        int transaction = transactions.size() + 1;
        List<TrainMessage> messages = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (String topic : topics) {
            messages.add(new TrainMessage(topic(topic), next(topic, transaction, padding)));
            counts.merge(topic, 1, Integer::sum);
        }
        transactions.put(transaction, counts);
        return link.reserve(new Train(transaction, 1, messages), 0);
    }

    /** How many messages each transaction has on each topic. */
    Map<Integer, Map<String, Integer>> transactions() {
        return transactions;
    }

    ByteBuf encoded(String text) throws JMSException {
        ByteBuf out = Unpooled.buffer();
        encoder.encode(new PgmTextMessage(text), 0, out);
        return out;
    }

    int sent(String topic) {
        return sent.getOrDefault(topic, 0);
    }

    int nextSqn() {
        return nextSqn;
    }

    boolean hasWork() {
        return link.nextLength() > 0;
    }

    /** Everything that can be sent, as the engine would pull it. */
    List<Apdu> pullAll() {
        List<Apdu> all = new ArrayList<>();
        while (hasWork()) {
            all.add(pull());
        }
        return all;
    }

    Apdu pull() {
        return pull(0);
    }

    Apdu pull(int padTo) {
        int length = link.nextLength();
        int first = nextSqn;
        if (length <= MAX_TSDU) {
            ByteBuf packet = Unpooled.buffer(MAX_TSDU + 7, MAX_TSDU + 7);
            int filled = link.fill(packet, 7, MAX_TSDU, padTo);
            assert filled >= length && filled <= MAX_TSDU : filled;
            nextSqn++;
            link.onStored(first, first);
            return new Apdu(first, first, packet.writerIndex(7 + filled).slice(7, filled));
        }
        ByteBuf whole = Unpooled.buffer(length, length);
        for (int offset = 0; offset < length; offset += MAX_TSDU) {
            int part = Math.min(MAX_TSDU, length - offset);
            link.fillFragment(whole, offset, part, offset);
            nextSqn++;
        }
        link.onStored(first, nextSqn - 1);
        return new Apdu(first, nextSqn - 1, whole.writerIndex(length));
    }
}
