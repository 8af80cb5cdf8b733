package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.Sender.Apdu;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.EnvelopeWriter;
import org.pgmjms.provider.message.Incarnation;

/** Listeners to patterns of topics. */
class InboundPatternTest extends InboundFixture {
    private static final int MOST_FOUND = 8;

    InboundPatternTest() {
        super(new Sender(1_000), new InboundLink(DeliveryOrder.COMPLETE, 1 << 20, 1 << 20, MOST_FOUND));
    }

    private static List<String> topics(Recorder recorder) {
        return recorder.messages.stream().map(each -> each.topic().toString()).toList();
    }

    @Test
    void takesEveryTopicThatMatchesByItsOwnName() throws JMSException {
        listen("quotes.*", a);
        listen("quotes.us", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);

        take(packet("quotes.us"));
        take(packet("orders.us"));
        take(packet("quotes.eu"));
        take(packet("quotes.eu.x"));
        take(packet("quotes.us"));

        assertThat(topics(a)).containsExactly("quotes.us", "quotes.eu", "quotes.us");
        assertThat(topics(b)).containsExactly("quotes.us", "quotes.us");
        assertThat(inbound.counters().get(InboundCounter.FRAMES_OF_OTHER_TOPICS))
                .isEqualTo(2);
        assertThat(a.messages.get(0)).isSameAs(b.messages.get(0));
    }

    @Test
    void aPacketMayHoldManyTopicsOldAndNewWantedAndNot() throws JMSException {
        Sender wide = new Sender(1_000, 1 << 16, new Incarnation(1, 2), 1 << 20);
        listen("t.*", a);
        listen("t.3", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        List<String> wanted = new ArrayList<>();
        String longName = "t." + "n".repeat(40);

        for (int round = 0; round < 2; round++) {
            for (String name :
                    List.of("t.3", "x.1", "t.2", "t.2", longName, "t.3", longName, "y." + round, "t.r" + round)) {
                wide.send(name, 0);
                if (name.startsWith("t.")) {
                    wanted.add(name);
                }
            }
        }
        List<Apdu> packets = wide.pullAll();
        packets.forEach(this::take);

        assertThat(packets).hasSizeLessThan(wanted.size() / 2);
        assertThat(topics(a)).isEqualTo(wanted);
        assertThat(topics(b)).containsExactly("t.3", "t.3", "t.3", "t.3");
        assertThat(a.losses()).isEmpty();
    }

    @Test
    void whoComesSecondGetsWhatIsSentFromThenOnAndWhoComesFirstMayLeave() throws JMSException {
        Listening first = listen("t.*", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("t.1"));
        take(packet("t.1"));

        Listening second = listen("t.1", b);
        take(packet("t.1"));
        inbound.remove(first);
        take(packet("t.1"));
        inbound.remove(second);
        take(packet("t.1"));

        assertThat(a.messages).hasSize(3);
        assertThat(b.messages).hasSize(2);
    }

    @Test
    void topicsAreNamedWithTheAttributesOfThePattern() throws JMSException {
        listen("quotes.*?group=239.192.7.1&port=7501", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);

        take(packet("quotes.us"));

        assertThat(a.messages.get(0).topic()).isEqualTo(new PgmTopic("quotes.us?group=239.192.7.1&port=7501"));
    }

    @Test
    void reservedNamesAreMatchedByNoWildcard() throws JMSException {
        listen(">", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);

        take(packet("$tmp.1.2"));
        take(packet("a"));

        assertThat(topics(a)).containsExactly("a");
    }

    @Test
    void eachTopicKeepsItsOrderAndItsGaps() throws JMSException {
        listen("t.>", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("t.a"));
        lose(packet("t.a"));
        take(packet("t.b"));
        Apdu after = packet("t.a");
        take(after);
        take(packet("t.b"));

        assertThat(topics(a)).containsExactly("t.a", "t.b", "t.b");
        resolveBefore(packet("t.b"));

        assertThat(a.events)
                .containsExactly(SourceEvent.Kind.JOINED, 1, 1, 2, report("t.a", 2, 2, 1, LossCause.NAK_RETRIES), 3);
    }

    @Test
    void theFirstMessageOfATopicIsMissedWhenItsSourceWasHeardFromBirth() throws JMSException {
        listen("t.>", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        lose(packet("t.a"));
        Apdu second = packet("t.a");
        take(second);
        resolveBefore(packet("t.b"));

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, report("t.a", 1, 1, 1, LossCause.NAK_RETRIES), 2);
    }

    @Test
    void whatWasBeforeAPatternIsNoneOfItsBusiness() throws JMSException {
        listen("t.a", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("t.a"));
        take(packet("t.b"));
        lose(packet("t.b"));
        listen("t.>", a);
        take(packet("t.a"));
        Apdu after = packet("t.b");
        take(after);
        resolveBefore(packet("t.c"));

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, 2, 3);
        assertThat(b.events).containsExactly(SourceEvent.Kind.JOINED, 1, 2);
    }

