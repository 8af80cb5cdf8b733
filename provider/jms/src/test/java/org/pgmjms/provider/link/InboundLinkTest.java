package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.ApduFlags;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.provider.link.Sender.Apdu;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.Incarnation;

class InboundLinkTest extends InboundFixture {
    InboundLinkTest() {
        super(new Sender(1_000), new InboundLink(DeliveryOrder.COMPLETE, 1 << 20, 1 << 20));
    }

    @Test
    void aGapOfOneTopicDoesNotHoldBackAnother() throws JMSException {
        listen("a", a);
        listen("b", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        Apdu missing = packet("a");

        take(packet("b"));
        take(packet("a"));

        assertThat(b.numbers()).containsExactly(1);
        assertThat(a.numbers()).isEmpty();
        take(missing);
        assertThat(a.numbers()).containsExactly(1, 2);
    }

    @Test
    void tellsOfEverythingThatHappensToASource() {
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        inbound.onSilence(TSI, true);
        inbound.onSilence(TSI, false);
        inbound.onEnd(TSI, EndReason.RST, 1);

        assertThat(a.events)
                .containsExactly(
                        SourceEvent.Kind.JOINED,
                        SourceEvent.Kind.SILENT,
                        SourceEvent.Kind.RESUMED,
                        SourceEvent.Kind.RESET);
    }

    @Test
    void reportsAGapOnceInItsPlace() throws JMSException {
        listen("a", a);
        listen("b", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("a"));
        lose(packet("a"));
        lose(packet("b"));
        lose(packet("a"));
        Apdu after = packet("a");
        take(after);

        resolveBefore(after);
        resolveBefore(packet("a"));

        assertThat(a.events)
                .containsExactly(SourceEvent.Kind.JOINED, 1, report("a", 2, 3, 2, LossCause.NAK_RETRIES), 4);
        assertThat(b.losses()).isEmpty();
    }

    @Test
    void headsFindALostTail() throws JMSException {
        listen("a", a);
        listen("b", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("a"));
        lose(packet("a"));
        lose(packet("a"));
        sender.link.onIdle();
        Apdu heads = sender.pull();
        take(heads);

        resolveBefore(heads);

        assertThat(a.losses()).containsExactly(report("a", 2, 3, 2, LossCause.NAK_RETRIES));
        inbound.onEnd(TSI, EndReason.EXPIRED, heads.lastSqn());
        assertThat(a.losses()).hasSize(1);
        assertThat(b.losses()).isEmpty();
    }

    @Test
    void everybodyHearsOfALossThatNobodyCouldAttribute() throws JMSException {
        listen("a", a);
        listen("b", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("a"));
        Apdu lost = packet("a");
        lose(lost);
        inbound.onResolved(TSI, lost.lastSqn() + 1);

        inbound.onEnd(TSI, EndReason.EXPIRED, lost.lastSqn());

        assertThat(a.events)
                .endsWith(report("a", 2, -1, LossReport.UNKNOWN, LossCause.NAK_RETRIES), SourceEvent.Kind.EXPIRED);
        assertThat(b.losses()).containsExactly(report("b", 1, -1, LossReport.UNKNOWN, LossCause.NAK_RETRIES));
    }

    @Test
    void anUnknownPreviousSequenceWaitsForTheEdge() throws JMSException {
        packet("a");
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        Apdu second = packet("a");
        Apdu third = packet("a");
        take(third);
        assertThat(a.numbers()).isEmpty();

        take(second);
        resolveBefore(second);

        assertThat(a.numbers()).containsExactly(2, 3);
        assertThat(a.losses()).isEmpty();
    }

    @Test
    void aLossRightAfterTheStartIsNotSilent() throws JMSException {
        packet("a");
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        lose(packet("b"));
        Apdu next = packet("a");
        take(next);

        resolveBefore(next);

        assertThat(a.events)
                .containsExactly(
                        SourceEvent.Kind.JOINED, report("a", -1, 1, LossReport.UNKNOWN, LossCause.NAK_RETRIES), 2);
    }

    @Test
    void aLateListenerHearsNothingOfWhatWasLostBefore() throws JMSException {
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("a"));
        lose(packet("a"));
        take(packet("a"));
        listen("a", b);
        lose(packet("a"));
        Apdu last = packet("a");
        take(last);

        resolveBefore(last);

        assertThat(a.events).hasSize(6);
        assertThat(b.events).containsExactly(SourceEvent.Kind.JOINED, report("a", 4, 4, 1, LossCause.NAK_RETRIES), 5);
    }

