package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.destination.PgmTopic;

/** Whatever comes from the network gets a verdict and no exception. Rules J3, J5 and J9. */
class MalformedInputTest {
    private static final int MUTANTS_PER_SEED = 25_000;

    private final EnvelopeReader reader = new EnvelopeReader();

    // ---- envelopes

    private static ByteBuf goodEnvelope() throws JMSException {
        ByteBuf content = Deliveries.content(new PgmTextMessage("text"));
        EnvelopeWriter writer = new EnvelopeWriter(Deliveries.SENDER);
        ByteBuf envelope = Unpooled.buffer(1400);
        writer.begin(envelope, 0, 1400);
        for (int i = 1; i <= 3; i++) {
            writer.append(
                    Deliveries.TOPIC.topicId(),
                    Deliveries.TOPIC.nameUtf8(),
                    i,
                    i == 1,
                    content,
                    0,
                    content.readableBytes());
        }
        writer.pad(writer.length() + 9);
        return envelope.writerIndex(writer.finish());
    }

    private Verdict verdict(ByteBuf envelope) {
        return reader.wrap(envelope, 0, envelope.writerIndex());
    }

    @Test
    void everyTruncationIsRefused() throws JMSException {
        ByteBuf envelope = goodEnvelope();
        int length = envelope.writerIndex();

        assertEquals(Verdict.OK, verdict(envelope));
        for (int i = 0; i < length; i++) {
            assertNotEquals(Verdict.OK, reader.wrap(envelope, 0, i));
            assertFalse(reader.nextFrame());
            assertFalse(reader.nextHead());
        }
    }

    @Test
    void everyChangedBitIsRefused() throws JMSException {
        ByteBuf envelope = goodEnvelope();
        for (int bit = 0; bit < envelope.writerIndex() * Byte.SIZE; bit++) {
            int at = bit / Byte.SIZE;
            byte good = envelope.getByte(at);
            envelope.setByte(at, good ^ 1 << bit % Byte.SIZE);
            assertNotEquals(Verdict.OK, verdict(envelope));
            envelope.setByte(at, good);
        }
    }

