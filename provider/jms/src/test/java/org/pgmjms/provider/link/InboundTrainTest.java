package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.link.Sender.Apdu;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.Incarnation;

/** A train of four parts, with messages of topics a and b: a1 b1 a2 / b2 a3 b3 / a4 b4 a5 / b5. */
class InboundTrainTest extends InboundFixture {
    private static final Incarnation INCARNATION = new Incarnation(1, 2);
    private static final int PARTS = 4;
    private static final int PADDING = 100;
    private static final String[] TOPICS = {"a", "b", "a", "b", "a", "b", "a", "b", "a", "b"};

    InboundTrainTest() {
        super(new Sender(1_000, 1 << 16, INCARNATION, 500), new InboundLink(DeliveryOrder.COMPLETE, 1 << 20, 1 << 20));
    }

    private void listenToBoth() {
        listen("a", a);
        listen("b", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
    }

    private List<Apdu> train() throws JMSException {
        sender.sendTogether(PADDING, TOPICS);
        List<Apdu> parts = sender.pullAll();
        assertThat(parts).hasSize(PARTS);
        return parts;
    }

    private void resolveAll() {
        inbound.onResolved(TSI, sender.nextSqn());
    }

    private static LossReport report(String topic, long first, long last, LossCause cause) {
        return report(topic, first, last, last - first + 1, cause);
    }

    private long counted(InboundCounter counter) {
        return inbound.counters().get(counter);
    }

    private void assertNothingHeld() {
        assertThat(counted(InboundCounter.HELD_BYTES)).isZero();
    }

    @Test
    void isHandedOutWithItsLastPart() throws JMSException {
        listenToBoth();
        List<Apdu> parts = train();

        parts.subList(0, 3).forEach(this::take);
        assertThat(a.messages).isEmpty();
        assertThat(b.messages).isEmpty();
        take(parts.get(3));

        assertThat(a.numbers()).containsExactly(1, 2, 3, 4, 5);
        assertThat(b.numbers()).containsExactly(1, 2, 3, 4, 5);
        assertThat(counted(InboundCounter.TRAINS)).isOne();
        resolveAll();
        assertNothingHeld();
    }

    @Test
    void reachesWhoeverBeganToListenJustBeforeIt() throws JMSException {
        listen("b", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("b"));
        resolveAll();

        listen("a", a);
        sender.sendTogether(PADDING, "a", "b");
        take(sender.pull());

        assertThat(a.numbers()).containsExactly(1);
        assertThat(b.numbers()).containsExactly(1, 2);
    }

    @Seeds(fresh = 30)
    void whateverTheOrderOfItsParts(long seed) throws JMSException {
        listenToBoth();
        List<Apdu> parts = new ArrayList<>(train());
        Collections.shuffle(parts, new Random(seed));

        for (Apdu part : parts) {
            assertThat(a.messages).isEmpty();
            take(part);
        }

        assertThat(a.numbers()).containsExactly(1, 2, 3, 4, 5);
        assertThat(b.numbers()).containsExactly(1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void oneLostPartMakesAllOfItALoss(int missing) throws JMSException {
        listenToBoth();
        List<Apdu> parts = train();
        for (int i = 0; i < PARTS; i++) {
            if (i == missing) {
                lose(parts.get(i));
            } else {
                take(parts.get(i));
            }
        }
        take(packet("a"));
        take(packet("b"));

        resolveAll();

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, report("a", 1, 5, LossCause.NAK_RETRIES), 6);
        assertThat(b.events).containsExactly(SourceEvent.Kind.JOINED, report("b", 1, 5, LossCause.NAK_RETRIES), 6);
        assertThat(counted(InboundCounter.TRAINS)).isZero();
        assertNothingHeld();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void itsTopicsHearOfItByTheHeads(int missing) throws JMSException {
        listenToBoth();
        List<Apdu> parts = train();
        for (int i = PARTS - 1; i >= 0; i--) {
            if (i == missing) {
                lose(parts.get(i));
            } else {
                take(parts.get(i));
            }
        }
        sender.link.onIdle();
        take(sender.pull());

        resolveAll();
        inbound.onEnd(TSI, EndReason.FIN, sender.nextSqn() - 1);

        LossReport all = report("a", 1, 5, LossCause.NAK_RETRIES);
        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, all, SourceEvent.Kind.ENDED);
        assertThat(b.losses()).containsExactly(report("b", 1, 5, LossCause.NAK_RETRIES));
    }

    @Test
    void aTrainThatIsLostAsAWholeIsAnOrdinaryLoss() throws JMSException {
        listenToBoth();
        train().forEach(this::lose);
        take(packet("a"));

        resolveAll();

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, report("a", 1, 5, LossCause.NAK_RETRIES), 6);
    }

    @Test
    void aLossInItsMiddleIsOneReport() throws JMSException {
        listenToBoth();
        List<Apdu> parts = train();
        take(parts.get(0));
        lose(parts.get(1));
        inbound.onResolved(TSI, parts.get(2).firstSqn());
        assertNothingHeld();
        take(parts.get(2));
        take(parts.get(3));
        take(packet("a"));

        resolveAll();

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, report("a", 1, 5, LossCause.NAK_RETRIES), 6);
        assertNothingHeld();
    }

