package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ZeroMQ's messages, to the APDUs of one source and back. */
class ZmqReaderTest {
    private static final int MOST_BYTES = 10_000;

    private final ZmqReader reader = new ZmqReader(MOST_BYTES);
    private final List<String> taken = new ArrayList<>();
    private long sequence;

    private boolean take(String hex) {
        return take(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
    }

    private boolean take(ByteBuf apdu) {
        return reader.take(
                sequence++,
                apdu,
                (body, isStream, first) ->
                        taken.add((isStream ? "parts " : "") + ByteBufUtil.hexDump(body) + " from " + (first >> 16)));
    }

    @Test
    void aMessageOfOnePartIsItsBytes() {
        assertTrue(take("0000 04 00 616263"));

        assertThat(taken).containsExactly("616263 from 0");
        assertEquals(0, reader.heldBytes());
    }

    @Test
    void aMessagesNumberSaysWhereItStarted() {
        List<Long> numbers = new ArrayList<>();
        ByteBuf apdu = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("0000" + "020061" + "020062"));
        reader.take(0xFFFF_FFFFL, apdu, (body, isStream, number) -> numbers.add(number));

        assertThat(numbers).containsExactly(0xFFFF_FFFF_0002L, 0xFFFF_FFFF_0005L);
    }

    @Test
    void severalMessagesShareAnApdu() {
        assertTrue(take("0000 02 00 61 01 00 03 00 6263"));

        assertThat(taken).containsExactly("61 from 0", " from 0", "6263 from 0");
    }

    @Test
    void severalPartsAreElementsOfAStreamMessage() {
        assertTrue(take("0000 02 01 61 01 01 03 00 6263"));

        assertThat(taken).containsExactly("parts 0b00000001610b000000000b000000026263 from 0");
    }

    @Test
    void longMessagesHaveLongLengths() {
        assertTrue(take("0000 ff 0000000000000101 00" + "7a".repeat(256)));

        assertThat(taken).containsExactly("7a".repeat(256) + " from 0");
    }

    @Test
    void aMessageMayEndInALaterApdu() {
        assertTrue(take("0000 05 00 61"));
        assertTrue(take("ffff 62"));
        assertTrue(reader.isInMessage());
        assertTrue(take("0002 6364 02 00 65"));

        assertThat(taken).containsExactly("61626364 from 0", "65 from 2");
    }

    @Test
    void evenLengthsMayBeCut() {
        assertTrue(take("0000 ff 00000000"));
        assertTrue(take("ffff 00000003"));
        assertTrue(take("ffff 00 61"));
        assertTrue(take("0001 62"));

        assertThat(taken).containsExactly("6162 from 0");
    }

    @Test
    void whoJoinsInTheMiddleBeginsWithTheNextMessageThatStarts() {
        assertTrue(take("ffff 626364"));
        assertTrue(take("0003 656667 02 00 68"));

        assertThat(taken).containsExactly("68 from 1");
    }

    @Test
    void theOffsetMayPointToTheNextApdu() {
        assertTrue(take("0002 6162"));
        assertTrue(take("0000 02 00 63"));

        assertThat(taken).containsExactly("63 from 1");
    }

    @Test
    void whatWasBegunBeforeAGapIsDropped() {
        assertTrue(take("0000 05 00 61"));
        reader.onGap();
        assertFalse(reader.isInMessage());
        assertTrue(take("ffff 64"));
        assertTrue(take("0001 65 02 00 66"));

        assertThat(taken).containsExactly("66 from 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0002 61",
                "0000 00",
                "0000 ff 0000000000000000",
                "0000 ff ffffffffffffffff",
                "0000 ff 8000000000000000",
                "0000 ff 7fffffffffffffff",
                "0000 ff 0000000080000001",
                "0000 ff 0000000000002712"
            })
    void whatCannotBeRightIsRefused(String hex) {
        assertFalse(take(hex));

        assertFalse(reader.isInMessage());
        assertEquals(0, reader.heldBytes());
        assertTrue(take("0000 02 00 61"));
        assertThat(taken).containsExactly("61 from 1");
    }

    @Test
    void theLargestMessageIsTaken() {
        assertTrue(take("0000 ff 0000000000002711 00" + "7a".repeat(MOST_BYTES)));
        assertFalse(take("0000 02 01 61 ff 0000000000002710 00"));

        assertThat(taken).hasSize(1);
    }

