package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.provider.link.Sender.Apdu;
import org.pgmjms.provider.message.EnvelopeKind;
import org.pgmjms.provider.message.EnvelopeReader;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.TrainPart;
import org.pgmjms.provider.message.Verdict;

class OutboundTrainTest {
    private static final int RING = 1 << 16;
    private static final Incarnation INCARNATION = new Incarnation(1, 2);
    /** An APDU of two packets at most. */
    private static final int SMALL_APDU = 500;

    private final EnvelopeReader reader = new EnvelopeReader();
    private final Sender sender = new Sender(1_000);

    private EnvelopeReader read(Apdu apdu) {
        assertThat(reader.wrap(apdu.bytes(), 0, apdu.bytes().readableBytes())).isEqualTo(Verdict.OK);
        return reader;
    }

    /** The frames of an envelope, such as {@code a1} for the first of topic a. */
    private List<String> frames(Apdu apdu) {
        List<String> all = new ArrayList<>();
        read(apdu);
        while (reader.nextFrame()) {
            all.add(reader.frame().topicName() + reader.frame().sequence());
        }
        return all;
    }

    private TrainPart part(Apdu apdu) {
        assertThat(read(apdu).kind()).isEqualTo(EnvelopeKind.TRAIN);
        return reader.trainPart();
    }

    private static Train train(ByteBuf content, String... topics) {
        List<TrainMessage> messages = new ArrayList<>();
        for (String topic : topics) {
            messages.add(new TrainMessage(Sender.topic(topic), content));
        }
        return new Train(7, 3, messages);
    }

    private static String[] times(int count, String topic) {
        return IntStream.range(0, count).mapToObj(i -> topic).toArray(String[]::new);
    }

    /** Sends until there is no room, and says how many messages that took. */
    private static int fill(Sender sender) throws JMSException {
        ByteBuf content = sender.encoded("1:0:" + "x".repeat(10));
        for (int count = 0; ; count++) {
            try {
                sender.link.publish(new LinkTopic(Sender.topic("filler")), content, 0);
            } catch (ResourceAllocationException e) {
                return count;
            }
        }
    }

    @Test
    void aSmallTransactionIsOnePacket() throws JMSException {
        sender.link.reserve(train(sender.encoded("1:0:"), "a", "b", "a"), 0).publish();

        Apdu apdu = sender.pull();

        assertThat(part(apdu)).isEqualTo(new TrainPart(7, 0, 3, true));
        assertThat(frames(apdu)).containsExactly("a1", "b1", "a2");
        assertThat(reader.frame().isFirst()).isFalse();
        assertThat(sender.hasWork()).isFalse();
        assertThat(sender.publication.wakes).isOne();
    }

    @Test
    void marksTheFirstMessageOfEachTopic() throws JMSException {
        sender.send("a", 0);
        sender.sendTogether(0, "a", "b", "b");
        sender.pull();
        read(sender.pull());

        assertThat(reader.nextFrame() && !reader.frame().isFirst()).isTrue();
        assertThat(reader.nextFrame() && reader.frame().isFirst()).isTrue();
        assertThat(reader.nextFrame() && !reader.frame().isFirst()).isTrue();
    }

    @Test
    void aLargerOneIsOneFragmentedApdu() throws JMSException {
        sender.send("a", 0);
        sender.sendTogether(2_000, "a", "b", "a");
        sender.send("b", 0);

        List<Apdu> apdus = sender.pullAll();

        assertThat(apdus).hasSize(3);
        assertThat(part(apdus.get(1)).isLast()).isTrue();
        assertThat(apdus.get(1).lastSqn() - apdus.get(1).firstSqn()).isGreaterThan(10);
        assertThat(apdus).flatMap(this::frames).containsExactly("a1", "a2", "b1", "a3", "b2");
    }

    @Test
    void whatNoApduHoldsHasSeveralParts() throws JMSException {
        Sender small = new Sender(1_000, RING, INCARNATION, SMALL_APDU);
        small.send("b", 0);
        small.sendTogether(60, times(11, "a"));
        small.send("b", 0);

        List<Apdu> apdus = small.pullAll();

        List<TrainPart> parts =
                apdus.subList(1, apdus.size() - 1).stream().map(this::part).toList();
        assertThat(parts).hasSizeGreaterThan(2);
        for (int i = 0; i < parts.size(); i++) {
            assertThat(parts.get(i)).isEqualTo(new TrainPart(1, i, 1, i == parts.size() - 1));
        }
        assertThat(apdus)
                .flatMap(this::frames)
                .containsExactly("b1", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "b2");
        assertThat(apdus).allMatch(apdu -> apdu.bytes().readableBytes() <= SMALL_APDU);
    }

