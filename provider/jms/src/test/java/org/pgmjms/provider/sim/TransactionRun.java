package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.pgmjms.engine.sim.Faults;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.provider.client.PgmConnection;

/** One publisher whose transactions span two groups, and subscribers that must get all or nothing of each on a group. */
final class TransactionRun {
    private static final int TOPICS = 6;
    private static final int GROUPS = 2;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final int TICKS = 80;
    private static final int MOST_MESSAGES = 20;
    private static final int LONGEST_TEXT = 1_500;
    private static final long AMPLE_MILLIS = 60_000;

    private final RandomGenerator random;
    private final SimWorld world;
    private final List<SimNetwork> networks = new ArrayList<>();
    private final SimulatedProcess publisher;
    private final PgmConnection publishing;
    private final Session transacted;
    private final Session plain;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final int[] sent = new int[TOPICS];
    private final List<List<Numbered>> committed = new ArrayList<>();
    private final String receiving;

    private final double loss;
    private final boolean dies;
    private boolean dead;
    private long rolledBack;
    private long dropped;
    private long large;
    private long incomplete;

    /** A message by its topic and number. */
    private record Numbered(int topic, int number) {}

    TransactionRun(long seed) throws JMSException {
        random = RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
        world = new SimWorld(Long.MAX_VALUE - random.nextLong(10 * SECOND));
        for (int group = 0; group < GROUPS; group++) {
            networks.add(new SimNetwork(world, random));
        }
        loss = random.nextInt(5) == 0 ? 0 : random.nextDouble() * 0.4;
        dies = random.nextInt(4) == 0;
        receiving = "jms.order=" + (random.nextInt(4) == 0 ? "source" : "topic")
                + "&jms.holdBackBytes=" + (random.nextInt(3) == 0 ? "64KiB" : "16MiB")
                + "&pgm.peerExpiry=" + (dies ? "400ms" : "60s") + "&pgm.spm.ambient=100ms";
        subscribe("left", true);
        subscribe("right", true);
        world.runFor(random.nextLong(200 * MILLI));
        publisher = new SimulatedProcess(networks, "publisher");
        publishing = publisher.connection("pgm.gsi=1.2.3.4.5.6&pgm.sourcePort=1000&pgm.firstSqn=0&pgm.spm.ambient=100ms"
                + "&pgm.maxApdu=" + (random.nextBoolean() ? "2KiB" : "1MiB")
                + "&pgm.maxRate=" + (random.nextBoolean() ? "4Mbit/s" : "1Gbit/s")
                + "&pgm.window.time=" + (random.nextInt(3) == 0 ? AMPLE_MILLIS : 100 + random.nextInt(300)) + "ms");
        transacted = publishing.createSession(Session.SESSION_TRANSACTED);
        plain = publishing.createSession();
    }

    private void subscribe(String name, boolean fromFirst) throws JMSException {
        List<String> topics = new ArrayList<>();
        for (int topic = 0; topic < TOPICS; topic++) {
            topics.add(topic(topic));
        }
        subscribers.add(new Subscriber(new SimulatedProcess(networks, name), topics, receiving, true, fromFirst));
    }

    private static int group(int topic) {
        return topic % GROUPS;
    }

    private static String topic(int number) {
        return "orders." + number + "?group=239.192.0." + (1 + group(number));
    }