    @Test
    void theFirstListenerOfATopicHearsNothingOfWhatWasLostBefore() throws JMSException {
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        lose(packet("a"));
        listen("a", a);
        Apdu next = packet("a");
        take(next);
        resolveBefore(next);

        inbound.onEnd(TSI, EndReason.FIN, next.lastSqn());

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, 2, SourceEvent.Kind.ENDED);
    }

    @Test
    void whoListensWhileOlderPacketsAreRepairedGetsNoneOfThem() throws JMSException {
        listen("b", b);
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        packet("a");
        Apdu repaired = packet("a");
        take(packet("a"));
        listen("a", a);

        take(repaired);
        take(packet("a"));
        Apdu last = packet("a");
        take(last);
        resolveBefore(last);

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, 4, 5);
    }

    @Test
    void whatIsLostAfterSuchAStartIsNotSilent() throws JMSException {
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        Apdu repaired = packet("a");
        take(packet("a"));
        listen("a", a);

        take(repaired);
        lose(packet("a"));
        take(packet("a"));
        lose(packet("a"));
        Apdu last = packet("a");
        take(last);
        resolveBefore(last);

        assertThat(a.events)
                .containsExactly(
                        SourceEvent.Kind.JOINED,
                        report("a", LossReport.UNKNOWN, 3, LossReport.UNKNOWN, LossCause.NAK_RETRIES),
                        4,
                        report("a", 5, 5, 1, LossCause.NAK_RETRIES),
                        6);
    }

    @Test
    void whoListensBesideOneThatWaitsForARepairDoesNotWaitForIt() throws JMSException {
        listen("a", a);
        listen("c", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("a"));
        Apdu repaired = packet("a");
        take(packet("c"));
        listen("a", b);

        take(packet("a"));
        take(repaired);

        assertThat(a.numbers()).containsExactly(1, 2, 3);
        assertThat(b.numbers()).containsExactly(1, 3);
        assertThat(b.losses()).isEmpty();
    }

    @Test
    void aHeadFromBeforeItsStartTellsAListenerOfNoLoss() throws JMSException {
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("a"));
        sender.link.onIdle();
        Apdu heads = sender.pull();
        take(packet("a"));
        listen("a", a);

        take(heads);
        Apdu last = packet("a");
        take(last);
        resolveBefore(last);

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, 3);
    }

    @Test
    void aRestartedSourceWithLowerNumbersIsHeardByWhoJoinedLater() throws JMSException {
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        Sender restarted = new Sender(1_000, 1 << 16, new Incarnation(1, 3));
        restarted.send("a", 10);
        Apdu first = restarted.pull();
        take(packet("a"));
        take(packet("a"));
        listen("a", a);
        listen("*", b);
        take(packet("a"));

        take(first);
        restarted.send("a", 10);
        take(restarted.pull());

        assertThat(a.numbers()).containsExactly(3, 1, 2);
        assertThat(b.numbers()).containsExactly(3, 1, 2);
    }

    @Test
    void ofThisJvmsSourcesAListenerGetsExactlyWhatIsSentFromNowOn() throws JMSException {
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        sender.send("a", 10);
        sender.send("a", 10);
        Listening listening = new Listening(Sender.topic("a"), a);
        long next = sender.link.nextSequence(Sender.topic("a").topicId());
        listening.startAt(TSI, topicId -> next);
        inbound.add(listening);
        sender.send("a", 10);

        sender.pullAll().forEach(this::take);

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, 3);
    }

    @Test
    void ofThisJvmsSourcesEvenWhatComesBeforeTheSessionIsMissed() throws JMSException {
        sender.send("a", 10);
        sender.pullAll();
        Listening listening = new Listening(Sender.topic("a"), a);
        long next = sender.link.nextSequence(Sender.topic("a").topicId());
        listening.startAt(TSI, topicId -> next);
        inbound.add(listening);
        packet("a");
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        Apdu seen = packet("a");
        take(seen);

        resolveBefore(seen);

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, report("a", 2, 2, 1, LossCause.HISTORY_GONE), 3);
    }

    @Test
    void aDamagedEnvelopeIsALossOfItsMessages() throws JMSException {
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        Apdu damaged = packet("a");
        damaged.bytes().setByte(damaged.bytes().writerIndex() - 1, 'y');
        take(damaged);
        Apdu next = packet("a");
        take(next);

        resolveBefore(next);

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, report("a", 1, 1, 1, LossCause.MALFORMED), 2);
        assertThat(inbound.counters().get(InboundCounter.APDUS_REFUSED)).isOne();
    }

    @Test
    void aFrameThatIsNoMessageIsReportedAndCounted() throws JMSException {
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        sender.link.publish(
                new LinkTopic(Sender.topic("a")), Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1, -1}), 0);

        take(sender.pull());

        assertThat(a.losses()).containsExactly(report("a", 1, 1, 1, LossCause.MALFORMED));
    }

    @Test
    void givesUpTheOldestGapWhenTooMuchWaits() throws JMSException {
        InboundLink small = new InboundLink(DeliveryOrder.COMPLETE, 1_000, 1_000);
        small.add(new Listening(Sender.topic("a"), a));
        small.onSession(TSI, SessionStart.FROM_BIRTH);
        Apdu late = packet("a");
        for (int i = 0; i < 20; i++) {
            Apdu apdu = packet("a");
            small.onApdu(TSI, apdu.firstSqn(), apdu.lastSqn(), apdu.bytes(), 0);
        }
        small.onApdu(TSI, late.firstSqn(), late.lastSqn(), late.bytes(), 0);

        assertThat(a.losses()).containsExactly(report("a", 1, 1, 1, LossCause.WINDOW_OVERFLOW));
        assertThat(a.numbers()).startsWith(2, 3).doesNotContain(1).hasSize(20);
        assertThat(small.counters().get(InboundCounter.FRAMES_STALE)).isOne();
    }

    @Test
    void saysWhenItKeepsEnoughSoThatTheEngineKeepsTheRest() throws JMSException {
        InboundLink small = new InboundLink(DeliveryOrder.COMPLETE, 2_000, 2_000);
        small.add(new Listening(Sender.topic("a"), a));
        small.onSession(TSI, SessionStart.FROM_BIRTH);
        Apdu late = packet("a");
        assertThat(small.capacityBytes(TSI)).isEqualTo(2_000);

        int taken = 0;
        while (small.capacityBytes(TSI) > 0) {
            Apdu apdu = packet("a");
            small.onApdu(TSI, apdu.firstSqn(), apdu.lastSqn(), apdu.bytes(), 0);
            taken++;
        }
        small.onApdu(TSI, late.firstSqn(), late.lastSqn(), late.bytes(), 0);

        assertThat(taken).isBetween(2, 20);
        assertThat(a.losses()).isEmpty();
        assertThat(a.numbers()).hasSize(taken + 1);
        assertThat(small.capacityBytes(TSI)).isEqualTo(2_000);
    }

    @Test
    void aSourceThatComesBackAfterSilenceIsCountedExactly() throws JMSException {
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("a"));
        inbound.onEnd(TSI, EndReason.EXPIRED, sender.nextSqn());
        Apdu lost = packet("a");
        packet("a");
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        inbound.onLost(TSI, lost.firstSqn(), 2, LossCause.TRAIL_PASSED);
        Apdu next = packet("a");
        Apdu late = packet("a");
        take(late);
        assertThat(a.numbers()).containsExactly(1);

        take(next);
        resolveBefore(next);

        assertThat(a.events)
                .containsExactly(
                        SourceEvent.Kind.JOINED,
                        1,
                        SourceEvent.Kind.EXPIRED,
                        SourceEvent.Kind.JOINED,
                        report("a", 2, 3, 2, LossCause.TRAIL_PASSED),
                        4,
                        5);
    }

    @Test
    void aRestartedSourceOfTheSameNameStartsAnew() throws JMSException {
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("a"));
        take(packet("a"));
        inbound.onEnd(TSI, EndReason.EXPIRED, sender.nextSqn());
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
        Sender restarted = new Sender(10, 1 << 16, new Incarnation(8, 9));
        restarted.send("a", 0);
        take(restarted.pull());
        restarted.send("a", 0);
        take(restarted.pull());

        inbound.onResolved(TSI, sender.nextSqn());

        assertThat(a.numbers()).containsExactly(1, 2, 1, 2);
        assertThat(a.losses()).isEmpty();
    }

    @Test
    void aListenerHearsOfTheSourcesThatAreThere() {
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);

        listen("a", a);

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED);
    }

    @Test
    void twoListenersOfATopicBothGetIt() throws JMSException {
        listen("a", a);
        Listening second = listen("a", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("a"));

        second.stop();
        inbound.remove(second);
        take(packet("a"));

        assertThat(a.numbers()).containsExactly(1, 2);
        assertThat(b.numbers()).containsExactly(1);
    }

    @Test
    void aSecondListenerThatComesBeforeTheFirstMessageTakesNothingFromTheFirst() throws JMSException {
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        listen("a", b);

        take(packet("a"));

        assertThat(a.numbers()).containsExactly(1);
        assertThat(b.numbers()).containsExactly(1);
    }

    @Test
    void marksWhatIsReplayedAndSaysWhenHistoryIsGone() throws JMSException {
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_JOIN);
        inbound.onLost(TSI, Sender.FIRST_SQN, 5, LossCause.HISTORY_GONE);
        packet("a");
        Apdu replayed = packet("a");
        inbound.onApdu(TSI, replayed.firstSqn(), replayed.lastSqn(), replayed.bytes(), ApduFlags.REPLAYED);

        resolveBefore(replayed);

        assertThat(a.events)
                .containsExactly(
                        SourceEvent.Kind.JOINED, report("a", -1, -1, LossReport.UNKNOWN, LossCause.HISTORY_GONE), 2);
        assertThat(a.messages.get(0).isReplayed()).isTrue();
    }

    @Test
    void forgettingATopicGivesBackWhatWaited() throws JMSException {
        Listening listening = listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        packet("a");
        take(packet("a"));

        inbound.remove(listening);
        Apdu next = packet("b");
        resolveBefore(next);

        assertThat(inbound.counters().get(InboundCounter.HELD_BYTES)).isZero();
        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED);
    }

    @Test
    void aHundredThousandFramesBehindAGapAreReleasedInOrder() throws JMSException {
        InboundLink large = new InboundLink(DeliveryOrder.COMPLETE, Long.MAX_VALUE, Long.MAX_VALUE);
        large.add(new Listening(Sender.topic("a"), a));
        large.onSession(TSI, SessionStart.FROM_BIRTH);
        Apdu missing = packet("a");
        for (int i = 0; i < 10_000; i++) {
            for (int j = 0; j < 10; j++) {
                sender.send("a", 0);
            }
            for (Apdu apdu : sender.pullAll()) {
                large.onApdu(TSI, apdu.firstSqn(), apdu.lastSqn(), apdu.bytes(), 0);
            }
        }

        large.onApdu(TSI, missing.firstSqn(), missing.lastSqn(), missing.bytes(), 0);

        assertThat(a.numbers()).hasSize(100_001).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tellsItsListenersWhenTheAgentFails() {
        listen("a", a);

        inbound.onFailed(new PgmException(PgmException.Code.SOCKET, "gone"));

        assertThat(inbound.hasFailed()).isTrue();
        assertThat(a.events).hasSize(1).first().isInstanceOf(JMSException.class);
    }

    @Test
    void believesOnlyEnvelopes() throws JMSException {
        Apdu apdu = packet("a");

        assertThat(inbound.plausible(apdu.bytes())).isTrue();
        assertThat(List.of(new byte[0], new byte[100]))
                .noneMatch(bytes -> inbound.plausible(Unpooled.wrappedBuffer(bytes)));
    }
}
