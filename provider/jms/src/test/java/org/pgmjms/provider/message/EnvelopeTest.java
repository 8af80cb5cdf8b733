package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pgmjms.provider.message.Deliveries.SENDER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.destination.PgmTopic;

/** Packing frames into envelopes and taking them out again. */
class EnvelopeTest {
    private static final int HEADER = 28;
    private static final int PREFIX = 21;
    private static final int NEXT_PREFIX = 5;
    private static final int LIKE_PREFIX = 16;
    private static final int PACKET = 1400;
    private static final PgmTopic A = new PgmTopic("a");
    private static final PgmTopic B = new PgmTopic("bb");

    private final EnvelopeWriter writer = new EnvelopeWriter(SENDER);
    private final EnvelopeReader reader = new EnvelopeReader();
    private final ByteBuf buffer = Unpooled.buffer(PACKET + 100).setZero(0, PACKET + 100);

    private boolean append(PgmTopic topic, long sequence, ByteBuf content) {
        return writer.append(
                topic.topicId(), topic.nameUtf8(), sequence, sequence == 1, content, 0, content.readableBytes());
    }

    private static ByteBuf content(int length) {
        return Unpooled.buffer(length).writeZero(length);
    }

    private record Frame(String topic, long sequence, boolean first, String content) {}

    private List<Frame> frames(int at, int length) {
        assertEquals(Verdict.OK, reader.wrap(buffer, at, length));
        return remainingFrames();
    }

    private List<Frame> remainingFrames() {
        List<Frame> frames = new ArrayList<>();
        while (reader.nextFrame()) {
            FrameView frame = reader.frame();
            frames.add(new Frame(
                    frame.topicName(), frame.sequence(), frame.isFirst(), ByteBufUtil.hexDump(frame.content())));
            assertEquals(new PgmTopic(frame.topicName()).topicId(), frame.topicId());
            assertTrue(frame.nameIs(new PgmTopic(frame.topicName()).nameUtf8()));
            assertFalse(frame.nameIs(new PgmTopic(frame.topicName() + "x").nameUtf8()));
            assertFalse(frame.nameIs(new PgmTopic("x" + frame.topicName().substring(1)).nameUtf8()));
        }
        return frames;
    }

    @Test
    void namesATopicOncePerEnvelope() {
        writer.begin(buffer, 7, PACKET);
        append(A, 1, Unpooled.wrappedBuffer(new byte[] {1}));
        append(B, 5, Unpooled.wrappedBuffer(new byte[] {2}));
        append(A, 2, Unpooled.wrappedBuffer(new byte[] {3}));
        int length = writer.finish();

        assertEquals(HEADER + (PREFIX + 2 + 1) + (PREFIX + 3 + 1) + (PREFIX + 1), length);
        assertThat(frames(7, length))
                .containsExactly(
                        new Frame("a", 1, true, "01"), new Frame("bb", 5, false, "02"), new Frame("a", 2, false, "03"));
        assertEquals(SENDER, reader.incarnation());
        assertEquals(EnvelopeKind.DATA, reader.kind());

        writer.begin(buffer, 0, PACKET);
        assertTrue(writer.needsName(A.topicId()));
        append(A, 3, content(1));
        assertThat(frames(0, writer.finish())).extracting(Frame::topic).containsExactly("a");
    }

    @Test
    void onlyTheNextOfTheSameTopicGoesWithoutTopicAndSequence() {
        long[] sequences = {1, 2, 4, 5};
        boolean[] follows = {false, true, false, true};
        writer.begin(buffer, 0, PACKET);
        append(B, 7, content(1));
        for (int i = 0; i < sequences.length; i++) {
            int before = writer.length();
            assertTrue(append(A, sequences[i], content(1)));
            int name = i == 0 ? 2 : 0;
            assertEquals((follows[i] ? NEXT_PREFIX : PREFIX + name) + 1, writer.length() - before);
        }

        assertThat(frames(0, writer.finish())).extracting(Frame::sequence).containsExactly(7L, 1L, 2L, 4L, 5L);
        writer.begin(buffer, 0, PACKET);
        append(A, 6, content(1));
        assertThat(frames(0, writer.finish())).extracting(Frame::sequence).containsExactly(6L);
    }

