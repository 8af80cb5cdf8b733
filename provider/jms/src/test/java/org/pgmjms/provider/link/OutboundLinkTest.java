package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.provider.link.Sender.Apdu;
import org.pgmjms.provider.message.EnvelopeKind;
import org.pgmjms.provider.message.EnvelopeReader;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.Verdict;

class OutboundLinkTest {
    private static final long NO_WAIT = 0;

    private final EnvelopeReader reader = new EnvelopeReader();
    private final Sender sender = new Sender(1_000);

    private EnvelopeReader read(Apdu apdu) {
        assertThat(reader.wrap(apdu.bytes(), 0, apdu.bytes().readableBytes())).isEqualTo(Verdict.OK);
        return reader;
    }

    private List<Long> sequences(Apdu apdu) {
        List<Long> all = new ArrayList<>();
        read(apdu);
        while (reader.nextFrame()) {
            all.add(reader.frame().sequence());
        }
        return all;
    }

    private List<Long> heads(Apdu apdu) {
        List<Long> all = new ArrayList<>();
        assertThat(read(apdu).kind()).isEqualTo(EnvelopeKind.HEADS);
        while (reader.nextHead()) {
            all.add(reader.headTopicId());
            all.add(reader.headLastSequence());
        }
        return all;
    }

    private static long id(String topic) {
        return Sender.topic(topic).topicId();
    }

    @Test
    void packsWhatFitsIntoAPacket() throws JMSException {
        for (int i = 0; i < 20; i++) {
            sender.send("a", 20);
        }

        List<Apdu> apdus = sender.pullAll();

        assertThat(apdus).hasSizeBetween(2, 6);
        List<Long> all = new ArrayList<>();
        apdus.forEach(apdu -> all.addAll(sequences(apdu)));
        assertThat(all).hasSize(20).isSorted().startsWith(1L).endsWith(20L);
    }

    @Test
    void namesATopicOnceInAnEnvelopeAndMarksItsFirstMessage() throws JMSException {
        sender.send("a", 5);
        sender.send("b", 5);
        sender.send("a", 5);

        read(sender.pull());

        assertThat(reader.nextFrame()).isTrue();
        assertThat(reader.frame().isFirst()).isTrue();
        assertThat(reader.frame().topicName()).isEqualTo("a");
        assertThat(reader.nextFrame()).isTrue();
        assertThat(reader.frame().isFirst()).isTrue();
        assertThat(reader.frame().topicName()).isEqualTo("b");
        assertThat(reader.nextFrame()).isTrue();
        assertThat(reader.frame().isFirst()).isFalse();
        assertThat(reader.frame().sequence()).isEqualTo(2);
        assertThat(sender.publication.wakes).isEqualTo(3);
    }

