package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.pgmjms.engine.sim.Faults;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.engine.wire.PacketView;

/** One or two publishers and three subscribers, each a process of its own, in the weather that a seed draws. */
final class Run {
    static final int TOPICS = 6;

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final int TICKS = 120;
    private static final int LONGEST_TEXT = 4_000;
    private static final int LAST = 2;
    /** Longer than a receiver goes on asking for what nobody has. */
    private static final long TO_GIVE_UP_NS = 30 * SECOND;

    private static final int MAGIC = 'P' << Byte.SIZE | 'J';
    private static final int KIND_OFFSET = 3;
    private static final int HEADS = 3;
    /** A window that is longer than a run. */
    private static final long AMPLE_MILLIS = 60_000;

    private final RandomGenerator random;
    private final SimWorld world;
    private final SimNetwork network;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final String receiving;

    private final double loss;
    private final long windowMillis;
    private final boolean cutsOff;
    private final boolean comesLate;
    private final boolean endsInTheRain;
    private final boolean expiresSoon;
    private final boolean losesHeads;
    private final boolean pair;
    private long dropped;
    private long droppedHeads;

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
        losesHeads = random.nextInt(4) == 0;
        pair = random.nextBoolean();
        receiving = "jms.order=" + (random.nextInt(4) == 0 ? "source" : "topic")
                + "&pgm.peerExpiry=" + (expiresSoon ? "400ms" : "60s")
                + "&pgm.spm.ambient=100ms";
        subscribe("left", true, true);
        subscribe("right", true, true);
        if (!comesLate) {
            subscribe("last", false, true);
        }
        world.runFor(random.nextLong(200 * MILLI));
        for (int number = pair ? 2 : 1; number > 0; number--) {
            publishers.add(new Publisher(
                    network,
                    number,
                    "pgm.spm.ambient=100ms&pgm.firstSqn=" + (random.nextBoolean() ? 0 : 4_294_967_290L)
                            + "&pgm.window.time=" + windowMillis + "ms"));
        }
    }

    private void subscribe(String name, boolean listening, boolean fromFirst) throws JMSException {
        Subscriber subscriber = new Subscriber(network, name, receiving, listening, fromFirst);
        subscriber.logs().forEach(log -> log.isShared(pair));
        subscribers.add(subscriber);
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
        for (Publisher publisher : publishers) {
            publisher.close();
        }
        heal();
        receiveUntilQuiet();
        if (losesHeads) {
            world.runFor(TO_GIVE_UP_NS);
            receiveUntilQuiet();
        }
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
            Publisher publisher = publishers.get(random.nextInt(publishers.size()));
            int topic = Math.min(random.nextInt(TOPICS), random.nextInt(TOPICS));
            publisher.send(topic, random.nextInt(20) == 0 ? random.nextInt(LONGEST_TEXT) : random.nextInt(100));
        }
    }

    /** Bad weather for all that are there. */
    private void cloud() {
        for (SimNode host : network.hosts()) {
            Faults faults = host.inbound();
            faults.loss = loss;
            faults.jitterNs = 5 * MILLI;
            faults.duplicate = 0.05;
            if (losesHeads) {
                faults.filter = Run::isHeads;
            }
        }
    }

    private static boolean isHeads(PacketView packet) {
        return packet.type().isData()
                && packet.payloadLength() > KIND_OFFSET
                && packet.buffer().getUnsignedShort(packet.payloadOffset()) == MAGIC
                && packet.buffer().getByte(packet.payloadOffset() + KIND_OFFSET) == HEADS;
    }

    private void heal() {
        for (SimNode host : network.hosts()) {
            dropped += host.inbound().dropped;
            host.inbound().dropped = 0;
            droppedHeads += host.inbound().filtered;
            host.inbound().filtered = 0;
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
        for (Publisher publisher : publishers) {
            for (int topic = 0; topic < TOPICS; topic++) {
                publisher.send(topic, 10);
            }
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

    /**
     * What it takes to know how much was lost: good weather in the end, and topic heads. Where two publishers share the work
     * one may fall idle, and send its heads, while a subscriber is cut off; after that only the end of the session tells,
     * and without a count.
     */
    private boolean isExact() {
        return !endsInTheRain && !losesHeads && !(pair && cutsOff);
    }

    void check() {
        boolean exactly = isExact();
        for (Subscriber subscriber : subscribers) {
            for (int topic = 0; topic < TOPICS; topic++) {
                TopicLog log = subscriber.logs().get(topic);
                for (Publisher publisher : publishers) {
                    log.stream(publisher.source()).check(publisher.sent(topic), subscriber.fromFirst(), exactly);
                }
                if (subscriber.fromFirst() && windowMillis == AMPLE_MILLIS && !cutsOff && !losesHeads) {
                    assertThat(log.lost() + log.unknownLosses())
                            .as("false alarms")
                            .isZero();
                }
            }
            assertThat(subscriber.process().heldBytes()).isZero();
        }
        for (Publisher publisher : publishers) {
            assertThat(publisher.process().heldBytes()).isZero();
        }
    }

    boolean endsInTheRain() {
        return endsInTheRain;
    }

    long dropped() {
        return dropped;
    }

    /** Packets with topic heads that were dropped on purpose. */
    long droppedHeads() {
        return droppedHeads;
    }

    int publishers() {
        return publishers.size();
    }

    List<Subscriber> subscribers() {
        return subscribers;
    }

    long fingerprint() {
        return world.fingerprint().value();
    }
}