    void go() throws JMSException {
        long atNs = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            atNs += random.nextLong(40 * MILLI);
            world.after(atNs, () -> Run.orFail(random.nextInt(3) == 0 ? this::sendPlain : this::transact));
        }
        world.after(SECOND / 10, this::cloud);
        world.after(random.nextLong(atNs), () -> Run.orFail(() -> subscribe("late", false)));
        if (dies) {
            world.after(atNs / 2 + random.nextLong(atNs / 2), this::die);
        }
        world.runFor(atNs + MILLI);
        if (!dies) {
            heal();
            world.runFor(SECOND);
            farewell();
        }
        world.runFor(5 * SECOND);
        publishing.close();
        heal();
        world.runFor(5 * SECOND);
        for (Subscriber subscriber : subscribers) {
            incomplete += subscriber.counted("link.trains_lost");
            subscriber.close();
        }
    }

    private void transact() throws JMSException {
        if (dead) {
            return;
        }
        int[] before = sent.clone();
        List<Numbered> messages = new ArrayList<>();
        int longest = random.nextInt(3) == 0 ? LONGEST_TEXT : 100;
        for (int count = 1 + random.nextInt(MOST_MESSAGES); count > 0; count--) {
            messages.add(send(transacted, random.nextInt(TOPICS), random.nextInt(longest)));
        }
        if (random.nextInt(6) == 0) {
            transacted.rollback();
            System.arraycopy(before, 0, sent, 0, TOPICS);
            rolledBack++;
        } else {
            transacted.commit();
            committed.add(messages);
            large += longest == LONGEST_TEXT ? 1 : 0;
        }
    }

    private void sendPlain() throws JMSException {
        if (!dead) {
            send(plain, random.nextInt(TOPICS), random.nextInt(200));
        }
    }

    private Numbered send(Session session, int topic, int length) throws JMSException {
        sent[topic]++;
        try (MessageProducer producer = session.createProducer(session.createTopic(topic(topic)))) {
            producer.send(session.createTextMessage(sent[topic] + " " + "x".repeat(length)));
        }
        return new Numbered(topic, sent[topic]);
    }

    /** Who has missed topic heads learns from the next message of a topic what is gone. */
    private void farewell() throws JMSException {
        for (int topic = 0; topic < TOPICS; topic++) {
            send(plain, topic, 0);
        }
    }

    private void die() {
        dead = true;
        publisher.hosts().forEach(host -> host.down(true));
    }

    /** Bad weather for all that are there. */
    private void cloud() {
        for (SimNetwork network : networks) {
            for (SimNode host : network.hosts()) {
                Faults faults = host.inbound();
                faults.loss = loss;
                faults.jitterNs = 5 * MILLI;
                faults.duplicate = 0.05;
            }
        }
    }

    private void heal() {
        for (SimNetwork network : networks) {
            for (SimNode host : network.hosts()) {
                dropped += host.inbound().dropped;
                host.inbound().dropped = 0;
                if (!dead) {
                    host.inbound().heal();
                }
            }
        }
    }

    void check() {
        for (Subscriber subscriber : subscribers) {
            for (int topic = 0; topic < TOPICS; topic++) {
                TopicLog log = subscriber.logs().get(topic);
                // Of what a source did not send before it died nobody can know.
                log.check(dies ? log.lastKnown() : sent[topic], subscriber.fromFirst(), !dies);
            }
            for (List<Numbered> transaction : committed) {
                checkAllOrNothing(subscriber, transaction);
            }
            assertThat(subscriber.process().heldBytes()).isZero();
        }
        assertThat(publisher.heldBytes()).isZero();
    }

    private static void checkAllOrNothing(Subscriber subscriber, List<Numbered> transaction) {
        for (int group = 0; group < GROUPS; group++) {
            int number = group;
            List<Numbered> there = transaction.stream()
                    .filter(message -> group(message.topic) == number)
                    .toList();
            List<Numbered> came = there.stream()
                    .filter(message -> subscriber.logs().get(message.topic).hasReceived(message.number))
                    .toList();
            assertThat(came)
                    .as("%s, on group %d", subscriber.process().name(), group)
                    .isIn(List.of(), there);
        }
    }

    /** How many trains did not come whole, over all subscribers and groups. */
    long missedTrains() {
        long missed = 0;
        for (Subscriber subscriber : subscribers) {
            for (List<Numbered> transaction : committed) {
                missed += transaction.stream()
                        .filter(message -> !subscriber.logs().get(message.topic).hasReceived(message.number))
                        .map(message -> group(message.topic))
                        .distinct()
                        .count();
            }
        }
        return missed;
    }

    long committed() {
        return committed.size();
    }

    long large() {
        return large;
    }

    /** How many trains did not come whole, though some of their parts did. */
    long incomplete() {
        return incomplete;
    }

    long rolledBack() {
        return rolledBack;
    }

    long dropped() {
        return dropped;
    }

    boolean dies() {
        return dies;
    }

    @Override
    public String toString() {
        return Arrays.toString(sent);
    }
}