    @Test
    void fragmentsWhatIsLargerThanAPacketInItsPlace() throws JMSException {
        sender.send("a", 5);
        sender.send("a", 5_000);
        sender.send("a", 5);

        List<Apdu> apdus = sender.pullAll();

        assertThat(apdus).hasSize(3);
        assertThat(apdus.get(1).lastSqn() - apdus.get(1).firstSqn()).isGreaterThan(10);
        assertThat(apdus).flatMap(this::sequences).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 5_000, 60_000})
    void padsALargeOneSoThatItsFragmentsAreEquallyLong(int length) throws JMSException {
        sender.send("a", length);

        Apdu apdu = sender.pull();

        int fragments = apdu.lastSqn() - apdu.firstSqn() + 1;
        assertThat(apdu.bytes().readableBytes() % fragments).isZero();
        assertThat(sequences(apdu)).containsExactly(1L);
    }

    @Test
    void bundlesMessagesOfWhichAPacketHoldsFew() throws JMSException {
        for (int i = 0; i < 40; i++) {
            sender.send("a", 210);
        }

        List<Apdu> apdus = sender.pullAll();

        assertThat(apdus).flatMap(this::sequences).containsExactlyElementsOf(upTo(40));
        assertThat(sender.nextSqn() - Sender.FIRST_SQN).isLessThanOrEqualTo(30);
        assertThat(apdus)
                .allSatisfy(apdu -> assertThat(apdu.bytes().readableBytes() % (apdu.lastSqn() - apdu.firstSqn() + 1))
                        .isZero());
        assertThat(sender.hasWork()).isFalse();
    }

    @Test
    void doesNotBundleBeforeThereAreEnough() throws JMSException {
        sender.send("a", 210);
        sender.send("a", 210);

        assertThat(sender.pullAll())
                .hasSize(2)
                .allSatisfy(apdu -> assertThat(apdu.firstSqn()).isEqualTo(apdu.lastSqn()));
    }

    @Test
    void keepsTheOrderOfWhatIsBundledAndWhatIsNot() throws JMSException {
        Sender wide = new Sender(10, 1 << 20);
        Random random = new Random(4711);
        for (int i = 0; i < 500; i++) {
            wide.send("a", random.nextInt(8) == 0 ? 1_500 : random.nextInt(330));
        }
        wide.link.onIdle();

        List<Apdu> apdus = wide.pullAll();

        assertThat(heads(apdus.get(apdus.size() - 1))).containsExactly(0L, 3L, id("a"), 500L);
        assertThat(apdus.subList(0, apdus.size() - 1)).flatMap(this::sequences).containsExactlyElementsOf(upTo(500));
    }

    @Test
    void aBundleIsNeverMoreThanTheLargestApdu() throws JMSException {
        Sender narrow = new Sender(10, 1 << 16, new Incarnation(1, 2), 2 * Sender.MAX_TSDU - 1);
        for (int i = 0; i < 40; i++) {
            narrow.send("a", 210);
        }

        assertThat(narrow.pullAll()).hasSize(40);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void padsAPacketThatIsAlmostAsLongAsItsRun() throws JMSException {
        sender.send("a", 300);
        sender.send("a", 300);
        int alone = sender.link.nextLength();

        Apdu padded = sender.pull(alone + 15);
        Apdu notPadded = sender.pull(alone + 60);

        assertThat(padded.bytes().readableBytes()).isEqualTo(alone + 15);
        assertThat(notPadded.bytes().readableBytes()).isLessThanOrEqualTo(alone);
        assertThat(sequences(padded)).containsExactly(1L);
    }

    @Test
    void sendsHeadsOnceAfterAnIdlePeriodBegan() throws JMSException {
        sender.send("a", 5);
        sender.send("b", 5);
        sender.send("a", 5);
        sender.pullAll();
        assertThat(sender.hasWork()).isFalse();

        sender.link.onIdle();

        assertThat(heads(sender.pull())).containsExactly(0L, 1L << 1 | 1, id("a"), 2L, id("b"), 1L);
        sender.link.onIdle();
        assertThat(sender.hasWork()).isFalse();
        sender.send("b", 5);
        sender.pullAll();
        sender.link.onClosing();
        assertThat(heads(sender.pull())).containsExactly(0L, 2L << 1 | 1, id("b"), 2L);
    }

    @Test
    void headsWaitUntilEverythingBeforeThemHasLeft() throws JMSException {
        sender.send("a", 5);
        sender.link.onIdle();
        sender.send("a", 5);

        List<Apdu> apdus = sender.pullAll();

        assertThat(apdus).hasSize(2);
        assertThat(sequences(apdus.get(0))).containsExactly(1L, 2L);
        assertThat(heads(apdus.get(1))).containsExactly(0L, 3L, id("a"), 2L);
    }

    @Test
    void aSetOfHeadsMayNeedSeveralPackets() throws JMSException {
        for (int i = 0; i < 100; i++) {
            sender.send("t" + i, 0);
        }
        sender.pullAll();

        sender.link.onIdle();
        List<List<Long>> sets = sender.pullAll().stream().map(this::heads).toList();

        assertThat(sets).hasSizeGreaterThan(3);
        assertThat(sets.stream().mapToInt(List::size).sum() / 2).isEqualTo(100 + sets.size());
        for (int i = 0; i < sets.size(); i++) {
            long last = i == sets.size() - 1 ? 1 : 0;
            assertThat(sets.get(i).get(1)).isEqualTo(i + 1L << 1 | last);
        }
    }

    @Test
    void aTopicThatWasForgottenStartsAnewInTheNextGeneration() throws JMSException {
        Sender small = new Sender(2);
        small.send("a", 0);
        small.send("b", 0);
        small.send("c", 0);
        small.send("a", 0);

        List<Apdu> apdus = small.pullAll();

        assertThat(heads(apdus.get(1))).containsExactly(0L, 2L, id("a"), 1L, id("b"), 1L);
        read(apdus.get(2));
        assertThat(reader.nextFrame()).isTrue();
        assertThat(reader.frame().isFirst()).isTrue();
        assertThat(reader.frame().sequence()).isEqualTo((1L << 40) + 1);
        assertThat(small.link.nextSequence(id("a"))).isEqualTo((1L << 40) + 2);
    }

    @Test
    void namesAndContentsOfAllLengthsComeOutAsTheyWentIn() throws JMSException {
        for (int length : new int[] {1, 7, 8, 15, 16, 17, 100}) {
            for (int content : new int[] {0, 4, 8, 15, 16, 50}) {
                LinkTopic to = new LinkTopic(Sender.topic("n".repeat(length)));
                byte[] bytes = new byte[content];
                Arrays.fill(bytes, (byte) (length + content));
                for (int i = 0; i < 2; i++) {
                    sender.link.publish(to, Unpooled.wrappedBuffer(bytes), NO_WAIT);
                    read(sender.pull());
                    assertThat(reader.nextFrame()).isTrue();
                    assertThat(reader.frame().topicName()).hasSize(length);
                    assertThat(reader.frame().nameIs(to.topic().nameUtf8())).isTrue();
                    assertThat(reader.frame().content()).isEqualTo(bytes);
                }
            }
        }
    }

    @Test
    void whatASenderHasKeptOfAnotherLinkIsNotTaken() throws JMSException {
        LinkTopic kept = new LinkTopic(Sender.topic("a"));
        Sender other = new Sender(2);
        other.link.publish(kept, other.encoded("1:0:"), 0);
        sender.link.publish(kept, sender.encoded("1:0:"), 0);
        other.link.publish(kept, other.encoded("2:0:"), 0);

        assertThat(sequences(sender.pull())).containsExactly(1L);
        assertThat(sequences(other.pull())).containsExactly(1L, 2L);
    }

    @Test
    void hasNothingForASourceThatAsksBeforeItIsThere() {
        OutboundLink early = new OutboundLink(new SendQueue(8_000, 8_000), 1_000, new Incarnation(1, 2), 10);

        early.onIdle();

        assertThat(early.nextLength()).isZero();
    }

    @Test
    void refusesWhatIsTooLarge() throws JMSException {
        ByteBuf huge = Unpooled.buffer().writeZero((1 << 20) + 1);

        assertThatThrownBy(() -> sender.link.publish(new LinkTopic(Sender.topic("a")), huge, NO_WAIT))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("jms.maxMessageSize")
                .hasMessageContaining("1048577");
        sender.send("a", 5);
        assertThat(sequences(sender.pull())).containsExactly(1L);
    }

    @Test
    void saysWhatIsInTheWayWhenThereIsNoRoomInTime() throws JMSException {
        Sender small = new Sender(10, 8_000);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        small.send("a", 100);
                    }
                })
                .isInstanceOf(ResourceAllocationException.class)
                .hasMessageContaining("jms.sendTimeout");

        int queued = small.pullAll().stream()
                .mapToInt(apdu -> sequences(apdu).size())
                .sum();

        assertThat(queued).isEqualTo(small.sent("a") - 1);
    }

    @Test
    void aCallerThatWaitsGoesOnWhenThereIsRoom() throws Exception {
        Sender small = new Sender(10, 8_000);
        CountDownLatch done = new CountDownLatch(1);
        int messages = 2_000;
        Thread caller = new Thread(() -> {
            try {
                for (int i = 1; i <= messages; i++) {
                    ByteBuf message = small.encoded(i + ":" + "x".repeat(i % 90));
                    small.link.publish(new LinkTopic(Sender.topic("a")), message, TimeUnit.SECONDS.toNanos(60));
                }
                done.countDown();
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });
        caller.start();

        List<Long> all = new ArrayList<>();
        while (all.size() < messages) {
            if (small.hasWork()) {
                all.addAll(sequences(small.pull()));
            } else {
                Thread.onSpinWait();
            }
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(all).isSorted().doesNotHaveDuplicates().endsWith((long) messages);
    }

    @Test
    void callersThatWaitHearOfAFailure() throws Exception {
        Sender small = new Sender(10, 8_000);
        List<Throwable> failures = new ArrayList<>();
        Thread caller = new Thread(() -> {
            try {
                while (true) {
                    ByteBuf message = small.encoded("1:" + "x".repeat(200));
                    small.link.publish(new LinkTopic(Sender.topic("a")), message, TimeUnit.SECONDS.toNanos(60));
                }
            } catch (JMSException e) {
                failures.add(e);
            }
        });
        caller.start();

        small.link.onFailed(new PgmException(PgmException.Code.SOCKET, "the socket is gone"));
        caller.join(TimeUnit.SECONDS.toMillis(60));

        assertThat(failures)
                .singleElement()
                .satisfies(
                        e -> assertThat(e).isInstanceOf(JMSException.class).hasMessageContaining("the socket is gone"));
    }

    @Test
    void numbersEachTopicInTheOrderOfTheStreamWhateverThreadSends() throws Exception {
        Sender shared = new Sender(100, 1 << 20);
        List<Thread> callers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            callers.add(new Thread(() -> {
                try {
                    for (int i = 0; i < 500; i++) {
                        int length = i % 50 == 0 ? 2_000 : 30;
                        ByteBuf message = shared.encoded("1:" + "x".repeat(length));
                        shared.link.publish(
                                new LinkTopic(Sender.topic("t" + i % 3)), message, TimeUnit.SECONDS.toNanos(60));
                    }
                } catch (JMSException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        callers.forEach(Thread::start);

        long[] last = new long[3];
        int seen = 0;
        while (seen < 2_000) {
            if (!shared.hasWork()) {
                Thread.onSpinWait();
                continue;
            }
            read(shared.pull());
            while (reader.nextFrame()) {
                int topic = reader.frame().topicName().charAt(1) - '0';
                assertThat(reader.frame().sequence()).isEqualTo(last[topic] + 1);
                last[topic]++;
                seen++;
            }
        }

        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(last[0] + last[1] + last[2]).isEqualTo(2_000);
    }
}