    @Test
    void aFrameTakesOverWhatItBeginsWithLikeTheOneBefore() {
        writer.begin(buffer, 0, PACKET);
        assertEquals(PREFIX + 2 + 10, lengthOf(A, 1L << 24, content(10)));
        assertEquals(LIKE_PREFIX + 3 + 2, lengthOf(B, (1L << 25) - 1, content(10)));
        assertEquals(LIKE_PREFIX, lengthOf(A, (1L << 24) + 1, content(8)));
        assertEquals(PREFIX + 7, lengthOf(B, 1L << 24, content(7)));
        assertEquals(PREFIX + 8, lengthOf(A, (1L << 24) + 2, content(8)));
        assertEquals(PREFIX + 8, lengthOf(B, 1L << 25, content(8)));
        ByteBuf other = content(8).setByte(7, 1);
        assertEquals(PREFIX + 8, lengthOf(A, 1L << 25, other));
        assertEquals(LIKE_PREFIX, lengthOf(B, 1L << 25, other));

        List<Frame> frames = frames(0, writer.finish());

        assertThat(frames)
                .extracting(Frame::sequence)
                .containsExactly(
                        1L << 24,
                        (1L << 25) - 1,
                        (1L << 24) + 1,
                        1L << 24,
                        (1L << 24) + 2,
                        1L << 25,
                        1L << 25,
                        1L << 25);
        assertThat(frames).extracting(frame -> frame.content().length() / 2).containsExactly(10, 10, 8, 7, 8, 8, 8, 8);
        assertEquals("0000000000000001", frames.get(7).content());
        assertTrue(reader.hasSeveralTopics());
    }

    private int lengthOf(PgmTopic topic, long sequence, ByteBuf content) {
        int before = writer.length();
        assertTrue(append(topic, sequence, content));
        return writer.length() - before;
    }

    private Verdict withSecondFrame(int firstContentLength, long firstSequence, String second) {
        writer.begin(buffer, 0, PACKET);
        if (firstContentLength >= 0) {
            append(A, firstSequence, content(firstContentLength));
        }
        byte[] frame = HexFormat.of().parseHex(second.replace(" ", ""));
        buffer.setInt(writer.length(), Integer.BYTES + frame.length);
        buffer.setBytes(writer.length() + Integer.BYTES, frame);
        int length = writer.length() + Integer.BYTES + frame.length;
        EnvelopeWriter.seal(buffer, new int[] {length});
        return reader.wrap(buffer, 0, length);
    }

    @Test
    void aFrameThatTakesOverWhatIsNotThereIsRefused() {
        String topicA = HexFormat.of().toHexDigits(A.topicId());

        assertEquals(Verdict.OK, withSecondFrame(8, 1, "08" + topicA + "000002"));
        assertEquals(Verdict.OK, withSecondFrame(8, 1, "0b" + topicA + "000002 01 61"));
        assertEquals(Verdict.BAD_FRAME, withSecondFrame(-1, 1, "0a" + topicA + "000002 01 61"));
        assertEquals(Verdict.BAD_FRAME, withSecondFrame(7, 1, "08" + topicA + "000002"));
        assertEquals(Verdict.BAD_FRAME, withSecondFrame(8, 1, "08" + topicA + "000000"));
        assertEquals(Verdict.BAD_FRAME, withSecondFrame(8, 1, "08" + topicA + "0000"));
        assertEquals(Verdict.BAD_FRAME, withSecondFrame(8, 1, "0a" + topicA + "000002"));
        assertEquals(Verdict.BAD_FRAME, withSecondFrame(8, 1, "0a" + topicA + "000002 02 61"));
        assertEquals(Verdict.BAD_FRAME, withSecondFrame(8, 1, "0c" + topicA + "000002"));
        assertEquals(Verdict.BAD_FRAME, withSecondFrame(8, 1, "88" + topicA + "000002"));
        assertEquals(
                Verdict.UNNAMED_TOPIC,
                withSecondFrame(8, 1, "08" + HexFormat.of().toHexDigits(7L) + "000002"));
    }

    @Test
    void aTopicThatStartsAgainSaysSo() {
        writer.begin(buffer, 0, PACKET);
        append(A, 8, content(1));
        writer.append(A.topicId(), A.nameUtf8(), 9, true, content(1), 0, 1);

        assertThat(frames(0, writer.finish())).extracting(Frame::first).containsExactly(false, true);
    }

    @Test
    void framesOfTrainsAllSayTheirSequence() {
        writer.beginTrain(buffer, 0, PACKET, new TrainPart(1, 0, 1, true));
        append(A, 1, content(1));
        int before = writer.length();
        append(A, 2, content(1));

        assertEquals(PREFIX + 1, writer.length() - before);
    }

    @Test
    void anEmptyEnvelopeIsWellFormed() {
        writer.begin(buffer, 0, PACKET);

        assertThat(frames(0, writer.finish())).isEmpty();
    }