    @Test
    void anEnvelopeHoldsSoManyNamesThatThousandsOfTopicsNeedTwo() throws JMSException {
        String[] topics = IntStream.range(0, 5_000).mapToObj(i -> "t" + i).toArray(String[]::new);
        Sender wide = new Sender(10_000, 1 << 20);

        wide.sendTogether(0, topics);

        List<Apdu> apdus = wide.pullAll();
        assertThat(apdus).hasSize(2);
        assertThat(apdus).flatMap(this::frames).hasSize(5_000);
    }

    @Test
    void hasItsPlaceWhereItIsPublished() throws JMSException {
        TrainReservation later = sender.link.reserve(train(sender.encoded("1:0:"), "a"), 0);
        sender.send("a", 0);
        sender.link.reserve(train(sender.encoded("1:0:"), "a", "a"), 0).publish();
        later.publish();

        assertThat(sender.pullAll())
                .extracting(this::frames)
                .containsExactly(List.of("a1"), List.of("a2", "a3"), List.of("a4"));
    }

    @Test
    void readsContentsOnlyWhileReserving() throws JMSException {
        ByteBuf content = sender.encoded("1:0:");
        TrainReservation reservation = sender.link.reserve(train(content, "a"), 0);
        content.setZero(0, content.readableBytes());

        reservation.publish();

        read(sender.pull());
        assertThat(reader.nextFrame()).isTrue();
        byte[] read = reader.frame().content();
        assertThat(read).hasSize(content.readableBytes());
        assertThat(read[0]).isNotZero();
    }

    @Test
    void whatIsReleasedIsNeverSentAndGivesItsRoomBack() throws JMSException {
        Sender small = new Sender(10, 8_000);
        long window = small.publication.windowRoomBytes;
        for (int i = 0; i < 100; i++) {
            TrainReservation reservation = small.reserve(200, "a");
            reservation.release();
            reservation.release();
            reservation.publish();
        }

        assertThat(small.hasWork()).isFalse();
        assertThat(small.publication.windowRoomBytes).isEqualTo(window);
        assertThat(small.link.nextSequence(Sender.topic("a").topicId())).isOne();
    }

    @Test
    void holdsNothingWhenTheRingIsFull() throws JMSException {
        Sender small = new Sender(10, 8_000);
        long window = small.publication.windowRoomBytes;
        int filled = fill(small);

        assertThatThrownBy(() -> small.reserve(10, "a"))
                .isInstanceOf(ResourceAllocationException.class)
                .hasMessageContaining("jms.sendTimeout");

        assertThat(small.pullAll()).flatMap(this::frames).hasSize(filled);
        assertThat(small.publication.windowRoomBytes).isEqualTo(window);
        assertThat(fill(small)).isEqualTo(filled);
    }

