package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.client.PgmConnection;

/**
 * Receivers that roll back, or recover, when the publisher's window has long moved on, in bad weather: what was delivered
 * comes again as it was, in its order, and delivered once plus reported is sent. Some messages are delayed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulatedRecoveryTest {
    private static final int RUNS = 20;
    private static final int MESSAGES = 300;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private long runs;
    private long comeAgain;
    private long lost;

    @Order(1)
    @Seeds(fresh = RUNS)
    void whatComesAgainIsAsItWas(long seed) throws JMSException {
        Recovering run = new Recovering(seed);

        run.go();

        run.check();
        runs++;
        comeAgain += run.comeAgain;
        lost += run.lost;
    }

    @Order(2)
    @Test
    void theTroubleWasReal() {
        assumeThat(runs).isGreaterThanOrEqualTo(RUNS);

        assertThat(comeAgain).as("messages that came again").isGreaterThan(1_000);
        assertThat(lost).as("lost messages").isGreaterThan(10);
    }

    /** A message, and how often it was delivered. */
    private static final class Delivered {
        private final String text;
        private int times = 1;

        Delivered(String text) {
            this.text = text;
        }
    }

    /** One run. */
    private static final class Recovering {
        private final RandomGenerator random;
        private final SimWorld world;
        private final SimNetwork network;
        private final PgmConnection publishing;
        private final PgmConnection receiving;
        private final Session sending;
        private final MessageProducer producer;
        private final Session session;
        private final MessageConsumer consumer;
        private final List<String> sent = new ArrayList<>();
        private final ArrayDeque<Delivered> expected = new ArrayDeque<>();
        private final List<Delivered> open = new ArrayList<>();
        private final Set<String> settled = new HashSet<>();
        private final long startNs;
        private @Nullable Message last;
        private long comeAgain;
        private long lost;
        private boolean unknown;

        Recovering(long seed) throws JMSException {
            random = RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom")
                    .create(seed);
            world = new SimWorld(random.nextLong(10 * SECOND));
            network = new SimNetwork(world, random);
            startNs = world.nowNs();
            receiving = new SimulatedProcess(network, "receiver").connection("jms.lossPolicy=mark");
            receiving.setLossListener(report -> {
                unknown |= !report.isExact();
                lost += Math.max(0, report.count());
            });
            session = receiving.createSession(
                    random.nextBoolean() ? Session.SESSION_TRANSACTED : Session.CLIENT_ACKNOWLEDGE);
            consumer = session.createConsumer(session.createTopic("orders"));
            publishing = new SimulatedProcess(network, "publisher")
                    .connection("pgm.spm.ambient=100ms&pgm.window.time=" + (100 + random.nextInt(200)) + "ms");
            sending = publishing.createSession();
            producer = sending.createProducer(sending.createTopic("orders"));
        }

        void go() throws JMSException {
            for (SimNode host : network.hosts()) {
                host.inbound().loss = random.nextDouble() * 0.4;
                host.inbound().jitterNs = 5 * MILLI;
            }
            for (int i = 0; i < MESSAGES; i++) {
                send();
                receive(1 + random.nextInt(20));
                int dice = random.nextInt(30);
                if (dice < 2) {
                    settle();
                } else if (dice == 2) {
                    world.runFor(random.nextLong(2 * SECOND));
                    again();
                }
            }
            for (SimNode host : network.hosts()) {
                host.inbound().heal();
            }
            again();
            receive(5_000);
            settle();
            receiving.close();
            publishing.close();
        }

        private void send() throws JMSException {
            String text = sent.size() + " " + "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 3_000 : 100));
            sent.add(text);
            producer.setDeliveryDelay(random.nextInt(5) == 0 ? random.nextInt(300) : 0);
            producer.send(sending.createTextMessage(text));
        }

        /** Receives for so long, which drives the world. */
        private void receive(long millis) throws JMSException {
            long endNs = world.nowNs() + millis * MILLI;
            for (long leftNs = millis * MILLI; leftNs > 0; leftNs = endNs - world.nowNs()) {
                Message message = consumer.receive(leftNs / MILLI + 1);
                if (message != null) {
                    onMessage((TextMessage) message);
                }
            }
        }

        private void onMessage(TextMessage message) throws JMSException {
            Delivered delivered = expected.poll();
            if (delivered == null) {
                delivered = new Delivered(message.getText());
            } else {
                delivered.times++;
                comeAgain++;
                assertThat(message.getText()).isEqualTo(delivered.text);
            }
            assertThat(message.getIntProperty("JMSXDeliveryCount")).isEqualTo(delivered.times);
            assertThat(message.getJMSRedelivered()).isEqualTo(delivered.times > 1);
            assertThat(message.getJMSDeliveryTime()).isLessThanOrEqualTo(wallMillis());
            open.add(delivered);
            last = message;
        }

        /** By the clock of all simulated processes. */
        private long wallMillis() {
            return SimulatedClock.START_MILLIS + (world.nowNs() - startNs) / MILLI;
        }

        private void settle() throws JMSException {
            if (session.getTransacted()) {
                session.commit();
            } else if (last != null) {
                last.acknowledge();
            }
            for (Delivered each : open) {
                assertThat(settled.add(each.text)).as("settled twice").isTrue();
            }
            open.clear();
        }

        private void again() throws JMSException {
            if (session.getTransacted()) {
                session.rollback();
            } else {
                session.recover();
            }
            for (int i = open.size() - 1; i >= 0; i--) {
                expected.addFirst(open.get(i));
            }
            open.clear();
        }

        void check() {
            assertThat(expected).isEmpty();
            assertThat(sent).containsAll(settled);
            if (!unknown) {
                assertThat(settled.size() + lost).isEqualTo(sent.size());
            }
        }
    }
}
