package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.pgmjms.engine.sim.Faults;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;

/**
 * Requests of one process, answered by the shared consumers of another at a temporary queue, in bad weather: each is
 * answered once, or the loss of the request or of the reply is reported.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulatedRequestReplyTest {
    private static final int RUNS = 20;
    private static final int REQUESTS = 200;
    private static final int RESPONDERS = 3;
    private static final double LOSS = 0.4;
    private static final int AMPLE_MILLIS = 60_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private long runs;
    private long answered;
    private long lostRequests;
    private long lostReplies;

    @Order(1)
    @Seeds(fresh = RUNS)
    void everyRequestIsAnsweredOnceOrItsLossIsReported(long seed) throws JMSException {
        Conversation conversation = new Conversation(seed, 100 + (int) Math.floorMod(seed, 200L));

        conversation.go();

        conversation.check();
        runs++;
        answered += conversation.answered.size();
        lostRequests += conversation.lostRequests;
        lostReplies += conversation.lostReplies;
    }

    @Order(2)
    @Test
    void theTroubleWasReal() {
        assumeThat(runs).isGreaterThanOrEqualTo(RUNS);

        assertThat(answered).as("answered").isPositive();
        assertThat(lostRequests).as("lost requests").isGreaterThan(10);
        assertThat(lostReplies).as("lost replies").isGreaterThan(10);
    }

    @Seeds(fresh = 3)
    void aWindowThatHoldsEverythingLosesNothing(long seed) throws JMSException {
        Conversation conversation = new Conversation(seed, AMPLE_MILLIS);

        conversation.go();

        conversation.check();
        assertThat(conversation.lostRequests + conversation.lostReplies).isZero();
        assertThat(conversation.answered).hasSize(REQUESTS);
    }

    /** One run. */
    private static final class Conversation {
        private final RandomGenerator random;
        private final SimWorld world;
        private final SimNetwork network;
        private final PgmConnection asking;
        private final Session session;
        private final MessageProducer requests;
        private final TemporaryQueue replyTo;
        private final MessageConsumer replies;
        private final Set<String> sent = new HashSet<>();
        private final Set<String> answered = new HashSet<>();
        private final PgmConnection[] answering = new PgmConnection[RESPONDERS];
        private int repliesSent;
        private long lostRequests;
        private long lostReplies;
        private boolean unknown;

        Conversation(long seed, int windowMillis) throws JMSException {
            random = RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom")
                    .create(seed);
            world = new SimWorld(random.nextLong(10 * SECOND));
            network = new SimNetwork(world, random);
            SimulatedProcess responder = new SimulatedProcess(network, "responder");
            String options = "pgm.spm.ambient=100ms&pgm.window.time=" + windowMillis + "ms";
            for (int i = 0; i < RESPONDERS; i++) {
                answering[i] = responder.connection(options);
                answering[i].setLossListener(report -> lostRequests += count(report));
                answer(answering[i].createSession());
            }
            asking = new SimulatedProcess(network, "requestor").connection(options);
            session = asking.createSession();
            requests = session.createProducer(session.createTopic("ask"));
            replyTo = session.createTemporaryQueue();
            replies = session.createConsumer(replyTo);
        }

        private void answer(Session own) throws JMSException {
            MessageProducer producer = own.createProducer(null);
            own.createSharedConsumer(own.createTopic("ask"), "responders")
                    .setMessageListener(request -> Run.orFail(() -> {
                        Message reply = own.createMessage();
                        reply.setJMSCorrelationID(request.getJMSMessageID());
                        producer.send(request.getJMSReplyTo(), reply);
                        repliesSent++;
                    }));
        }

        private long count(LossReport report) {
            unknown |= !report.isExact();
            return Math.max(0, report.count());
        }

        void go() throws JMSException {
            cloud();
            for (int i = 0; i < REQUESTS; i++) {
                Message request = session.createMessage();
                request.setJMSReplyTo(replyTo);
                requests.send(request);
                sent.add(request.getJMSMessageID());
                receive(random.nextInt(1, 30));
            }
            for (SimNode host : network.hosts()) {
                host.inbound().heal();
            }
            for (int i = 0; i < 100; i++) {
                receive(50);
            }
            asking.close();
            for (PgmConnection each : answering) {
                each.close();
            }
        }

        private void cloud() {
            for (SimNode host : network.hosts()) {
                Faults faults = host.inbound();
                faults.loss = LOSS;
                faults.jitterNs = 5 * MILLI;
                faults.duplicate = 0.05;
            }
        }

        /** Receives for so long, which drives the world. */
        private void receive(long millis) throws JMSException {
            long endNs = world.nowNs() + millis * MILLI;
            for (long leftNs = endNs - world.nowNs(); leftNs > 0; leftNs = endNs - world.nowNs()) {
                try {
                    Message reply = replies.receive(leftNs / MILLI + 1);
                    if (reply != null) {
                        assertThat(answered.add(reply.getJMSCorrelationID()))
                                .as("answered twice")
                                .isTrue();
                    }
                } catch (MessageLossException e) {
                    assertThat(e.getReport().destination()).isEqualTo(replyTo);
                    lostReplies += count(e.getReport());
                }
            }
        }

        void check() {
            assertThat(sent).hasSize(REQUESTS).containsAll(answered);
            assertThat(answered.size() + lostReplies).isLessThanOrEqualTo(repliesSent);
            assertThat(repliesSent + lostRequests).isLessThanOrEqualTo(REQUESTS);
            if (!unknown) {
                assertThat(answered.size() + lostReplies).as("replies").isEqualTo(repliesSent);
                assertThat(repliesSent + lostRequests).as("requests").isEqualTo(REQUESTS);
            }
        }
    }
}
