package org.pgmjms.provider.interleaving;

import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Random;

/** A thread that does something to sessions of its own, and closes anybody's. */
final class Worker implements Runnable {
    private static final int[] MODES = {
        Session.AUTO_ACKNOWLEDGE, Session.CLIENT_ACKNOWLEDGE, Session.DUPS_OK_ACKNOWLEDGE, Session.SESSION_TRANSACTED
    };
    private static final int MOST_STEPS = 24;

    private final World world;
    private final Random random;
    private final List<SessionUse> sessions = new ArrayList<>();
    private volatile ConsumerUse receiving;

    Worker(World world, long seed) {
        this.world = world;
        this.random = new Random(seed);
    }

    /** What it waits for a message of, or null. */
    ConsumerUse receiving() {
        return receiving;
    }

    /** What is closed or deleted says so. */
    static boolean isAllowed(JMSException e) {
        return e instanceof IllegalStateException || e instanceof InvalidDestinationException;
    }

    @Override
    public void run() {
        int steps = 1 + random.nextInt(MOST_STEPS);
        for (int i = 0; i < steps && !world.isOver(); i++) {
            try {
                step();
            } catch (JMSException e) {
                if (!isAllowed(e)) {
                    throw new AssertionError(e);
                }
            }
            if (random.nextInt(3) == 0) {
                Thread.yield();
            }
        }
    }

    private void step() throws JMSException {
        int choice = random.nextInt(100);
        if (sessions.isEmpty() || choice < 6) {
            open();
        } else if (choice < 10) {
            world.provider().clock().advance(Duration.ofMillis(random.nextInt(100)));
        } else if (choice < 16) {
            closeAnything();
        } else if (choice < 20) {
            startOrStop();
        } else {
            SessionUse session = World.anyOf(sessions, random);
            if (!session.isListening()) {
                use(session);
            } else if (choice < 24) {
                session.session().close();
            }
        }
    }

    private void open() throws JMSException {
        ConnectionUse connection = World.anyOf(world.connections(), random);
        sessions.add(world.session(connection, MODES[random.nextInt(MODES.length)]));
    }

    private void closeAnything() throws JMSException {
        int choice = random.nextInt(12);
        if (choice == 0) {
            World.anyOf(world.connections(), random).connection().close();
        } else if (choice < 4) {
            World.anyOf(world.sessions(), random).session().close();
        } else if (choice < 9 && !world.consumers().isEmpty()) {
            World.anyOf(world.consumers(), random).close();
        } else {
            World.anyOf(world.places(), random).delete();
        }
    }

    private void startOrStop() throws JMSException {
        ConnectionUse connection = World.anyOf(world.connections(), random);
        if (random.nextInt(3) == 0) {
            connection.connection().stop();
        } else {
            connection.connection().start();
        }
    }

    private void use(SessionUse session) throws JMSException {
        int choice = random.nextInt(100);
        if (choice < 40) {
            Place place = World.anyOf(world.places(), random);
            session.send(place.name(), place.destination(), random.nextInt(4) == 0);
        } else if (session.consumers().isEmpty() || choice < 55) {
            consume(session);
        } else if (choice < 60) {
            temporary(session);
        } else if (choice < 78) {
            receive(World.anyOf(session.consumers(), random));
        } else if (choice < 84) {
            World.anyOf(session.consumers(), random).listen();
        } else if (choice < 88) {
            browse(session);
        } else if (session.isTransacted()) {
            endTransaction(session, choice < 96);
        } else {
            session.session().recover();
        }
    }

    private static void endTransaction(SessionUse session, boolean well) throws JMSException {
        if (well) {
            session.commit();
        } else {
            session.rollback();
        }
    }

    private void consume(SessionUse session) throws JMSException {
        Place place = World.anyOf(world.places(), random);
        ConsumerUse.Kind kind = ConsumerUse.Kind.values()[random.nextInt(ConsumerUse.Kind.values().length)];
        Session of = session.session();
        MessageConsumer made;
        if (place.isQueue() || kind == ConsumerUse.Kind.ALL) {
            made = of.createConsumer(place.destination());
        } else if (kind == ConsumerUse.Kind.EVEN) {
            made = of.createConsumer(place.destination(), "even");
        } else if (kind == ConsumerUse.Kind.NOT_OF_ITS_CONNECTION) {
            made = of.createConsumer(place.destination(), null, true);
        } else {
            made = of.createSharedConsumer((Topic) place.destination(), "shared " + place.name());
        }
        ConsumerUse use = new ConsumerUse(
                session,
                made,
                place,
                place.isQueue() ? ConsumerUse.Kind.SHARED : kind,
                world.sends().now(),
                random.nextLong());
        session.consumers().add(use);
        world.consumers().add(use);
    }

    private void temporary(SessionUse session) throws JMSException {
        int owner = session.connection().number();
        if (random.nextBoolean()) {
            TemporaryQueue queue = session.session().createTemporaryQueue();
            world.places().add(new Place(queue, queue.getQueueName(), owner));
        } else {
            TemporaryTopic topic = session.session().createTemporaryTopic();
            world.places().add(new Place(topic, topic.getTopicName(), owner));
        }
    }

    private void receive(ConsumerUse use) throws JMSException {
        int choice = random.nextInt(10);
        if (choice < 5) {
            acknowledge(use, use.consumer().receiveNoWait());
            return;
        }
        receiving = use;
        try {
            Message message =
                    choice < 8 ? use.consumer().receive() : use.consumer().receive(1 + random.nextInt(50));
            acknowledge(use, message);
        } finally {
            receiving = null;
        }
    }

    private void acknowledge(ConsumerUse use, Message message) throws JMSException {
        if (use.take(message) && random.nextBoolean()) {
            message.acknowledge();
        }
    }

    private void browse(SessionUse session) throws JMSException {
        Place place = World.anyOf(world.places(), random);
        if (place.destination() instanceof Queue queue) {
            try (QueueBrowser browser = session.session().createBrowser(queue)) {
                Enumeration<?> waiting = browser.getEnumeration();
                while (waiting.hasMoreElements()) {
                    waiting.nextElement();
                }
            }
        }
    }
}
