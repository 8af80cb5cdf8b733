package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.pgmjms.engine.sim.Faults;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.provider.client.PgmConnection;

/** One publisher and three subscribers, each a process of its own, in the weather that a seed draws. */
final class Run {
    static final int TOPICS = 6;

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final int TICKS = 120;
    private static final int LONGEST_TEXT = 4_000;
    private static final int LAST = 2;
    /** A window that is longer than a run. */
    private static final long AMPLE_MILLIS = 60_000;

    private final RandomGenerator random;
    private final SimWorld world;
    private final SimNetwork network;
    private final SimulatedProcess publisher;
    private final PgmConnection publishing;
    private final Session session;
    private final List<MessageProducer> producers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final int[] sent = new int[TOPICS];
    private final String receiving;

    private final double loss;
    private final long windowMillis;
    private final boolean cutsOff;
    private final boolean comesLate;
    private final boolean endsInTheRain;
    private final boolean expiresSoon;
    private long dropped;

    Run(long seed) throws JMSException {
        random = RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
        world = new SimWorld(Long.MAX_VALUE - random.nextLong(10 * SECOND));
        network = new SimNetwork(world, random);
        loss = random.nextInt(5) == 0 ? 0 : random.nextDouble() * 0.2;
        windowMillis = random.nextInt(3) == 0 ? AMPLE_MILLIS : 100 + random.nextInt(600);
        cutsOff = random.nextInt(2) == 0;
        comesLate = random.nextInt(4) == 0;
        endsInTheRain = random.nextInt(4) == 0;
        expiresSoon = random.nextBoolean();
        receiving = "jms.order=" + (random.nextInt(4) == 0 ? "source" : "topic")
                + "&pgm.peerExpiry=" + (expiresSoon ? "400ms" : "60s")
                + "&pgm.spm.ambient=100ms";
        subscribe("left", true, true);
        subscribe("right", true, true);
        if (!comesLate) {
            subscribe("last", false, true);
        }
        world.runFor(random.nextLong(200 * MILLI));
        publisher = new SimulatedProcess(network, "publisher");
        publishing = publisher.connection("pgm.gsi=1.2.3.4.5.6&pgm.sourcePort=1000&pgm.spm.ambient=100ms&pgm.firstSqn="
                + (random.nextBoolean() ? 0 : 4_294_967_290L)
                + "&pgm.window.time=" + windowMillis + "ms");
        session = publishing.createSession();
        for (int topic = 0; topic < TOPICS; topic++) {
            producers.add(session.createProducer(session.createTopic(topic(topic))));
        }
    }

    private void subscribe(String name, boolean listening, boolean fromFirst) throws JMSException {
        subscribers.add(new Subscriber(network, name, receiving, listening, fromFirst));
    }

    static String topic(int number) {
        return "quotes." + number;
    }

    /** What may throw a checked exception. */
    interface Action {
        void run() throws JMSException;
    }

    static void orFail(Action action) {
        try {
            action.run();
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** From the first message to the last, and all closed. */
    void go() throws JMSException {
        long endNs = world.nowNs() + schedule();
        while (world.nowNs() - endNs < 0) {
            receiveFor(50);
        }
        if (!endsInTheRain) {
            heal();
            if (expiresSoon || comesLate) {
                farewell();
            }
        }
        receiveUntilQuiet();
        publishing.close();
        heal();
        receiveUntilQuiet();
        for (Subscriber subscriber : subscribers) {
            subscriber.close();
        }
    }

    /** Plans what is sent and what goes wrong meanwhile; how long it takes. */
    private long schedule() {
        long atNs = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            atNs += random.nextLong(40 * MILLI);
            world.after(atNs, () -> orFail(this::sendSome));
        }
        world.after(SECOND / 10, this::cloud);
        if (cutsOff) {
            Subscriber victim = subscribers.get(random.nextInt(subscribers.size()));
            long fromNs = atNs / 4 + random.nextLong(atNs / 4);
            long lengthNs = (Math.min(windowMillis, SECOND / MILLI) + random.nextLong(1_000)) * MILLI;
            world.after(fromNs, () -> victim.process().hosts().forEach(host -> host.down(true)));
            world.after(fromNs + lengthNs, () -> victim.process().hosts().forEach(host -> host.down(false)));
            atNs = Math.max(atNs, fromNs + lengthNs + MILLI);
            world.after(atNs, () -> orFail(this::sendSome));
        }
        if (comesLate) {
            world.after(random.nextLong(atNs), () -> orFail(() -> subscribe("last", true, false)));
        }
        return atNs + MILLI;
    }

    private void sendSome() throws JMSException {
        for (int count = random.nextInt(1, 5); count > 0; count--) {
            send(Math.min(random.nextInt(TOPICS), random.nextInt(TOPICS)));
        }
    }

    private void send(int topic) throws JMSException {
        sent[topic]++;
        int length = random.nextInt(20) == 0 ? random.nextInt(LONGEST_TEXT) : random.nextInt(100);
        producers.get(topic).send(session.createTextMessage(sent[topic] + " " + "x".repeat(length)));
    }

    /** Bad weather for all that are there. */
    private void cloud() {
        for (SimNode host : network.hosts()) {
            Faults faults = host.inbound();
            faults.loss = loss;
            faults.jitterNs = 5 * MILLI;
            faults.duplicate = 0.05;
        }
    }

    private void heal() {
        for (SimNode host : network.hosts()) {
            dropped += host.inbound().dropped;
            host.inbound().dropped = 0;
            host.inbound().heal();
        }
    }

    /**
     * Whose session has expired learns from the next message of a topic what it has missed; the others learn it from the
     * topic heads.
     */
    private void farewell() throws JMSException {
        for (int waited = 0; waited < 20; waited++) {
            receiveFor(50);
        }
        for (int topic = 0; topic < TOPICS; topic++) {
            send(topic);
        }
    }

    private void receiveUntilQuiet() throws JMSException {
        for (int waited = 0; waited < 100; waited++) {
            receiveFor(50);
        }
    }

    /** A receive drives the world, unless nobody is there that receives. */
    private void receiveFor(long millis) throws JMSException {
        if (comesLate) {
            world.runFor(millis * MILLI);
            return;
        }
        Subscriber last = subscribers.get(LAST);
        last.receive(random.nextInt(TOPICS), millis);
        last.receiveAll();
    }

    void check() {
        for (Subscriber subscriber : subscribers) {
            for (int topic = 0; topic < TOPICS; topic++) {
                TopicLog log = subscriber.logs().get(topic);
                log.check(sent[topic], subscriber.fromFirst(), !endsInTheRain);
                if (subscriber.fromFirst() && windowMillis == AMPLE_MILLIS && !cutsOff) {
                    assertThat(log.lost() + log.unknownLosses())
                            .as("false alarms")
                            .isZero();
                }
            }
            assertThat(subscriber.process().heldBytes()).isZero();
        }
        assertThat(publisher.heldBytes()).isZero();
    }

    boolean endsInTheRain() {
        return endsInTheRain;
    }

    long dropped() {
        return dropped;
    }

    List<Subscriber> subscribers() {
        return subscribers;
    }

    long fingerprint() {
        return world.fingerprint().value();
    }
}