    @Test
    void fillsAPacketToItsLastByteAndNoFurther() {
        for (int limit = HEADER; limit <= 300; limit++) {
            for (int contentLength : new int[] {0, 1, 4, 33, 100}) {
                fill(limit, contentLength);
            }
        }
    }

    private void fill(int limit, int contentLength) {
        byte guard = 0x5A;
        buffer.setByte(limit, guard);
        writer.begin(buffer, 0, limit);
        int first = EnvelopeWriter.frameLength(1, contentLength, true);
        int more = NEXT_PREFIX + contentLength;
        int expected = limit - HEADER < first ? 0 : 1 + (limit - HEADER - first) / more;
        int count = 0;
        while (append(A, count + 1, content(contentLength))) {
            count++;
        }

        int length = writer.length();
        assertEquals(expected, count);
        assertEquals(count, writer.entries());
        assertEquals(limit - length, writer.room());
        assertEquals(length, writer.finish());
        assertEquals(guard, buffer.getByte(limit));
        assertThat(frames(0, length)).hasSize(count);
    }

    @Test
    void padsToEveryLength() {
        for (int padding = 0; padding < 40; padding++) {
            buffer.setBytes(0, new byte[buffer.capacity()]).setByte(HEADER + 24 + padding, 0x5A);
            writer.begin(buffer, 0, HEADER + 24 + padding);
            append(A, 1, Unpooled.wrappedBuffer(new byte[] {9}));
            int before = writer.length();
            writer.pad(before - 1);
            assertEquals(before, writer.length());
            writer.pad(before + padding);
            int length = writer.finish();

            assertEquals(HEADER + 24 + padding, length);
            assertEquals(0x5A, buffer.getByte(length));
            assertThat(frames(0, length)).containsExactly(new Frame("a", 1, true, "09"));
        }
        writer.begin(buffer, 0, HEADER);
        assertThrows(IllegalArgumentException.class, () -> writer.pad(HEADER + 1));
    }

    @Test
    void paddingIsCoveredByTheChecksum() {
        writer.begin(buffer, 0, PACKET);
        writer.pad(200);
        int length = writer.finish();
        buffer.setByte(150, 1);

        assertEquals(Verdict.BAD_CHECKSUM, reader.wrap(buffer, 0, length));
    }

    @Test
    void aMessageAloneTakesWhatEnvelopeLengthSays() {
        for (int contentLength : new int[] {0, 1, 1000}) {
            int limit = EnvelopeWriter.envelopeLength(2, contentLength);
            writer.begin(buffer, 0, limit);
            assertTrue(append(B, 1, content(contentLength)));
            assertEquals(limit, writer.finish());
            writer.begin(buffer, 0, limit - 1);
            assertFalse(append(B, 1, content(contentLength)));
        }
    }

    @Test
    void anEnvelopeNeedsRoomForItsHeader() {
        assertThrows(IllegalArgumentException.class, () -> writer.begin(buffer, 0, HEADER - 1));
        TrainPart part = new TrainPart(1, 0, 1, true);
        assertThrows(IllegalArgumentException.class, () -> writer.beginTrain(buffer, 0, HEADER + 15, part));
    }

    @Test
    void trainPartsSayWhichTheyAre() {
        for (TrainPart part : List.of(
                new TrainPart(-1, 0, 1, true),
                new TrainPart(77, Integer.MAX_VALUE, 0xFFFF, false),
                new TrainPart(0, 3, 2, true))) {
            writer.beginTrain(buffer, 3, PACKET, part);
            append(A, 1, content(1));
            int length = writer.finish();

            assertThat(frames(3, length)).hasSize(1);
            assertEquals(EnvelopeKind.TRAIN, reader.kind());
            assertEquals(part, reader.trainPart());
        }
        assertThrows(IllegalArgumentException.class, () -> new TrainPart(1, -1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new TrainPart(1, 0, 0, true));
        assertThrows(IllegalArgumentException.class, () -> new TrainPart(1, 0, 0x10000, true));
    }

    @Test
    void headsAreListed() {
        int limit = HEADER + 2 * 16 + 15;
        writer.beginHeads(buffer, 0, limit);
        assertEquals(2, EnvelopeWriter.headCapacity(limit));
        assertEquals(0, EnvelopeWriter.headCapacity(3));
        assertEquals(HEADER + 2 * 16, EnvelopeWriter.headsLength(2));
        assertTrue(writer.appendHead(0, 1));
        assertTrue(writer.appendHead(A.topicId(), Long.MAX_VALUE));
        assertFalse(writer.appendHead(B.topicId(), 3));
        int length = writer.finish();

        assertEquals(Verdict.OK, reader.wrap(buffer, 0, length));
        assertEquals(EnvelopeKind.HEADS, reader.kind());
        assertFalse(reader.nextFrame());
        assertTrue(reader.nextHead());
        assertEquals(0, reader.headTopicId());
        assertEquals(1, reader.headLastSequence());
        assertTrue(reader.nextHead());
        assertEquals(A.topicId(), reader.headTopicId());
        assertEquals(Long.MAX_VALUE, reader.headLastSequence());
        assertFalse(reader.nextHead());
    }

    @Test
    void topicsPushedOutOfTheWritersMemoryAreNamedAgain() {
        ByteBuf large = Unpooled.buffer(1 << 20);
        writer.begin(large, 0, 1 << 20);
        int topics = 1000;
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < topics; i++) {
                assertTrue(append(new PgmTopic("t" + i), round, content(1)));
            }
        }
        int length = writer.finish();