    @Test
    void ofThisJvmsSourcesAPatternGetsExactlyWhatIsSentFromNowOn() throws JMSException {
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        sender.send("t.a", 10);
        sender.send("t.b", 10);
        Listening listening = new Listening(Sender.topic("t.>"), a);
        listening.startAt(TSI, sender.link.nextSequences().orElseThrow());
        inbound.add(listening);
        sender.send("t.a", 10);
        sender.send("t.c", 10);

        sender.pullAll().forEach(this::take);

        assertThat(topics(a)).containsExactly("t.a", "t.c");
        assertThat(a.numbers()).containsExactly(2, 1);
    }

    @Test
    void headsFindALostTailOfAKnownTopic() throws JMSException {
        listen("t.>", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("t.a"));
        lose(packet("t.a"));
        sender.link.onIdle();
        Apdu heads = sender.pull();
        take(heads);
        inbound.onResolved(TSI, heads.lastSqn() + 1);

        assertThat(a.events).containsExactly(SourceEvent.Kind.JOINED, 1, report("t.a", 2, 2, 1, LossCause.NAK_RETRIES));
    }

    /** Nobody can know whether the pattern matches it: said without a count, by the pattern's name. */
    @Test
    void aTopicOfWhichAllIsLostIsReportedToAllPatterns() throws JMSException {
        listen("t.>", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("o.b"));
        lose(packet("t.a"));
        sender.link.onIdle();
        Apdu heads = sender.pull();
        take(heads);
        inbound.onResolved(TSI, heads.lastSqn() + 1);
        take(packet("t.a"));

        assertThat(a.events)
                .containsExactly(SourceEvent.Kind.JOINED, report("t.>", -1, 1, -1, LossCause.NAK_RETRIES), 2);
        assertThat(inbound.counters().get(InboundCounter.STREAMS_FOUND)).isOne();
    }

