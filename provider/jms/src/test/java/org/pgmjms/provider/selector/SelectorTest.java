package org.pgmjms.provider.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every rule of Jakarta Messaging 3.1, section 3.8.1. A selector is true, false or unknown: {@code NOT} tells the latter
 * two apart.
 */
class SelectorTest {
    private static final MapSubject MESSAGE = MapSubject.empty()
            .with("JMSDeliveryMode", "PERSISTENT")
            .with("JMSPriority", 4)
            .with("JMSMessageID", "ID:7")
            .with("JMSTimestamp", 1_700_000_000_000L)
            .with("JMSType", "car")
            .with("JMSXGroupID", "g")
            .with("JMSXGroupSeq", 2)
            .with("JMS_PGM_Source", "tsi")
            .with("color", "blue")
            .with("quoted", "it's")
            .with("phone", "12993")
            .with("underscored", "_foo")
            .with("percent", "50% of \\ all")
            .with("empty", "")
            .with("emoji", "a\uD83D\uDE00b")
            .with("yes", true)
            .with("no", false)
            .with("b", (byte) 8)
            .with("s", (short) 16)
            .with("i", 32)
            .with("l", 64L)
            .with("big", Long.MAX_VALUE)
            .with("f", 0.5f)
            .with("d", 2.5)
            .with("tenth", 0.1)
            .with("nan", Double.NaN)
            .with("minusZero", -0.0)
            .with("numeral", "2")
            .with("größe", 5)
            .with("_x$1", 1)
            .with("and_more", 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // literals
                "quoted = 'it''s'",
                "empty = ''",
                "i = 32",
                "i = +32",
                "-i = -32",
                "l = 64L",
                "l = 64l",
                "i = 0x20",
                "i = 0X20L",
                "i = 040",
                "i = 0b100000",
                "1_700_000_000_000 = JMSTimestamp",
                "0xFFFFFFFF = -1",
                "0xFFFFFFFFL = 4294967295",
                "big = 9223372036854775807",
                "-9223372036854775808 < -9223372036854775807",
                "- big - 1 = -9223372036854775808",
                "7. = 7",
                ".5 = f",
                "7E3 = 7000",
                "-57.9E2 = -5790",
                "5e-1 = f",
                "+6.2 = 6.2d",
                "0x1.8p1 = 3",
                "tenth <> 0.1f",
                "tenth = 0.1",
                "yes = TRUE",
                "no = false",
                // identifiers
                "_x$1 = 1 AND größe = 5 AND and_more = 1",
                "i = 32 and Color IS NULL",
                "JMSDeliveryMode = 'PERSISTENT'",
                "JMSPriority = 4 AND JMSMessageID = 'ID:7' AND JMSType = 'car'",
                "JMSCorrelationID IS NULL",
                "JMSXGroupID = 'g' AND JMSXGroupSeq = 2 AND JMS_PGM_Source = 'tsi'",
                "JMSXUserID IS NULL AND JMS_other_thing IS NULL",
                // white space
                "\t\f\r\n i\n=\r32 ",
                "i=32 AND(l=64)AND color='blue'AND yes",
                // logic
                "yes",
                "NOT no",
                "NOT NOT yes",
                "yes AND NOT no",
                "no OR yes AND yes",
                "(no OR yes) AND yes",
                "NOT (no AND yes)",
                "NOT no AND yes",
                "NOT i = 1",
                "absent = 1 OR yes",
                "NOT (absent = 1 AND no)",
                "(i = 32) = TRUE",
                // comparison
                "i < 33 AND i <= 32 AND i > 31 AND i >= 32 AND i <> 31",
                "i = 32.0 AND b < s AND s < i AND l > f AND d > f",
                "9007199254740993 <> 9007199254740992",
                "9007199254740993 = 9007199254740992.0",
                "16777217 = 16777216f",
                "nan <> nan",
                "minusZero = 0",
                "yes <> no",
                "color <> 'Blue'",
                // arithmetic
                "i + l * 2 = 160",
                "(i + l) * 2 = 192",
                "i - 1 - 1 = 30",
                "i / 5 / 2 = 3",
                "i / 5. > 6.39",
                "-(-i) = i AND - -i = i AND +i = 32",
                "- i * 2 = -64",
                "2147483647 + 1 = -2147483648",
                "2147483647 + 1L = 2147483648",
                "-2147483648 - 1 = 2147483647",
                "b + b = 16",
                "f + f = 1",
                "1 / 0.0 > 1e308",
                // BETWEEN
                "i BETWEEN 32 AND 32",
                "i BETWEEN 31 AND 33 AND yes",
                "i NOT BETWEEN 33 AND 40",
                "i + 1 BETWEEN l - 31 AND l / 1",
                "i NOT BETWEEN 40 AND absent OR yes",
                "NOT (i BETWEEN 40 AND absent)",
                "i NOT BETWEEN 40 AND absent",
                // IN
                "color IN ('red', 'blue')",
                "color NOT IN ('red', 'green')",
                "JMSType IN ('car')",
                // LIKE
                "phone LIKE '12%3'",
                "phone LIKE '_____'",
                "phone NOT LIKE '12%4'",
                "phone LIKE '%'",
                "phone LIKE '%%1%'",
                "empty LIKE ''",
                "empty LIKE '%'",
                "underscored LIKE '\\_%' ESCAPE '\\'",
                "color NOT LIKE '\\_%' ESCAPE '\\'",
                "percent LIKE '50!% of % all' ESCAPE '!'",
                "percent LIKE '%\\%'",
                "percent LIKE '%\\\\%' ESCAPE '\\'",
                "color LIKE 'bb%' ESCAPE 'b'",
                "percent LIKE '50% of \\ all' ESCAPE '\\'",
                "emoji LIKE 'a_b'",
                "quoted LIKE '%''s'",
                // NULL
                "absent IS NULL AND color IS NOT NULL",
                "color IS NOT NULL",
                "NOT color IS NULL",
            })
    void isTrue(String selector) throws SelectorSyntaxException {
        assertThat(matches(selector)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "NOT yes",
                "FALSE",
                "yes AND no",
                "absent = 1 AND no",
                "color = 'Blue'",
                "i = 31",
                "nan = nan",
                "0.0 < minusZero",
                // values of unlike types, whatever the operator
                "numeral > 1",
                "numeral = 2",
                "numeral <> 2",
                "yes = 1",
                "yes <> 'true'",
                "color = TRUE",
                "i = '32'",
                "i <> '32'",
                "numeral BETWEEN 1 AND 3",
                "numeral NOT BETWEEN 1 AND 3",
                // BETWEEN: one false decides
                "i BETWEEN 33 AND absent",
                "i BETWEEN absent AND 31",
                "i NOT BETWEEN 32 AND 32",
                "color IN ('red')",
                "color NOT IN ('blue')",
                "phone LIKE '12%4'",
                "phone LIKE '12_3'",
                "phone LIKE ''",
                "phone LIKE '1299'",
                "phone LIKE '2993'",
                "color LIKE 'BLUE'",
                "phone NOT LIKE '12%3'",
                "color LIKE '\\_%' ESCAPE '\\'",
                "color IS NULL",
                "absent IS NOT NULL",
            })
    void isFalse(String selector) throws SelectorSyntaxException {
        assertThat(matches(selector)).isFalse();
        assertThat(matches("NOT (" + selector + ")")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "absent",
                "NOT absent",
                "color",
                "i AND yes",
                "color OR no",
                "absent = 1",
                "absent <> absent",
                "absent = 'x'",
                "absent = TRUE",
                "absent > 1",
                "absent AND yes",
                "absent OR no",
                "absent + 1 = 1",
                "-absent = 1",
                "color + 1 = 1",
                "-color = 1",
                "yes * 2 = 2",
                "i / 0 = 1",
                "i / (l - 64) <> 1",
                "l / 0L = 1",
                "color > numeral",
                "yes >= no",
                "absent BETWEEN 1 AND 2",
                "i BETWEEN 32 AND absent",
                "i NOT BETWEEN absent AND 33",
                "absent IN ('a')",
                "absent NOT IN ('a')",
                "i IN ('32')",
                "i NOT IN ('32')",
                "absent LIKE '%'",
                "absent NOT LIKE '%'",
                "i LIKE '%'",
                "i NOT LIKE '%'",
                "JMSCorrelationID = 'x'",
            })
    void isUnknown(String selector) throws SelectorSyntaxException {
        assertThat(matches(selector)).isFalse();
        assertThat(matches("NOT (" + selector + ")")).isFalse();
    }

    /** Tables 3-4 and 3-5. */
    @Test
    void combinesThreeTruthValues() throws SelectorSyntaxException {
        String[] truths = {"yes", "no", "absent"};
        String[][] and = {{"yes", "no", "absent"}, {"no", "no", "no"}, {"absent", "no", "absent"}};
        String[][] or = {{"yes", "yes", "yes"}, {"yes", "no", "absent"}, {"yes", "absent", "absent"}};
        for (int left = 0; left < truths.length; left++) {
            for (int right = 0; right < truths.length; right++) {
                assertSame(truths[left] + " AND " + truths[right], and[left][right]);
                assertSame(truths[left] + " OR " + truths[right], or[left][right]);
            }
        }
    }

    private static void assertSame(String selector, String truth) throws SelectorSyntaxException {
        assertThat(matches(selector)).as(selector).isEqualTo(matches(truth));
        assertThat(matches("NOT (" + selector + ")")).as("NOT " + selector).isEqualTo(matches("NOT " + truth));
    }

    private static boolean matches(String selector) throws SelectorSyntaxException {
        return Selector.parse(selector).matches(MESSAGE);
    }

    @Test
    void identifiersHaveOtherNamesElsewhere() throws SelectorSyntaxException {
        Selector selector =
                Selector.parse("JMSMessageID = 'JMSMessageID it''s' OR\n(xJMSMessageID IS NULL and JMSTimestamp>3)");

        assertThat(selector.withNames(Map.of("JMSMessageID", "id", "JMSTimestamp", "time_stamp")))
                .isEqualTo("id = 'JMSMessageID it''s' OR\n(xJMSMessageID IS NULL and time_stamp>3)");
        assertThat(selector.withNames(Map.of("a", "b"))).isEqualTo(selector.text());
    }
}