    @Test
    void everyTruncationWithARepairedChecksumIsRefusedOrWhole() throws JMSException {
        ByteBuf good = goodEnvelope();
        for (int length = 28; length < good.writerIndex(); length++) {
            ByteBuf cut = Mutants.sealed(good.copy(0, length));
            if (verdict(cut) == Verdict.OK) {
                while (reader.nextFrame()) {
                    assertEquals(
                            Verdict.OK, new InboundMessage(Deliveries.TOPIC, reader.frame(), "s", false).verdict());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 00, NOT_AN_ENVELOPE",
        "2, 1, 02, UNKNOWN_VERSION",
        "2, 1, 00, UNKNOWN_VERSION",
        "3, 1, 00, UNKNOWN_KIND",
        "3, 1, 04, UNKNOWN_KIND",
        "3, 1, 02, BAD_HEADER", // a train's header is longer
        "3, 1, 03, BAD_FRAME", // no whole number of heads
        "4, 2, 001b, BAD_HEADER",
        "4, 2, ffff, BAD_HEADER",
        "28, 4, 00000004, BAD_FRAME",
        "28, 4, 00000000, BAD_FRAME",
        "28, 4, ffffffff, BAD_FRAME",
        "28, 4, 80000000, BAD_FRAME",
        "28, 4, 7fffffff, BAD_FRAME",
        "28, 4, 00000014, BAD_FRAME", // shorter than a frame's prefix
        "32, 1, 04, BAD_FRAME", // follows no frame
        "32, 1, 05, BAD_FRAME", // follows, and is the first
        "32, 1, 06, BAD_FRAME", // follows, and is named
        "32, 1, 08, BAD_FRAME", // unknown flag
        "32, 1, 83, BAD_FRAME", // padding with other flags
        "32, 1, 01, UNNAMED_TOPIC",
        "41, 8, 0000000000000000, BAD_FRAME", // sequences start at 1
        "41, 8, ffffffffffffffff, BAD_FRAME",
        "49, 1, 00, BAD_FRAME", // empty name
        "49, 1, ff, BAD_FRAME", // name longer than its frame
        "50, 1, ff, BAD_TEXT"
    })
    void eachFaultHasItsVerdict(int at, int length, String hex, Verdict expected) throws JMSException {
        ByteBuf envelope = goodEnvelope();
        envelope.setBytes(at, HexFormat.of().parseHex(hex));
        assertEquals(hex.length(), 2 * length);

        assertEquals(expected, verdict(Mutants.sealed(envelope)));
        assertFalse(reader.nextFrame());
    }

    @Test
    void aForgedNumberOfTheFirstBytesIsNotPlausible() throws JMSException {
        ByteBuf envelope = goodEnvelope();

        assertTrue(EnvelopeReader.isPlausible(envelope, 0, envelope.writerIndex()));
        assertFalse(EnvelopeReader.isPlausible(envelope, 0, 27));
        assertFalse(EnvelopeReader.isPlausible(envelope, 1, 100));
        envelope.setByte(2, 9);
        assertFalse(EnvelopeReader.isPlausible(envelope, 0, 100));
    }

    @Test
    void nothingFollowsTheHighestSequence() {
        EnvelopeWriter writer = new EnvelopeWriter(Deliveries.SENDER);
        ByteBuf envelope = Unpooled.buffer(200);
        PgmTopic topic = new PgmTopic("a");
        for (long last : new long[] {Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            writer.begin(envelope, 0, 200);
            for (long sequence : new long[] {last - 1, last, last + 1}) {
                assertTrue(writer.append(topic.topicId(), topic.nameUtf8(), sequence, false, Unpooled.buffer(1), 0, 1));
            }

            Verdict verdict = new EnvelopeReader().wrap(envelope, 0, writer.finish());
            assertEquals(last == Long.MAX_VALUE ? Verdict.BAD_FRAME : Verdict.OK, verdict);
        }
    }

    @Test
    void oneTopicIdHasOneName() throws JMSException {
        ByteBuf content = Deliveries.content(new PgmMessage());
        int length = content.readableBytes();
        ByteBuf envelope = Unpooled.buffer(400);
        EnvelopeWriter writer = new EnvelopeWriter(Deliveries.SENDER);
        writer.begin(envelope, 0, 400);
        writer.append(1, new byte[] {'a'}, 1, true, content, 0, length);
        // the second has the same slot of the writer's memory, the third the first's id
        writer.append(1 + 256, new byte[] {'b'}, 1, true, content, 0, length);
        writer.append(1, new byte[] {'a'}, 2, false, content, 0, length);
        envelope.writerIndex(writer.finish());
        assertEquals(Verdict.OK, verdict(envelope));

        writer.begin(envelope, 0, 400);
        writer.append(1, new byte[] {'a'}, 1, true, content, 0, length);
        writer.append(1 + 256, new byte[] {'b'}, 1, true, content, 0, length);
        writer.append(1, new byte[] {'c'}, 2, false, content, 0, length);
        envelope.writerIndex(writer.finish());
        assertEquals(Verdict.BAD_FRAME, verdict(envelope));
    }

    @Test
    void moreNamesThanAllowedAreRefused() {
        ByteBuf envelope = Unpooled.buffer(1 << 20);
        new EnvelopeWriter(Deliveries.SENDER).begin(envelope, 0, 1000);
        envelope.writerIndex(28);
        for (int i = 0; i <= EnvelopeFormat.MAX_NAMES; i++) {
            envelope.writeInt(27)
                    .writeByte(EnvelopeFormat.FRAME_NAMED)
                    .writeLong(i)
                    .writeLong(1);
            envelope.writeByte(1).writeByte('a').writeInt(0);
        }

        assertEquals(Verdict.TOO_MANY_TOPICS, verdict(Mutants.sealed(envelope)));
    }

    @Test
    void laterHeadersMayBeLonger() throws JMSException {
        ByteBuf good = goodEnvelope();
        ByteBuf longer = Unpooled.buffer();
        longer.writeBytes(good, 0, 28).writeLong(-1).writeBytes(good, 28, good.writerIndex() - 28);
        longer.setShort(4, 36);

        assertEquals(Verdict.OK, verdict(Mutants.sealed(longer)));
        assertTrue(reader.nextFrame());
        assertEquals(1, reader.frame().sequence());
    }

    // ---- contents

    private static Verdict contentVerdict(String hex) {
        return new ContentCheck().check(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, OK", // nothing at all is a message without body
        "000000, BAD_FLAGS",
        "00080000, BAD_FLAGS", // unknown flag
        "10000000, BAD_FLAGS",
        "06000000, BAD_FLAGS", // unknown body kind
        "0f000000, BAD_FLAGS",
        "00000020, BAD_FLAGS", // half an incarnation
        "00000800, BAD_FLAGS", // bytes of no correlation id
        "00040000, BAD_FLAGS", // null without a kind that has it
        "0000000100000000000000, BAD_FIELDS",
        "000000010000000000000000, OK",
        "0000020009, OK",
        "000002000a, BAD_FIELDS", // priority 10
        "00000200ff, BAD_FIELDS",
        "0000200000, BAD_FIELDS",
        "000020000001, BAD_FIELDS",
        "00002000000161, OK",
        "000020000001ff, BAD_TEXT",
        "00000c000001ff, OK", // correlation ids may be bytes
        "000004000001ff, BAD_TEXT",
        "00001000000301 0161, OK",
        "00001000000301 0261, BAD_FIELDS", // name longer than its field
        "00001000000301 0061, BAD_FIELDS", // empty name
        "00001000000300 0161, BAD_FIELDS", // no kind
        "00001000000305 0161, BAD_FIELDS",
        "00001000000331 0161, BAD_FIELDS", // two formats at once
        "00001000000341 0161, BAD_FIELDS", // unknown flag
        "000010000003110161, OK", // raw
        "000010000003210161, OK", // zmq
        "00001000000101, BAD_FIELDS",
        "000010000003 01 01ff, BAD_TEXT",
        "000010000004 01 0161ff, BAD_TEXT", // the channel
        "00008000000401020304, OK", // an extension is passed over
        "0001000000020000, OK", // no properties at all
        "00010000000100, BAD_PROPERTIES",
        "0001000000020001, BAD_PROPERTIES", // counted, not there
        "0001000000020401, BAD_PROPERTIES", // 1,025
        "0001000000030000 00, BAD_PROPERTIES", // there, not counted
        "00010000000600010161 0301, OK",
        "00010000000500010161 03, BAD_PROPERTIES", // value cut off
        "0001000000050001 0161 0c, BAD_PROPERTIES", // unknown type
        "0001000000070001 0161 050041, BAD_PROPERTIES", // no property is a char
        "0001000000090001 0161 0b00000000, BAD_PROPERTIES", // nor bytes
        "0001000000090001 0161 0a00000000, OK",
        "0001000000090001 0161 0a00000001, BAD_PROPERTIES",
        "0001000000090001 0161 0affffffff, BAD_PROPERTIES",
        "00010000000a0001 0161 0a00000001ff, BAD_TEXT",
        "0001000000050001 0131 00, BAD_PROPERTIES", // a digit starts no identifier
        "0001000000050001 01ff 00, BAD_TEXT",
        "0001000000060001 024953 00, BAD_PROPERTIES", // IS
        "0001000000040001 00 00, BAD_PROPERTIES", // empty name
        "0000000000, BAD_BODY",
        "0100000061, OK",
        "0104000061, BAD_BODY", // null, but there
        "01040000, OK",
        "01000000c080, BAD_TEXT", // overlong
        "01000000eda080, BAD_TEXT", // half a surrogate pair
        "01000000f4908080, BAD_TEXT", // beyond Unicode
        "01000000e282, BAD_TEXT", // cut off
        "0200000080, OK",
        "03000000, BAD_BODY",
        "0300000000000000, OK",
        "0300000000000001, BAD_BODY",
        "03000000ffffffff, BAD_BODY",
        "030000000001000100, BAD_BODY", // 65,537 entries
        "0300000000000001 000161 00, OK",
        "0300000000000001 000161 0000, BAD_BODY", // more than counted
        "0300000000000001 000061 00, BAD_BODY", // empty name
        "0300000000000001 ffff61 00, BAD_BODY",
        "0300000000000001 0001ff 00, BAD_TEXT",
        "0300000000000001 000161 0b00000000, OK",
        "0300000000000001 000161 0b7fffffff, BAD_BODY",
        "04000000, OK",
        "040000000102050041, OK",
        "040000000c, BAD_BODY",
        "0400000007, BAD_BODY",
        "040000000a00000001ff, BAD_TEXT",
        "0400000 00a80000000, BAD_BODY",
        "05040000, OK",
        "0500000000, OK"
    })
    void eachContentHasItsVerdict(String hex, Verdict expected) {
        assertEquals(expected, contentVerdict(hex.replace(" ", "")));
    }

    /** Every name that belongs to providers, ours and others', as numbers, texts and what else there is. */
    @Test
    void namesOnTheWireThatBelongToProvidersAreNotTaken() throws JMSException {
        List<String> forged = List.of(
                "JMSXUserID",
                "JMSXAppID",
                "JMSXDeliveryCount",
                "JMSXGroupID",
                "JMSXGroupSeq",
                "JMSXProducerTXID",
                "JMSXConsumerTXID",
                "JMSXRcvTimestamp",
                "JMSXState",
                "JMSXAnything",
                "JMS_PGM_Source",
                "JMS_PGM_Sequence",
                "JMS_PGM_GapBefore",
                "JMS_PGM_Replayed",
                "JMS_PGM_Anything");
        for (Object value : new Object[] {99, 99L, "99", true, 9.9, null}) {
            InboundMessage inbound = Deliveries.inbound(withProperties(forged, value));
            for (int delivery = 1; delivery <= 3; delivery++) {
                PgmMessage received = inbound.decode(delivery, 0);

                assertEquals(delivery, received.getIntProperty("JMSXDeliveryCount"));
                assertEquals(delivery > 1, received.getJMSRedelivered());
                assertEquals(Deliveries.SOURCE, received.getStringProperty("JMS_PGM_Source"));
                assertEquals(1, received.getLongProperty("JMS_PGM_Sequence"));
                assertThat(Collections.list(received.getPropertyNames()))
                        .containsExactlyInAnyOrder("JMSXDeliveryCount", "JMS_PGM_Source", "JMS_PGM_Sequence");
                assertFalse(received.propertyExists("JMSXUserID"));
                assertNull(received.getObjectProperty("JMSXAnything"));
            }
            assertEquals(1, inbound.value("JMSXDeliveryCount"));
            assertEquals(Deliveries.SOURCE, inbound.value("JMS_PGM_Source"));
            for (String name : List.of("JMSXUserID", "JMSXGroupID", "JMSXRcvTimestamp", "JMS_PGM_GapBefore")) {
                assertNull(inbound.value(name));
            }
        }
    }

    /** The content of a message with these properties, whoever may set them. */
    private static ByteBuf withProperties(List<String> names, @Nullable Object value) throws JMSException {
        ByteBuf properties = Unpooled.buffer().writeShort(names.size());
        for (String name : names) {
            properties.writeByte(name.length()).writeBytes(name.getBytes(StandardCharsets.UTF_8));
            Values.write(value, "x", properties);
        }
        ByteBuf content = Unpooled.buffer().writeInt(ContentFormat.PROPERTIES);
        return content.writeShort(properties.readableBytes()).writeBytes(properties);
    }

    @Test
    void ofTwoPropertiesOrEntriesWithOneNameTheFirstCounts() throws JMSException {
        ByteBuf properties =
                Unpooled.wrappedBuffer(HexFormat.of().parseHex("00010000000a0002" + "01610301" + "01610302"));
        ByteBuf entries =
                Unpooled.wrappedBuffer(HexFormat.of().parseHex("0300000000000002" + "0001610301" + "0001610302"));

        assertEquals(1, Deliveries.inbound(properties).decode(1, 0).getIntProperty("a"));
        assertEquals(1, ((PgmMapMessage) Deliveries.inbound(entries).decode(1, 0)).getInt("a"));
    }

    @Test
    void aMalformedMessageIsNotDecoded() {
        InboundMessage message = Deliveries.inbound(Unpooled.wrappedBuffer(new byte[] {1}));

        assertEquals(Verdict.BAD_FLAGS, message.verdict());
        assertEquals(1, message.sequence());
        assertThrows(NullPointerException.class, () -> message.decode(1, 0));
    }

    // ---- mutants

    /** 20 seeds with 25,000 mutants each, of contents and of envelopes: a million in all; {@code -Dseeds=1000} for more. */
    @Seeds
    void mutantsOfContentsAreRefusedOrReadable(long seed) throws JMSException {
        SplittableRandom random = new SplittableRandom(seed);
        RandomMessages messages = new RandomMessages(seed);
        Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
        byte[] content = {};
        for (int i = 0; i < MUTANTS_PER_SEED; i++) {
            if (i % 20 == 0) {
                ByteBuf encoded = Deliveries.content(messages.next());
                content = new byte[encoded.readableBytes()];
                encoded.readBytes(content);
            }
            byte[] mutant = Mutants.mutate(content, random);
            seen.add(new ContentCheck().check(mutant));
            Reading.message(Deliveries.inbound(Unpooled.wrappedBuffer(mutant)));
        }

        assertThat(seen).contains(Verdict.OK, Verdict.BAD_FLAGS, Verdict.BAD_FIELDS, Verdict.BAD_BODY);
    }

    @Seeds
    void mutantsOfEnvelopesAreRefusedOrReadable(long seed) throws JMSException {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> good = GoldenFiles.envelopes();
        for (int i = 0; i < MUTANTS_PER_SEED; i++) {
            ByteBuf mutant = Unpooled.wrappedBuffer(Mutants.mutate(good.get(i % good.size()), random));
            if (verdict(Mutants.sealed(mutant)) == Verdict.OK) {
                Reading.frames(reader);
            }
        }
    }
}