    @Test
    void aTopicThatTurnsOutToBeAnotherIsForgotten() throws JMSException {
        listen("t.>", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        lose(packet("o.b"));
        sender.link.onIdle();
        Apdu heads = sender.pull();
        take(heads);
        assertThat(inbound.counters().get(InboundCounter.STREAMS_FOUND)).isOne();
        take(packet("o.b"));

        assertThat(inbound.counters().get(InboundCounter.STREAMS_FOUND)).isZero();
        assertThat(a.numbers()).isEmpty();
    }

    @Test
    void aSourceThatDiesBeforeALossIsSettledIsReportedOncePerPattern() throws JMSException {
        listen("t.>", a);
        listen("t.a", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("t.a"));
        take(packet("t.b"));
        lose(packet("t.a"));
        inbound.onEnd(TSI, EndReason.RST, 0);

        assertThat(a.events)
                .containsExactly(
                        SourceEvent.Kind.JOINED,
                        1,
                        1,
                        report("t.>", -1, -1, -1, LossCause.NAK_RETRIES),
                        SourceEvent.Kind.RESET);
        assertThat(b.losses()).hasSize(1);
        assertThat(inbound.counters().get(InboundCounter.STREAMS_FOUND)).isZero();
    }

    @Test
    void topicsAreLimitedAndWhatFindsNoRoomIsReported() throws JMSException {
        listen("t.>", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        for (int i = 0; i < MOST_FOUND; i++) {
            take(packet("t." + i));
        }

        assertThat(inbound.counters().get(InboundCounter.STREAMS_FOUND)).isEqualTo(MOST_FOUND / 2);
        assertThat(inbound.counters().get(InboundCounter.FRAMES_WITHOUT_ROOM)).isEqualTo(MOST_FOUND / 2);
        assertThat(a.messages).hasSize(MOST_FOUND / 2);
        assertThat(a.losses())
                .hasSize(MOST_FOUND / 2)
                .allSatisfy(report -> assertThat(report).isEqualTo(report("t.>", 1, 1, 1, LossCause.WINDOW_OVERFLOW)));

        inbound.onEnd(TSI, EndReason.FIN, 0);
        assertThat(inbound.counters().get(InboundCounter.STREAMS_FOUND)).isZero();
    }

    @Test
    void whoAsksByNameFindsRoomAlways() throws JMSException {
        listen("t.>", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        for (int i = 0; i < MOST_FOUND; i++) {
            take(packet("t." + i));
        }
        listen("t.new", b);
        take(packet("t.new"));

        assertThat(b.numbers()).containsExactly(1);
        assertThat(topics(a)).contains("t.new");
    }

    @Test
    void whenTheLastPatternGoesNothingIsLeft() throws JMSException {
        Listening first = listen("t.>", a);
        Listening second = listen("t.a", b);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("t.a"));
        take(packet("t.b"));
        inbound.remove(first);

        assertThat(inbound.counters().get(InboundCounter.STREAMS_FOUND)).isZero();
        take(packet("t.a"));
        take(packet("t.b"));
        assertThat(b.numbers()).containsExactly(1, 2);
        assertThat(a.numbers()).containsExactly(1, 1);
        inbound.remove(second);
        take(packet("t.a"));
        assertThat(b.numbers()).containsExactly(1, 2);
    }

    @Test
    void aNewPatternFindsWhatNobodyWantedBefore() throws JMSException {
        listen("t.>", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(packet("o.a"));
        listen("o.*", b);
        take(packet("o.a"));
        resolveBefore(packet("o.b"));

        assertThat(b.numbers()).containsExactly(2);
        assertThat(b.losses()).isEmpty();
    }

    /** Else whoever forges a number could keep a topic from its listeners. */
    @Test
    void aNameThatDoesNotBelongToItsNumberIsNotRemembered() throws JMSException {
        listen("t.>", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        take(forged("t.evil", Sender.topic("t.a").topicId()));
        take(forged("o.evil", Sender.topic("t.b").topicId()));
        take(forged("t.*", Sender.topic("t.*").topicId()));

        assertThat(a.messages).isEmpty();
        take(packet("t.a"));
        take(packet("t.b"));
        assertThat(topics(a)).containsExactly("t.a", "t.b");
    }

    private Apdu forged(String name, long id) throws JMSException {
        Apdu frame = packet("x");
        ByteBuf apdu = Unpooled.buffer(Sender.MAX_TSDU);
        ByteBuf content = sender.encoded("1:0:");
        EnvelopeWriter writer = new EnvelopeWriter(new Incarnation(1, 2));
        writer.begin(apdu, 0, Sender.MAX_TSDU);
        writer.append(id, name.getBytes(StandardCharsets.UTF_8), 1, true, content, 0, content.readableBytes());
        return new Apdu(frame.firstSqn(), frame.lastSqn(), apdu.writerIndex(writer.finish()));
    }

    /** With {@code jms.order=source} a pattern gets all topics in the order of their source. */
    @Seeds(fresh = 20)
    void oneOrderForAllTopicsIsKept(long seed) throws JMSException {
        SplittableRandom random = new SplittableRandom(seed);
        InboundLink link = new InboundLink(DeliveryOrder.CONTIGUOUS, Long.MAX_VALUE, Long.MAX_VALUE);
        LossyPath path = new LossyPath(link, random, 0.2, 1 + random.nextInt(30), true);
        link.add(new Listening(Sender.topic("t.>"), a));
        link.onSession(TSI, SessionStart.FROM_BIRTH);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String topic = "t." + random.nextInt(5);
            sender.send(topic, random.nextInt(100));
            sent.add(topic + " " + sender.sent(topic));
            path.send(sender.pullAll());
        }
        path.end(EndReason.FIN);

        List<String> received = a.messages.stream()
                .map(message -> message.topic() + " " + Recorder.number(message))
                .toList();
        assertThat(received).isNotEmpty();
        assertThat(sent).containsSubsequence(received);
    }

    /** What comes, and what is reported, make up what was sent to each topic. */
    @Seeds(fresh = 60)
    void nothingVanishes(long seed) throws JMSException {
        SplittableRandom random = new SplittableRandom(seed);
        DeliveryOrder order = random.nextBoolean() ? DeliveryOrder.COMPLETE : DeliveryOrder.CONTIGUOUS;
        InboundLink link = new InboundLink(order, Long.MAX_VALUE, Long.MAX_VALUE);
        LossyPath path = new LossyPath(
                link, random, random.nextDouble() * 0.3, 1 + random.nextInt(30), order == DeliveryOrder.CONTIGUOUS);
        link.add(new Listening(Sender.topic("t.*"), a));
        link.add(new Listening(Sender.topic("t.1"), b));
        link.onSession(TSI, SessionStart.FROM_BIRTH);
        for (int i = 0; i < 300; i++) {
            sender.send((random.nextInt(8) == 0 ? "o." : "t.") + random.nextInt(10), random.nextInt(300));
            if (random.nextInt(10) == 0) {
                sender.link.onIdle();
            }
            if (random.nextInt(3) == 0) {
                path.send(sender.pullAll());
            }
        }
        sender.link.onClosing();
        path.send(sender.pullAll());
        path.end(EndReason.FIN);

        for (int i = 0; i < 10; i++) {
            checkTopic("t." + i, path.lostHeads > 0);
        }
        assertThat(link.counters().get(InboundCounter.HELD_BYTES)).isZero();
        assertThat(link.counters().get(InboundCounter.STREAMS_FOUND)).isZero();
    }

    private void checkTopic(String name, boolean unknownAllowed) {
        PgmTopic topic = Sender.topic(name);
        List<Integer> numbers = a.messages.stream()
                .filter(message -> message.topic().equals(topic))
                .map(Recorder::number)
                .toList();
        assertThat(numbers).doesNotHaveDuplicates().isSorted();
        long missed = 0;
        boolean unknown = false;
        for (LossReport report : a.losses()) {
            boolean ofAll = report.destination().equals(Sender.topic("t.*"));
            unknown |= ofAll || report.destination().equals(topic) && !report.isExact();
            missed += report.destination().equals(topic) && report.isExact() ? report.count() : 0;
        }
        long known = numbers.size() + missed;
        if (unknown) {
            assertThat(known).as(name).isLessThanOrEqualTo(sender.sent(name));
        } else {
            assertThat(known).as(name).isEqualTo(sender.sent(name));
        }
        if (known < sender.sent(name)) {
            assertThat(unknownAllowed || numbers.isEmpty()).as(name).isTrue();
        }
    }
}