        assertEquals(Verdict.OK, reader.wrap(large, 0, length));
        for (int i = 0; i < 2 * topics; i++) {
            assertTrue(reader.nextFrame());
            assertEquals("t" + i % topics, reader.frame().topicName());
        }
        assertFalse(reader.nextFrame());
    }

    @Test
    void anEnvelopeNamesOnlySoManyTopics() {
        ByteBuf large = Unpooled.buffer(1 << 20);
        writer.begin(large, 0, 1 << 20);
        int count = 0;
        while (append(new PgmTopic("t" + count), 1, content(0))) {
            count++;
        }
        int length = writer.finish();

        assertEquals(EnvelopeFormat.MAX_NAMES, count);
        assertEquals(Verdict.OK, reader.wrap(large, 0, length));
    }

    static Stream<ByteBuf> buffers() {
        return Stream.of(
                Unpooled.buffer(4096),
                Unpooled.directBuffer(4096),
                Unpooled.wrappedBuffer(new byte[64], new byte[4032]),
                Unpooled.buffer(5000).slice(100, 4096));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void anyKindOfBufferWillDo(ByteBuf any) {
        EnvelopeWriter onHeap = new EnvelopeWriter(SENDER);
        int[] lengths = new int[2];
        int i = 0;
        for (ByteBuf out : List.of(any, buffer)) {
            EnvelopeWriter each = i == 0 ? writer : onHeap;
            each.begin(out, 11, 1000);
            each.append(A.topicId(), A.nameUtf8(), 1, true, content(500), 0, 500);
            lengths[i++] = each.finish();
        }

        assertEquals(lengths[0], lengths[1]);
        assertEquals(ByteBufUtil.hexDump(buffer, 11, lengths[0]), ByteBufUtil.hexDump(any, 11, lengths[0]));
        assertEquals(Verdict.OK, reader.wrap(any, 11, lengths[0]));
        assertTrue(reader.nextFrame());
        any.release();
    }

    @Seeds
    void whatGoesInComesOut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            int limit = random.nextInt(HEADER, PACKET);
            writer.begin(buffer, 0, limit);
            List<Frame> expected = new ArrayList<>();
            int frames = random.nextInt(30);
            boolean alike = random.nextBoolean();
            for (int i = 0; i < frames; i++) {
                PgmTopic topic = new PgmTopic("t" + random.nextInt(5));
                byte[] content = new byte[random.nextInt(80)];
                random.nextBytes(content);
                if (alike) {
                    Arrays.fill(content, 0, Math.min(content.length, 8), (byte) random.nextInt(2));
                }
                long sequence = alike ? (1 << 24) + random.nextLong(-5, 5) : random.nextLong(1, Long.MAX_VALUE);
                boolean first = random.nextBoolean();
                if (writer.append(
                        topic.topicId(),
                        topic.nameUtf8(),
                        sequence,
                        first,
                        Unpooled.wrappedBuffer(content),
                        0,
                        content.length)) {
                    expected.add(new Frame(topic.name(), sequence, first, ByteBufUtil.hexDump(content)));
                }
                if (random.nextInt(10) == 0) {
                    writer.pad(Math.min(limit, writer.length() + random.nextInt(5, 20)));
                }
            }
            if (random.nextBoolean()) {
                writer.pad(limit);
            }

            assertEquals(expected, frames(0, writer.finish()));
            reader.rewind();
            assertEquals(expected, remainingFrames());
        }
    }
}
