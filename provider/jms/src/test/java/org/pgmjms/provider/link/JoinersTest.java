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
import org.pgmjms.provider.message.EnvelopeReader;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.Verdict;

/** Whoever begins to listen at any time, while packets are late or lost, gets what lies behind that point and no more. */
class JoinersTest {
    private static final int TOPICS = 4;
    private static final int STEPS = 200;
    private static final int MAX_APDU = 2_600;

    /** A listener of a topic, and up to which packet the receiving half had come when it began. */
    private record Joiner(Recorder recorder, int topic, int reached) {}

    private static String name(int topic) {
        return "t." + topic;
    }

    /** One run of sender, path and receiver. */
    private static final class Run {
        final SplittableRandom random;
        final Sender sender = new Sender(1_000, 1 << 16, new Incarnation(1, 2), MAX_APDU);
        final InboundLink inbound = new InboundLink(DeliveryOrder.COMPLETE, Long.MAX_VALUE, Long.MAX_VALUE);
        final LossyPath path;
        final List<Joiner> joiners = new ArrayList<>();
        final EnvelopeReader reader = new EnvelopeReader();
        /** Where each message lies, by topic and number; those of a train where the train begins. */
        final List<Map<Long, Integer>> places = new ArrayList<>();

        final Map<Long, Integer> trains = new HashMap<>();

        Run(long seed, double loss) {
            random = new SplittableRandom(seed);
            path = new LossyPath(inbound, random, loss, 1 + random.nextInt(30), false);
            for (int i = 0; i < TOPICS; i++) {
                places.add(new HashMap<>());
            }
            inbound.onSession(FakePublication.TSI, SessionStart.FROM_BIRTH);
        }

        void go() throws JMSException {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            send(sender.pullAll());
            sender.link.onClosing();
            send(sender.pullAll());
            path.end(EndReason.FIN);
        }

        private void step() throws JMSException {
            for (int i = random.nextInt(4); i > 0; i--) {
                sender.send(name(random.nextInt(TOPICS)), random.nextInt(random.nextInt(10) == 0 ? 2_000 : 80));
            }
            if (random.nextInt(6) == 0) {
                String[] topics = new String[1 + random.nextInt(8)];
                Arrays.setAll(topics, i -> name(random.nextInt(TOPICS)));
                sender.sendTogether(random.nextInt(random.nextInt(3) == 0 ? 2_000 : 100), topics);
            }
            if (random.nextInt(10) == 0) {
                sender.link.onIdle();
            }
            if (random.nextInt(8) == 0) {
                join();
            }
            send(sender.pullAll());
        }

        private void join() {
            int topic = random.nextInt(TOPICS);
            Recorder recorder = new Recorder();
            joiners.add(new Joiner(recorder, topic, path.reached));
            inbound.add(new Listening(Sender.topic(name(topic)), recorder));
        }

        private void send(List<Sender.Apdu> apdus) {
            for (Sender.Apdu apdu : apdus) {
                assertThat(reader.wrap(
                                apdu.bytes(),
                                apdu.bytes().readerIndex(),
                                apdu.bytes().readableBytes()))
                        .isEqualTo(Verdict.OK);
                switch (reader.kind()) {
                    case DATA -> note(apdu.firstSqn());
                    case TRAIN ->
                        note(trains.computeIfAbsent(reader.trainPart().transaction(), any -> apdu.firstSqn()));
                    case HEADS -> {}
                }
            }
            path.send(apdus);
        }

        private void note(int place) {
            while (reader.nextFrame()) {
                for (int i = 0; i < TOPICS; i++) {
                    if (Sender.topic(name(i)).topicId() == reader.frame().topicId()) {
                        places.get(i).put(reader.frame().sequence(), place);
                    }
                }
            }
        }

        void check(boolean lossy) {
            for (Joiner joiner : joiners) {
                List<Integer> due = places.get(joiner.topic).entrySet().stream()
                        .filter(place -> place.getValue() > joiner.reached)
                        .map(place -> place.getKey().intValue())
                        .sorted()
                        .toList();
                if (lossy) {
                    checkLossy(joiner.recorder, due);
                } else {
                    assertThat(joiner.recorder.numbers()).isEqualTo(due);
                    assertThat(joiner.recorder.losses()).isEmpty();
                }
            }
        }

        private static void checkLossy(Recorder recorder, List<Integer> due) {
            List<Integer> known = new ArrayList<>(recorder.numbers());
            boolean exact = true;
            for (LossReport report : recorder.losses()) {
                exact &= report.isExact();
                if (report.isExact()) {
                    for (long lost = report.firstMissing(); lost <= report.lastMissing(); lost++) {
                        known.add((int) lost);
                    }
                }
            }
            assertThat(recorder.numbers()).isSorted();
            assertThat(due).as("%s", recorder.events).containsAll(known);
            assertThat(known).doesNotHaveDuplicates();
            if (exact) {
                assertThat(known).as("%s", recorder.events).hasSameSizeAs(due);
            }
        }
    }

    @Seeds(fresh = 60)
    void getAllFromThenOnWhenNothingIsLost(long seed) throws JMSException {
        Run run = new Run(seed, 0);

        run.go();

        run.check(false);
    }

    @Seeds(fresh = 60)
    void areToldOfWhatIsLostFromThenOnAndOfNothingElse(long seed) throws JMSException {
        Run run = new Run(seed, 0.05);

        run.go();

        run.check(true);
    }
}
