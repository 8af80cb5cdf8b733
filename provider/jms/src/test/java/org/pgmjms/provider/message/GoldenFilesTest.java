package org.pgmjms.provider.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmDestination.Kind;
import org.pgmjms.provider.destination.PgmTopic;

/**
 * The bytes of the format, version 1. The files in {@code golden} were written by another program from the tables in
 * {@code docs/wire-format.md}; they never change.
 */
class GoldenFilesTest {
    private static final PgmTopic MSFT = new PgmTopic("quotes.MSFT");
    private static final PgmTopic IBM = new PgmTopic("quotes.IBM");
    private static final long TIME = 1_700_000_000_000L;

    private final EnvelopeWriter writer = new EnvelopeWriter(Deliveries.SENDER);
    private final EnvelopeReader reader = new EnvelopeReader();
    private final ByteBuf out = Unpooled.buffer(4096);

    static ByteBuf golden(String name) throws IOException {
        try (InputStream file = GoldenFilesTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
            String text = new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
            String hex =
                    text.lines().map(line -> line.replaceAll("#.*", "").strip()).collect(Collectors.joining());
            return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        }
    }

    static Stream<Arguments> messages() throws JMSException {
        return Stream.of(
                Arguments.of("text", 1, 1, quote(42, "101.25")),
                Arguments.of("every-header", 7, 3, everyHeader()),
                Arguments.of("null-text", 2, 0, nullText()),
                Arguments.of("bytes", 3, 0, bytes()),
                Arguments.of("map", 4, 0, map()),
                Arguments.of("stream", 5, 0, stream()),
                Arguments.of("object", 6, 0, object()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void aMessageIsWrittenAndReadAsEver(String name, long sequence, int connection, PgmMessage message)
            throws IOException, JMSException {
        ByteBuf golden = golden(name);

        writer.begin(out, 0, out.capacity());
        append(MSFT, sequence, connection, message);
        assertEquals(ByteBufUtil.hexDump(golden), ByteBufUtil.hexDump(out, 0, writer.finish()));

        assertEquals(Verdict.OK, reader.wrap(golden, 0, golden.writerIndex()));
        assertTrue(reader.nextFrame());
        assertEquals("quotes.MSFT", reader.frame().topicName());
        assertEquals(sequence, reader.frame().sequence());
        InboundMessage inbound = new InboundMessage(MSFT, reader.frame(), "s", false);
        assertEquals(Verdict.OK, inbound.verdict());
        RoundTripTest.assertSameMessage(message, inbound.decode(1, 0));
        assertFalse(reader.nextFrame());
    }

    private void append(PgmTopic topic, long sequence, int connection, PgmMessage message) throws JMSException {
        ByteBuf content = Unpooled.buffer();
        Deliveries.encoder().encode(message, connection, content);
        assertTrue(writer.append(
                topic.topicId(), topic.nameUtf8(), sequence, sequence == 1, content, 0, content.readableBytes()));
    }

    private static PgmTextMessage quote(long number, String text) {
        PgmTextMessage message = new PgmTextMessage(text);
        message.assignId(new MessageId(Deliveries.SENDER, number));
        message.setJMSDeliveryMode(DeliveryMode.NON_PERSISTENT);
        message.setJMSTimestamp(TIME);
        message.setJMSDeliveryTime(TIME);
        return message;
    }

    private static PgmMessage everyHeader() throws JMSException {
        PgmMessage message = new PgmMessage();
        message.assignId(new MessageId(new Incarnation(10, 11), -1));
        message.setJMSTimestamp(TIME);
        message.setJMSExpiration(TIME + 60_000);
        message.setJMSDeliveryTime(TIME + 1000);
        message.storedBy(0x5EED);
        message.setIntProperty("JMSXGroupSeq", 7);
        message.setJMSPriority(9);
        message.setJMSCorrelationID("order-ü");
        message.setJMSReplyTo(PgmDestination.of(Kind.TEMPORARY_QUEUE, "temp-1"));
        message.setJMSType("quote");
        message.setStringProperty("JMSXGroupID", "group");
        message.setBooleanProperty("t", true);
        message.setBooleanProperty("f", false);
        message.setByteProperty("b", (byte) -1);
        message.setShortProperty("s", (short) -2);
        message.setIntProperty("i", -3);
        message.setLongProperty("l", -4);
        message.setFloatProperty("fl", 1.5f);
        message.setDoubleProperty("d", -2.5);
        message.setStringProperty("n", null);
        message.setStringProperty("ü", "Grüße");
        return message;
    }

    private static PgmMessage nullText() {
        PgmTextMessage message = new PgmTextMessage();
        message.setJMSCorrelationIDAsBytes(new byte[] {0, (byte) 0xFF});
        message.setJMSReplyTo(new PgmTopic("replies?format=raw"));
        return message;
    }

    private static <M extends PgmMessage> M notPersistent(M message) {
        message.setJMSDeliveryMode(DeliveryMode.NON_PERSISTENT);
        return message;
    }

    private static PgmMessage bytes() throws JMSException {
        PgmBytesMessage message = notPersistent(new PgmBytesMessage());
        message.writeBytes(new byte[] {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF});
        return message;
    }

    private static PgmMessage map() throws JMSException {
        PgmMapMessage message = notPersistent(new PgmMapMessage());
        message.setString("null", null);
        message.setBoolean("false", false);
        message.setBoolean("true", true);
        message.setByte("byte", (byte) -1);
        message.setShort("short", (short) -2);
        message.setChar("char", 'ü');
        message.setInt("int", -3);
        message.setLong("long", -4);
        message.setFloat("float", 1.5f);
        message.setDouble("double", -2.5);
        message.setString("text", "Grüße");
        message.setBytes("bytes", new byte[] {0, (byte) 0xFF});
        return message;
    }

    private static PgmMessage stream() throws JMSException {
        PgmStreamMessage message = notPersistent(new PgmStreamMessage());
        message.writeString(null);
        message.writeBoolean(false);
        message.writeBoolean(true);
        message.writeByte((byte) -1);
        message.writeShort((short) -2);
        message.writeChar('ü');
        message.writeInt(-3);
        message.writeLong(-4);
        message.writeFloat(1.5f);
        message.writeDouble(-2.5);
        message.writeString("Grüße");
        message.writeBytes(new byte[] {0, (byte) 0xFF});
        return message;
    }

    private static PgmMessage object() throws JMSException {
        PgmObjectMessage message = notPersistent(new PgmObjectMessage());
        message.setObject("IBM");
        return message;
    }

    /** As writers do that take over nothing from the frame before; ours did once. */
    @Test
    void packedMessages() throws IOException {
        readFrames(golden("packed"), "quotes.MSFT 1 true", "quotes.IBM 9 false", "quotes.MSFT 2 false");
    }

    @Test
    void messagesThatAreLikeOneAnother() throws IOException, JMSException {
        writer.begin(out, 0, out.capacity());
        append(MSFT, 1, 1, quote(1, "1"));
        append(IBM, 9, 1, quote(2, "2"));
        append(IBM, 10, 1, quote(3, "3"));
        writer.pad(writer.length() + 9);
        append(MSFT, 2, 1, quote(4, "4"));

        checkFrames("like", "quotes.MSFT 1 true", "quotes.IBM 9 false", "quotes.IBM 10 false", "quotes.MSFT 2 false");

        ByteBuf golden = golden("like");
        reader.wrap(golden, 0, golden.writerIndex());
        for (int i = 1; i <= 4; i++) {
            assertTrue(reader.nextFrame());
            InboundMessage inbound = new InboundMessage(MSFT, reader.frame(), "s", false);
            RoundTripTest.assertSameMessage(quote(i, Integer.toString(i)), inbound.decode(1, 0));
        }
    }

    @Test
    void messagesThatFollowOneAnother() throws IOException, JMSException {
        writer.begin(out, 0, out.capacity());
        append(MSFT, 1, 1, quote(1, "1"));
        append(MSFT, 2, 1, quote(2, "22"));
        writer.pad(writer.length() + 9);
        append(MSFT, 3, 1, quote(3, "333"));

        checkFrames("next", "quotes.MSFT 1 true", "quotes.MSFT 2 false", "quotes.MSFT 3 false");
    }

    @Test
    void aPaddedTail() throws IOException, JMSException {
        writer.begin(out, 0, out.capacity());
        append(MSFT, 1, 1, quote(1, "1"));
        writer.pad(writer.length() + 3);

        checkFrames("tail", "quotes.MSFT 1 true");
    }

    @Test
    void aTrainsLastPart() throws IOException, JMSException {
        TrainPart part = new TrainPart(5, 2, 2, true);
        writer.beginTrain(out, 0, out.capacity(), part);
        append(MSFT, 8, 1, quote(4, "4"));

        checkFrames("train", "quotes.MSFT 8 false");
        assertEquals(part, reader.trainPart());
    }

    @Test
    void aTrainMayBeNumberedWhenItIsWritten() throws IOException, JMSException {
        writer.beginTrain(out, 0, out.capacity(), new TrainPart(5, 2, 2, false));
        int frameAt = writer.length();
        append(MSFT, 1, 1, quote(4, "4"));
        writer.lastPart();
        int length = writer.length();

        EnvelopeWriter.number(out, frameAt, 8, true);
        EnvelopeWriter.number(out, frameAt, 8, false);
        EnvelopeWriter.seal(out, new int[] {length});

        assertEquals(ByteBufUtil.hexDump(golden("train")), ByteBufUtil.hexDump(out, 0, length));
    }

    /** What was begun is completed and is the golden file; that has these frames. */
    private void checkFrames(String name, String... frames) throws IOException {
        ByteBuf golden = golden(name);
        assertEquals(ByteBufUtil.hexDump(golden), ByteBufUtil.hexDump(out, 0, writer.finish()));
        readFrames(golden, frames);
    }

    private void readFrames(ByteBuf golden, String... frames) {
        assertEquals(Verdict.OK, reader.wrap(golden, 0, golden.writerIndex()));
        for (String expected : frames) {
            assertTrue(reader.nextFrame());
            FrameView frame = reader.frame();
            assertEquals(expected, frame.topicName() + " " + frame.sequence() + " " + frame.isFirst());
        }
        assertFalse(reader.nextFrame());
    }

    @Test
    void topicHeads() throws IOException {
        ByteBuf golden = golden("heads");
        writer.beginHeads(out, 0, out.capacity());
        writer.appendHead(0, 2 << 1 | 1);
        writer.appendHead(IBM.topicId(), 9);
        writer.appendHead(MSFT.topicId(), 8);
        assertEquals(ByteBufUtil.hexDump(golden), ByteBufUtil.hexDump(out, 0, writer.finish()));

        assertEquals(Verdict.OK, reader.wrap(golden, 0, golden.writerIndex()));
        StringBuilder heads = new StringBuilder();
        while (reader.nextHead()) {
            heads.append(Long.toHexString(reader.headTopicId()))
                    .append('=')
                    .append(reader.headLastSequence())
                    .append(' ');
        }
        assertEquals(
                "0=5 " + Long.toHexString(IBM.topicId()) + "=9 " + Long.toHexString(MSFT.topicId()) + "=8 ",
                heads.toString());
    }

    @Test
    void whatALaterWriterMayAdd() throws IOException, JMSException {
        ByteBuf golden = golden("later");

        assertEquals(Verdict.OK, reader.wrap(golden, 0, golden.writerIndex()));
        assertTrue(reader.nextFrame());
        PgmTextMessage message = (PgmTextMessage) new InboundMessage(MSFT, reader.frame(), "s", false).decode(1, 0);
        assertEquals("x", message.getText());
        assertEquals(new PgmTopic("replies"), message.getJMSReplyTo());
    }

    @Test
    void theDocumentationsExampleIsAGoldenFile() throws IOException {
        String docs = Files.readString(Path.of("..", "..", "docs", "wire-format.md"));
        String example = docs.substring(docs.indexOf("```") + 3, docs.lastIndexOf("```"));
        String hex = example.lines()
                .map(line -> line.replaceAll("  .*", "").replace(" ", ""))
                .collect(Collectors.joining());

        assertEquals(ByteBufUtil.hexDump(golden("text")), hex);
    }
}
