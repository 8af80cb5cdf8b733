package org.pgmjms.provider.interleaving;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Topic;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgmjms.provider.TestProvider;
import org.pgmjms.provider.destination.PgmTopic;

/** What the threads of a round share. Safe for any thread. */
final class World {
    static final List<Topic> TOPICS = List.of(new PgmTopic("a"), new PgmTopic("b"));

    private final TestProvider provider;
    private final Sends sends = new Sends();
    private final AtomicInteger sessionNumbers = new AtomicInteger();
    private final List<ConnectionUse> connections = new CopyOnWriteArrayList<>();
    private final List<SessionUse> sessions = new CopyOnWriteArrayList<>();
    private final List<ConsumerUse> consumers = new CopyOnWriteArrayList<>();
    private final List<Place> places = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    World(TestProvider provider) {
        this.provider = provider;
        for (Topic topic : TOPICS) {
            places.add(new Place(topic, topic.toString(), Place.EVERYBODY));
        }
    }

    TestProvider provider() {
        return provider;
    }

    Sends sends() {
        return sends;
    }

    List<ConnectionUse> connections() {
        return connections;
    }

    List<SessionUse> sessions() {
        return sessions;
    }

    List<ConsumerUse> consumers() {
        return consumers;
    }

    List<Place> places() {
        return places;
    }

    /** From here on workers end what they do and begin nothing more. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    ConnectionUse connect(boolean started) throws JMSException {
        Connection connection = provider.factory().createConnection();
        if (started) {
            connection.start();
        }
        ConnectionUse use = new ConnectionUse(connection, connections.size());
        connections.add(use);
        return use;
    }

    SessionUse session(ConnectionUse connection, int mode) throws JMSException {
        SessionUse use = new SessionUse(sends, connection, sessionNumbers.incrementAndGet(), mode);
        sessions.add(use);
        return use;
    }

    /** Any of them. */
    static <T> T anyOf(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
