package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmDestination.Kind;

/** Every text in a content is UTF-8 and nothing else, and every name of a property an identifier. Rule J5. */
class ReceivedTextsTest {
    /** In place of it, other bytes are put where a text is. */
    private static final String MARK = "MARKED";

    private static final int[] EDGES = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};

    private final CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(32);

    /** All sequences of up to three bytes, and of four with every lead and second byte, alone and behind eight letters. */
    @Test
    void whatTheStrictDecoderOfTheJdkRefusesIsRefused() {
        byte[] behind = "abcdefgh....".getBytes(StandardCharsets.US_ASCII);
        int valid = 0;
        for (int first = 0; first < 256; first++) {
            valid += agree(behind, first);
            for (int second = 0; second < 256; second++) {
                valid += agree(behind, first, second);
                // what follows an ASCII byte stands alone, and was looked at above
                int from = first < 0x80 ? 256 : 0;
                for (int third = from; third < 256; third++) {
                    valid += agree(behind, first, second, third);
                }
                valid += first < 0xE0 ? 0 : agreeOnFour(behind, first, second);
            }
        }
        assertThat(valid).as("or they agree about nothing").isGreaterThan(100_000);
    }

    private int agreeOnFour(byte[] behind, int first, int second) {
        int valid = 0;
        for (int third : EDGES) {
            for (int fourth : EDGES) {
                valid += agree(behind, first, second, third, fourth);
            }
        }
        return valid;
    }

    /** 1 when both find it valid. */
    private int agree(byte[] behind, int... sequence) {
        byte[] bytes = new byte[sequence.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) sequence[i];
            behind[Long.BYTES + i] = bytes[i];
        }
        strict.reset();
        decoded.clear();
        boolean expected = !strict.decode(ByteBuffer.wrap(bytes), decoded, true).isError();
        if (Utf8.isValid(bytes, 0, bytes.length) != expected
                || Utf8.isValid(behind, 0, Long.BYTES + bytes.length) != expected) {
            fail(HexFormat.of().formatHex(bytes));
        }
        return expected ? 1 : 0;
    }

    /** Messages that have the mark in every place where a text can be, one place each. */
    private static List<PgmMessage> marked() throws JMSException {
        PgmMessage correlation = new PgmMessage();
        correlation.setJMSCorrelationID(MARK);
        PgmMessage replyTo = new PgmMessage();
        replyTo.setJMSReplyTo(PgmDestination.of(Kind.TEMPORARY_QUEUE, MARK));
        PgmMessage type = new PgmMessage();
        type.setJMSType(MARK);
        PgmMessage group = new PgmMessage();
        group.setStringProperty("JMSXGroupID", MARK);
        PgmMessage name = new PgmMessage();
        name.setIntProperty(MARK, 1);
        PgmMessage value = new PgmMessage();
        value.setStringProperty("a", MARK);
        PgmMapMessage entry = new PgmMapMessage();
        entry.setInt(MARK, 1);
        PgmMapMessage ofMap = new PgmMapMessage();
        ofMap.setString("a", MARK);
        PgmStreamMessage ofStream = new PgmStreamMessage();
        ofStream.writeString(MARK);
        return List.of(
                correlation, replyTo, type, group, name, value, entry, ofMap, ofStream, new PgmTextMessage(MARK));
    }

    @Test
    void noTextAnywhereMayBeAnythingElse() throws JMSException {
        String[] wrong = {
            "80", // a byte that only follows
            "ff", // no byte of any text
            "c3", // cut off by an ASCII byte
            "e282", // the same
            "c0af", // overlong
            "c1bf",
            "e080af",
            "f08080af",
            "eda080", // the halves of a surrogate pair
            "edbfbf",
            "eda0bdedb880", // both halves, each for itself
            "f4908080", // beyond Unicode
            "f888808080", // five bytes
        };
        for (PgmMessage message : marked()) {
            ByteBuf encoded = Deliveries.content(message);
            byte[] content = new byte[encoded.readableBytes()];
            encoded.readBytes(content);
            int at = new String(content, StandardCharsets.ISO_8859_1).indexOf(MARK);
            assertEquals(Verdict.OK, new ContentCheck().check(content));
            for (String each : wrong) {
                byte[] sequence = HexFormat.of().parseHex(each);
                for (int shift : new int[] {0, MARK.length() - sequence.length}) {
                    byte[] damaged = content.clone();
                    System.arraycopy(sequence, 0, damaged, at + shift, sequence.length);
                    assertEquals(Verdict.BAD_TEXT, new ContentCheck().check(damaged), each);
                }
            }
        }
    }

    /** Every code point, as the first of a name and as a later one. */
    @Test
    void namesOfPropertiesAreIdentifiers() {
        ContentCheck check = new ContentCheck();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String character = Character.toString(point);
                check(check, character, Character.isJavaIdentifierStart(point));
                check(check, "a" + character, Character.isJavaIdentifierPart(point));
            }
        }
        Set<String> reserved =
                Set.of("NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS", "ESCAPE");
        for (String word : reserved) {
            check(check, word, false);
            check(check, word + "_", true);
            check(check, word.toLowerCase(Locale.ROOT), true);
        }
        check(check, "", false);
        check(check, "a".repeat(255), true);
        check(check, "a".repeat(254) + "-", false);
    }

    private static void check(ContentCheck check, String name, boolean isIdentifier) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] content = Arrays.copyOf(HexFormat.of().parseHex("00010000" + "0000" + "0001" + "00"), 10 + utf8.length);
        content[5] = (byte) (4 + utf8.length);
        content[4] = (byte) (4 + utf8.length >> Byte.SIZE);
        content[8] = (byte) utf8.length;
        System.arraycopy(utf8, 0, content, 9, utf8.length);
        if (check.check(content) != (isIdentifier ? Verdict.OK : Verdict.BAD_PROPERTIES)) {
            fail(
                    "'%s' of %s",
                    name, name.codePoints().mapToObj(Integer::toHexString).toList());
        }
    }
}
