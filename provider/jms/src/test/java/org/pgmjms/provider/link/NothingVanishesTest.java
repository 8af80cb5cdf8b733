package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Incarnation;

/** Whatever is lost on the way: what a consumer gets and what it is told it missed make up what was sent. */
class NothingVanishesTest {
    private static final int TOPICS = 12;
    private static final int STEPS = 300;
    private static final int MAX_APDU = 2_600;

    private static String name(int topic) {
        return "t." + topic;
    }

    /** One run of sender, path and receiver. */
    private static final class Run {
        final SplittableRandom random;
        final Sender sender;
        final InboundLink inbound;
        final LossyPath path;
        final List<Recorder> recorders = new ArrayList<>();

        Run(long seed, int topicCapacity, long holdBackBytes, DeliveryOrder order) {
            random = new SplittableRandom(seed);
            // A train needs several parts when it is larger than an APDU may be.
            sender = new Sender(topicCapacity, 1 << 16, new Incarnation(1, 2), MAX_APDU);
            inbound = new InboundLink(order, holdBackBytes, holdBackBytes);
            double loss = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.3;
            boolean contiguous = order == DeliveryOrder.CONTIGUOUS;
            path = new LossyPath(inbound, random, loss, 1 + random.nextInt(30), contiguous);
            for (int i = 0; i < TOPICS; i++) {
                Recorder recorder = new Recorder();
                recorders.add(recorder);
                inbound.add(new Listening(Sender.topic(name(i)), recorder));
            }
            inbound.onSession(FakePublication.TSI, SessionStart.FROM_BIRTH);
        }

        void go(EndReason end) throws JMSException {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            path.send(sender.pullAll());
            if (end == EndReason.FIN) {
                sender.link.onClosing();
                path.send(sender.pullAll());
            }
            path.end(end);
        }

        private void step() throws JMSException {
            int messages = random.nextInt(6);
            for (int i = 0; i < messages; i++) {
                int padding = random.nextInt(10) == 0 ? random.nextInt(2_000) : random.nextInt(80);
                sender.send(anyTopic(), padding);
            }
            if (random.nextInt(4) == 0) {
                String[] topics = new String[1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 8)];
                Arrays.setAll(topics, i -> anyTopic());
                sender.sendTogether(random.nextInt(random.nextInt(3) == 0 ? 2_000 : 100), topics);
            }
            if (random.nextInt(10) == 0) {
                sender.link.onIdle();
            }
            if (random.nextInt(2) == 0) {
                path.send(sender.pullAll());
            } else if (sender.hasWork()) {
                path.send(List.of(sender.pull()));
            }
        }

        /** Low numbers are busy topics, high ones speak seldom; one topic is heard by nobody. */
        private String anyTopic() {
            return name(TOPICS - (int) Math.sqrt(random.nextInt((TOPICS + 1) * (TOPICS + 1))));
        }

        /** Of a transaction everything came that somebody listens to, or nothing. */
        private void checkTransactions() {
            Map<Integer, Map<String, Integer>> came = new HashMap<>();
            for (int i = 0; i < TOPICS; i++) {
                for (InboundMessage message : recorders.get(i).messages) {
                    came.computeIfAbsent(Recorder.transaction(message), t -> new HashMap<>())
                            .merge(name(i), 1, Integer::sum);
                }
            }
            sender.transactions().forEach((transaction, counts) -> {
                Map<String, Integer> heard = new HashMap<>(counts);
                heard.remove(name(TOPICS));
                assertThat(came.getOrDefault(transaction, Map.of()))
                        .as("transaction %d", transaction)
                        .isIn(Map.of(), heard);
            });
        }

        void check(boolean unknownAllowed) {
            checkTransactions();
            for (int i = 0; i < TOPICS; i++) {
                check(recorders.get(i), sender.sent(name(i)), unknownAllowed);
            }
            assertThat(inbound.counters().get(InboundCounter.HELD_BYTES)).isZero();
        }

        private void check(Recorder recorder, int sent, boolean unknownAllowed) {
            assertThat(recorder.numbers()).doesNotHaveDuplicates().isSorted();
            long missed = 0;
            boolean unknown = false;
            for (LossReport report : recorder.losses()) {
                unknown |= !report.isExact();
                missed += report.isExact() ? report.count() : 0;
            }
            long known = recorder.numbers().size() + missed;
            if (unknown) {
                assertThat(unknownAllowed)
                        .as("an unknown loss: %s", recorder.losses())
                        .isTrue();
                assertThat(known).isLessThanOrEqualTo(sent);
            } else {
                assertThat(known).as("%s", recorder.losses()).isEqualTo(sent);
            }
        }

        /** In the first generation sequences are numbers, so that reports can be checked to the place. */
        void checkPlaces() {
            for (Recorder recorder : recorders) {
                long next = 1;
                for (Object event : recorder.events) {
                    if (event instanceof Integer number) {
                        assertThat(number.longValue()).isEqualTo(next);
                        next++;
                    } else if (event instanceof LossReport report && report.isExact()) {
                        assertThat(report.firstMissing()).isEqualTo(next);
                        assertThat(report.count()).isEqualTo(report.lastMissing() - next + 1);
                        next = report.lastMissing() + 1;
                    }
                }
            }
        }
    }

    @Seeds(fresh = 60)
    void isExactInEachTopic(long seed) throws JMSException {
        Run run = new Run(seed, 1_000, Long.MAX_VALUE, DeliveryOrder.COMPLETE);

        run.go(EndReason.FIN);

        run.check(run.path.lostHeads > 0);
        run.checkPlaces();
    }

    @Seeds(fresh = 30)
    void isExactWithOneOrderForAllTopics(long seed) throws JMSException {
        Run run = new Run(seed, 1_000, Long.MAX_VALUE, DeliveryOrder.CONTIGUOUS);

        run.go(EndReason.FIN);

        run.check(run.path.lostHeads > 0);
        run.checkPlaces();
    }

    @Seeds(fresh = 30)
    void isNotSilentWhenTheSourceDies(long seed) throws JMSException {
        Run run = new Run(seed, 1_000, Long.MAX_VALUE, DeliveryOrder.COMPLETE);

        run.go(EndReason.EXPIRED);

        run.check(run.path.lost > 0);
        run.checkPlaces();
    }

    @Seeds(fresh = 30)
    void isNotSilentWhenLittleMayWait(long seed) throws JMSException {
        Run run = new Run(seed, 1_000, 2_000, DeliveryOrder.COMPLETE);

        run.go(EndReason.FIN);

        boolean gaveUp = run.inbound.counters().get(InboundCounter.GAPS_GIVEN_UP) > 0;
        run.check(run.path.lostHeads > 0 || gaveUp);
        run.checkPlaces();
    }

    @Seeds(fresh = 40)
    void isNotSilentWhenTheSourceForgetsTopics(long seed) throws JMSException {
        Run run = new Run(seed, 3, Long.MAX_VALUE, DeliveryOrder.COMPLETE);

        run.go(EndReason.FIN);

        run.check(run.path.lost > 0);
    }
}