    @Test
    void whatIsBeforeTheFaultIsTaken() {
        assertFalse(take("0000 02 00 61 00 02 00 62"));

        assertThat(taken).containsExactly("61 from 0");
    }

    @Test
    void aLengthThatIsNotThereYetTakesNoMemory() {
        assertTrue(take("0000 ff 0000000000002711 00 61"));

        assertThat(reader.heldBytes()).isLessThan(100);
    }

    @Test
    void manyEmptyPartsTakeNoMoreThanTheLimit() {
        ByteBuf apdu = Unpooled.buffer().writeShort(0);
        for (int i = 0; i < 3_000; i++) {
            apdu.writeByte(1).writeByte(1);
        }

        assertFalse(take(apdu));
        assertThat(taken).isEmpty();
    }

    /** Whatever is cut where: all comes out as it went in, from the first start that is seen. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyCutGivesTheSameMessages(long seed) throws JMSException {
        Random random = new Random(seed);
        ByteBuf stream = Unpooled.buffer();
        List<Integer> starts = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            starts.add(stream.writerIndex());
            expected.add(writeRandom(random, stream));
        }
        int at = 0;
        while (at < stream.writerIndex()) {
            int length = Math.min(1 + random.nextInt(400), stream.writerIndex() - at);
            int from = at;
            int offset = starts.stream()
                    .filter(start -> start >= from && start < from + length)
                    .findFirst()
                    .map(start -> start - from)
                    .orElse(ZmqFormat.NO_START);
            assertTrue(take(Unpooled.buffer().writeShort(offset).writeBytes(stream, from, length)));
            at += length;
        }

        assertThat(taken)
                .extracting(text -> text.substring(0, text.indexOf(" from")))
                .isEqualTo(expected);
    }

    private static String writeRandom(Random random, ByteBuf out) throws JMSException {
        byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 3_000 : 300)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            PgmBytesMessage message = new PgmBytesMessage();
            message.writeBytes(bytes);
            ZmqEncoder.encode(message, MOST_BYTES, out);
            return ByteBufUtil.hexDump(bytes);
        }
        PgmStreamMessage message = new PgmStreamMessage();
        message.writeBytes(bytes);
        message.writeBytes(new byte[] {1});
        ZmqEncoder.encode(message, MOST_BYTES, out);
        ByteBuf elements = Unpooled.buffer();
        message.writeBody(elements);
        return "parts " + ByteBufUtil.hexDump(elements);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void garbageNeverThrowsAndNeverTakesMoreThanTheLimit(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextBoolean()) {
                bytes[0] = 0;
                bytes[1] = (byte) random.nextInt(3);
            }
            reader.take(
                    i,
                    Unpooled.wrappedBuffer(bytes),
                    (body, isStream, first) ->
                            assertThat(body.length).isLessThanOrEqualTo(MOST_BYTES + ZmqFormat.PART_OVERHEAD_BYTES));
            assertThat(reader.heldBytes()).isLessThan(2 * MOST_BYTES);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0100", "1, 02007a", "253, fe00", "254, ff00000000000000ff00", "255, ff000000000000010000"})
    void lengthsAreAsShortAsTheyCanBe(int length, String start) throws JMSException {
        PgmBytesMessage message = new PgmBytesMessage();
        message.writeBytes(new byte[] {0x7a}, 0, Math.min(1, length));
        message.writeBytes(new byte[Math.max(0, length - 1)]);
        ByteBuf out = Unpooled.buffer();
        ZmqEncoder.encode(message, MOST_BYTES, out);

        assertThat(ByteBufUtil.hexDump(out)).startsWith(start);
    }

    @Test
    void onlyBytesCanBeSent() throws JMSException {
        PgmStreamMessage text = new PgmStreamMessage();
        text.writeBytes(new byte[1]);
        text.writeString("text");
        ByteBuf out = Unpooled.buffer().writeByte(7);

        assertThrows(MessageFormatException.class, () -> ZmqEncoder.encode(new PgmTextMessage(), MOST_BYTES, out));
        assertThrows(MessageFormatException.class, () -> ZmqEncoder.encode(text, MOST_BYTES, out));
        assertThrows(MessageFormatException.class, () -> ZmqEncoder.encode(new PgmStreamMessage(), MOST_BYTES, out));
        PgmBytesMessage large = new PgmBytesMessage();
        large.writeBytes(new byte[MOST_BYTES + 1]);
        assertThrows(JMSException.class, () -> ZmqEncoder.encode(large, MOST_BYTES, out));
        assertEquals(1, out.writerIndex());
    }
}