    @Test
    void aTopicWaitsForTheTrainAndOthersDoNot() throws JMSException {
        listenToBoth();
        Recorder c = new Recorder();
        listen("c", c);
        List<Apdu> parts = train();
        take(parts.get(0));
        take(packet("a"));
        take(packet("c"));
        assertThat(a.numbers()).isEmpty();
        assertThat(c.numbers()).containsExactly(1);

        parts.subList(1, PARTS).forEach(this::take);

        assertThat(a.numbers()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void ofACompleteTrainATopicStillWaitsForWhatCameBefore() throws JMSException {
        listenToBoth();
        Apdu before = packet("a");
        train().forEach(this::take);
        assertThat(a.numbers()).isEmpty();
        assertThat(b.numbers()).containsExactly(1, 2, 3, 4, 5);

        take(before);

        assertThat(a.numbers()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aPartThatComesTwiceMakesItNoWiser() throws JMSException {
        listenToBoth();
        List<Apdu> parts = train();
        take(parts.get(0));
        take(parts.get(0));
        parts.subList(1, PARTS).forEach(this::take);
        take(packet("a"));

        resolveAll();

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, report("a", 1, 5, LossCause.MALFORMED), 6);
        assertNothingHeld();
    }

    @Test
    void sourcesDoNotMixThatUseTheSameNumbers() throws JMSException {
        listenToBoth();
        Tsi other = Tsi.of(0x010203040506L, 9);
        inbound.onSession(other, SessionStart.FROM_BIRTH);
        Sender second = new Sender(1_000, 1 << 16, new Incarnation(3, 4), 500);
        second.sendTogether(PADDING, TOPICS);
        List<Apdu> one = train();
        List<Apdu> two = second.pullAll();

        for (int i = 0; i < PARTS; i++) {
            take(one.get(i));
            Apdu apdu = two.get(i);
            if (i != 2) {
                inbound.onApdu(other, apdu.firstSqn(), apdu.lastSqn(), apdu.bytes(), 0);
            }
        }

        assertThat(a.numbers()).containsExactly(1, 2, 3, 4, 5);
        inbound.onEnd(other, EndReason.RST, 0);
        assertThat(a.numbers()).hasSize(5);
        assertThat(a.losses()).isNotEmpty().allMatch(report -> report.source().equals(other.toString()));
        assertNothingHeld();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aSourceThatDiesInTheMiddleHasSentNothingOfIt(int came) throws JMSException {
        listenToBoth();
        take(packet("a"));
        train().subList(0, came).forEach(this::take);

        inbound.onEnd(TSI, EndReason.EXPIRED, sender.nextSqn() - 1);

        assertThat(a.numbers()).containsExactly(1);
        assertThat(b.numbers()).isEmpty();
        for (Recorder recorder : List.of(a, b)) {
            assertThat(recorder.losses()).isNotEmpty();
            assertThat(recorder.losses().get(0).isExact()).isTrue();
            assertThat(recorder.losses().get(0).cause()).isEqualTo(org.pgmjms.provider.loss.LossCause.SOURCE_EXPIRED);
            assertThat(recorder.events).endsWith(SourceEvent.Kind.EXPIRED);
        }
        assertNothingHeld();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whoJoinsInTheMiddleOfItGetsNothingAndMissesNothing(int from) throws JMSException {
        listen("a", a);
        listen("b", b);
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        List<Apdu> parts = train();
        parts.subList(from, PARTS).forEach(this::take);
        take(packet("a"));

        inbound.onResolved(TSI, parts.get(from).firstSqn());
        resolveAll();

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, 6);
        assertThat(b.events).containsExactly(SourceEvent.Kind.JOINED);
        assertNothingHeld();
    }

    @Test
    void aConsumerThatIsCreatedInTheMiddleOfItGetsNothingOfIt() throws JMSException {
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        List<Apdu> parts = train();
        parts.subList(0, 2).forEach(this::take);
        Recorder late = new Recorder();
        listen("a", late);
        listen("b", b);

        parts.subList(2, PARTS).forEach(this::take);
        take(packet("a"));
        take(packet("b"));
        resolveAll();

        assertThat(a.numbers()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(late.events).containsExactly(SourceEvent.Kind.JOINED, 6);
        assertThat(b.events).containsExactly(SourceEvent.Kind.JOINED, 6);
    }

    @Test
    void aDamagedPartMakesAllOfItALoss() throws JMSException {
        listenToBoth();
        List<Apdu> parts = train();
        parts.get(1).bytes().setByte(60, 'y');
        parts.forEach(this::take);
        take(packet("a"));
        take(packet("b"));

        resolveAll();

        assertThat(counted(InboundCounter.APDUS_REFUSED)).isOne();
        for (Recorder recorder : List.of(a, b)) {
            assertThat(recorder.numbers()).containsExactly(6);
            assertThat(recorder.losses().stream().mapToLong(LossReport::count).sum())
                    .isEqualTo(5);
            assertThat(recorder.losses())
                    .allMatch(report -> report.cause() == org.pgmjms.provider.loss.LossCause.MALFORMED);
        }
    }

    @Test
    void aMessageInItThatIsNoneMakesAllOfItALoss() throws JMSException {
        listenToBoth();
        ByteBuf good = sender.encoded("1:0:");
        ByteBuf bad = Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1, -1});
        List<TrainMessage> messages = List.of(
                new TrainMessage(Sender.topic("a"), good),
                new TrainMessage(Sender.topic("b"), bad),
                new TrainMessage(Sender.topic("a"), good));
        sender.link.reserve(new Train(1, 1, messages), 0).publish();
        take(sender.pull());
        sender.link.onIdle();
        take(sender.pull());

        resolveAll();

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, report("a", 1, 2, LossCause.MALFORMED));
        assertThat(b.events).containsExactly(SourceEvent.Kind.JOINED, report("b", 1, 1, LossCause.MALFORMED));
    }

    @Test
    void aTrainWithAMessageThatWasGivenUpIsLost() throws JMSException {
        InboundLink small = new InboundLink(DeliveryOrder.COMPLETE, 1_000, 10_000);
        small.add(new Listening(Sender.topic("a"), a));
        small.add(new Listening(Sender.topic("b"), b));
        small.onSession(TSI, SessionStart.FROM_BIRTH);
        sender.sendTogether(0, "a", "b");
        Apdu late = sender.pull();
        for (int i = 0; i < 10; i++) {
            Apdu apdu = packet("a");
            small.onApdu(TSI, apdu.firstSqn(), apdu.lastSqn(), apdu.bytes(), 0);
        }
        assertThat(a.losses()).containsExactly(report("a", 1, 1, LossCause.WINDOW_OVERFLOW));

        small.onApdu(TSI, late.firstSqn(), late.lastSqn(), late.bytes(), 0);
        Apdu next = packet("b");
        small.onApdu(TSI, next.firstSqn(), next.lastSqn(), next.bytes(), 0);
        small.onResolved(TSI, sender.nextSqn());

        assertThat(a.losses()).hasSize(1);
        assertThat(b.events).containsExactly(SourceEvent.Kind.JOINED, report("b", 1, 1, LossCause.WINDOW_OVERFLOW), 2);
        assertThat(small.counters().get(InboundCounter.TRAINS_LOST)).isOne();
    }

    @Test
    void keepsNoMorePartsThanAllowed() throws JMSException {
        InboundLink small = new InboundLink(DeliveryOrder.COMPLETE, 1 << 20, 1_500);
        small.add(new Listening(Sender.topic("a"), a));
        small.onSession(TSI, SessionStart.FROM_BIRTH);
        for (Apdu part : train()) {
            small.onApdu(TSI, part.firstSqn(), part.lastSqn(), part.bytes(), 0);
            small.onResolved(TSI, part.firstSqn());
            assertThat(small.counters().get(InboundCounter.HELD_BYTES)).isLessThanOrEqualTo(1_500);
        }
        Apdu next = packet("a");
        small.onApdu(TSI, next.firstSqn(), next.lastSqn(), next.bytes(), 0);

        small.onResolved(TSI, sender.nextSqn());

        assertThat(a.numbers()).containsExactly(6);
        assertThat(a.losses().stream().mapToLong(LossReport::count).sum()).isEqualTo(5);
        assertThat(small.counters().get(InboundCounter.HELD_BYTES)).isZero();
    }

    @Test
    void aRestartedSourceOfTheSameNameDoesNotFinishTheOldTrain() throws JMSException {
        listenToBoth();
        train().subList(0, 3).forEach(this::take);
        Sender restarted = new Sender(10, 1 << 16, new Incarnation(8, 9), 500);
        restarted.sendTogether(PADDING, TOPICS);
        int shift = sender.nextSqn() - Sender.FIRST_SQN;

        for (Apdu apdu : restarted.pullAll()) {
            inbound.onApdu(TSI, apdu.firstSqn() + shift, apdu.lastSqn() + shift, apdu.bytes(), 0);
        }

        assertThat(a.losses()).hasSize(2).first().isEqualTo(report("a", 1, 5, LossCause.SOURCE_EXPIRED));
        assertThat(a.numbers()).containsExactly(1, 2, 3, 4, 5);
    }

    @Seeds(fresh = 50)
    void anyPartsThatComeAreNotTrustedMoreThanTheyDeserve(long seed) throws JMSException {
        SplittableRandom random = new SplittableRandom(seed);
        listenToBoth();
        List<Apdu> apdus = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sender.sendTogether(PADDING, TOPICS);
        }
        apdus.addAll(sender.pullAll());
        int sqn = Sender.FIRST_SQN;
        for (int i = 0; i < 200; i++) {
            Apdu any = apdus.get(random.nextInt(apdus.size()));
            int packets = any.lastSqn() - any.firstSqn();
            int at = sqn + random.nextInt(20);
            inbound.onApdu(TSI, at, at + packets, any.bytes(), 0);
            if (random.nextInt(5) == 0) {
                sqn += random.nextInt(20);
                inbound.onResolved(TSI, sqn);
            }
        }

        inbound.onEnd(TSI, EndReason.FIN, sqn);

        assertThat(a.numbers()).isSorted().doesNotHaveDuplicates();
        assertNothingHeld();
    }
}