    @Test
    void holdsNothingWhenTheWindowIsFull() throws JMSException {
        Sender small = new Sender(10, 8_000);
        small.publication.windowRoomBytes = 100;

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> small.reserve(200, "a"))
                    .isInstanceOf(ResourceAllocationException.class)
                    .hasMessageContaining("pgm.window.bytes");
        }

        small.publication.windowRoomBytes = 100_000;
        small.sendTogether(200, "a");
        assertThat(frames(small.pull())).containsExactly("a1");
    }

    @Test
    void whatOthersReservedIsNotThereForMessages() throws JMSException {
        Sender small = new Sender(10, 8_000);
        int alone = fill(small);
        small.pullAll();
        List<TrainReservation> reservations = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            reservations.add(small.reserve(200, "a" + i));
        }

        assertThat(fill(small)).isBetween(1, alone * 3 / 4);
        reservations.forEach(TrainReservation::publish);
        assertThat(small.pullAll().stream().filter(apdu -> read(apdu).kind() == EnvelopeKind.TRAIN))
                .hasSize(10);
    }

    @Test
    void mayBeLargerThanTheRing() throws JMSException {
        Sender small = new Sender(10, 8_000);

        small.sendTogether(3_000, times(10, "a"));

        Apdu apdu = small.pull();
        assertThat(apdu.bytes().readableBytes()).isGreaterThan(30_000);
        assertThat(frames(apdu)).hasSize(10);
    }

    @Test
    void refusesWhatIsLargerThanAMessageMayBe() throws JMSException {
        ByteBuf half = sender.encoded("1:0:" + "x".repeat(1 << 19));

        assertThatThrownBy(() -> sender.link.reserve(train(half, "a", "b", "c"), 0))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("jms.maxMessageSize");

        sender.link.reserve(train(half, "a"), 0).publish();
        assertThat(frames(sender.pull())).containsExactly("a1");
    }

    @Test
    void takesAMessageThatIsAsLargeAsItMayBeAlone() throws JMSException {
        ByteBuf largest = Unpooled.buffer().writeZero(1 << 20);
        Sender large = new Sender(10, RING, INCARNATION, (1 << 20) + 1_000);

        large.link.reserve(train(largest, "a"), 0).publish();

        assertThat(frames(large.pull())).containsExactly("a1");
    }

    @Test
    void isPublishedOnce() throws JMSException {
        TrainReservation reservation = sender.reserve(0, "a");
        reservation.publish();
        reservation.release();

        assertThatThrownBy(reservation::publish).isInstanceOf(IllegalStateException.class);
        assertThat(sender.pullAll()).hasSize(1);
    }

    @Test
    void isNotSentWhenTheTransportHasFailed() throws JMSException {
        TrainReservation reservation = sender.reserve(0, "a");
        sender.link.onFailed(new PgmException(PgmException.Code.SOCKET, "the socket is gone"));

        reservation.publish();

        assertThat(sender.hasWork()).isFalse();
        assertThatThrownBy(() -> sender.reserve(0, "a"))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("the socket is gone");
    }

    @Test
    void headsOfForgottenTopicsComeBehindWhatMadeThemGo() throws JMSException {
        Sender forgetful = new Sender(3, RING, INCARNATION, SMALL_APDU);
        forgetful.send("x", 0);
        forgetful.pullAll();

        forgetful.sendTogether(60, "a", "b", "c", "d", "e", "f", "g", "a");

        List<Apdu> apdus = forgetful.pullAll();
        List<EnvelopeKind> kinds = apdus.stream().map(apdu -> read(apdu).kind()).toList();
        assertThat(kinds).startsWith(EnvelopeKind.TRAIN, EnvelopeKind.TRAIN).contains(EnvelopeKind.HEADS);
        assertThat(kinds.subList(kinds.indexOf(EnvelopeKind.HEADS), kinds.size()))
                .containsOnly(EnvelopeKind.HEADS);
    }

    @Test
    void whoWaitsGoesOnWhenThereIsRoom() throws Exception {
        Sender small = new Sender(10, 8_000);
        ByteBuf content = small.encoded("1:0:" + "x".repeat(200));
        fill(small);
        CountDownLatch done = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            try {
                small.link
                        .reserve(train(content, "a"), TimeUnit.SECONDS.toNanos(60))
                        .publish();
                done.countDown();
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });
        caller.start();

        while (done.getCount() > 0) {
            if (small.hasWork()) {
                small.pull();
            } else {
                Thread.onSpinWait();
            }
        }

        caller.join();
        assertThat(small.link.nextSequence(Sender.topic("a").topicId())).isEqualTo(2);
    }

    @Test
    void nothingComesBetweenThePartsHoweverManySend() throws Exception {
        Sender shared = new Sender(100, 1 << 20, INCARNATION, SMALL_APDU);
        List<Thread> callers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int number = t;
            callers.add(new Thread(() -> {
                try {
                    ByteBuf content = shared.encoded("1:0:" + "x".repeat(60));
                    for (int i = 0; i < 100; i++) {
                        if (number % 2 == 0) {
                            shared.link.publish(
                                    new LinkTopic(Sender.topic("b")), content, TimeUnit.SECONDS.toNanos(60));
                        } else {
                            Train train = new Train(
                                    number * 1_000 + i,
                                    1,
                                    train(content, times(10, "a")).messages());
                            shared.link
                                    .reserve(train, TimeUnit.SECONDS.toNanos(60))
                                    .publish();
                        }
                    }
                } catch (JMSException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        callers.forEach(Thread::start);

        int trains = 0;
        int messages = 0;
        TrainPart open = null;
        while (messages < 200 || trains < 200) {
            if (!shared.hasWork()) {
                Thread.onSpinWait();
                continue;
            }
            Apdu apdu = shared.pull();
            if (read(apdu).kind() == EnvelopeKind.DATA) {
                assertThat(open).isNull();
                messages += frames(apdu).size();
                continue;
            }
            TrainPart part = reader.trainPart();
            assertThat(part.part()).isEqualTo(open == null ? 0 : open.part() + 1);
            assertThat(open == null || open.transaction() == part.transaction()).isTrue();
            open = part.isLast() ? null : part;
            trains += part.isLast() ? 1 : 0;
        }

        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(shared.hasWork()).isFalse();
    }
}
