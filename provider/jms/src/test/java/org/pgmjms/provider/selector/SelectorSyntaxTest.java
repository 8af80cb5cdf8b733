package org.pgmjms.provider.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no selector is refused when it is given. Jakarta Messaging 3.1, section 3.8.1.1. */
class SelectorSyntaxTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "color =                | 8  | expected an identifier, a literal or (, found the end",
                "color 'blue'           | 7  | expected an operator or the end, found 'blue'",
                "color == 'blue'        | 8  | expected an identifier, a literal or (, found '='",
                "color != 'blue'        | 7  | '!' does not belong to the selector language",
                "color = 'blue          | 9  | the string has no closing quote",
                "color = blue'          | 13 | the string has no closing quote",
                "(a = 1                 | 7  | expected ), found the end",
                "a = 1)                 | 6  | expected an operator or the end, found ')'",
                "a = 1 AND              | 10 | expected an identifier, a literal or (, found the end",
                "OR a = 1               | 1  | expected an identifier, a literal or (, found 'OR'",
                "a BETWEEN 1            | 12 | expected AND, found the end",
                "a BETWEEN 1 OR 2       | 13 | expected AND, found 'OR'",
                "a NOT = 1              | 7  | expected BETWEEN, IN or LIKE, found '='",
                "a IN ()                | 7  | expected a string in single quotes, found ')'",
                "a IN 'x'               | 6  | expected (, found 'x'",
                "a IN ('x', )           | 12 | expected a string in single quotes, found ')'",
                "a IN ('x' 'y')         | 11 | expected ), found 'y'",
                "a IN (1, 2)            | 7  | expected a string in single quotes, found '1'",
                "a LIKE b               | 8  | expected a string in single quotes, found 'b'",
                "a LIKE 'x' ESCAPE 'ab' | 19 | expected a string of one character, found 'ab'",
                "a LIKE 'x' ESCAPE ''   | 19 | expected a string of one character, found ''",
                "a IS 1                 | 6  | expected NULL, found '1'",
                "a IS NOT 1             | 10 | expected NULL, found '1'",
                "'a' LIKE 'a'           | 1  | expected an identifier before LIKE, found 'a'",
                "(a) IN ('a')           | 1  | expected an identifier before IN, found '('",
                "a + 1 IS NULL          | 1  | expected an identifier before IS, found 'a'",
                "1 = a = TRUE           | 7  | expected an operator or the end, found '='",
                "a = NULL               | 5  | expected an identifier, a literal or (, found 'NULL'",
            })
    void namesThePlaceAndWhatWasExpected(String selector, int character, String problem) {
        assertThatThrownBy(() -> Selector.parse(selector))
                .isInstanceOf(SelectorSyntaxException.class)
                .hasMessageStartingWith("At character " + character + ": " + problem)
                .extracting(e -> ((SelectorSyntaxException) e).position())
                .isEqualTo(character - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "'a'",
                "1 + 2",
                "-a",
                "JMSPriority",
                "JMSType",
                "NOT 1",
                "NOT 'a'",
                "a AND 1",
                "'a' OR a",
                "JMSPriority AND a",
                "TRUE > FALSE",
                "a > TRUE",
                "a < 'x'",
                "'x' >= a",
                "JMSType > 'x'",
                "JMSDeliveryMode < 2",
                "a + 'x' = 1",
                "TRUE + 1 = 2",
                "a * (b = 1) = 2",
                "-'x' = 1",
                "-TRUE = 1",
                "JMSMessageID + 1 = 1",
                "a BETWEEN 'x' AND 'y'",
                "a BETWEEN 1 AND TRUE",
                "'x' BETWEEN 1 AND 2",
                "JMSType BETWEEN 1 AND 2",
                "JMSPriority IN ('4')",
                "JMSPriority LIKE '4'",
                "JMSTimestamp NOT LIKE '4'",
            })
    void refusesTypesThatCannotFit(String selector) {
        assertThatThrownBy(() -> Selector.parse(selector))
                .isInstanceOf(SelectorSyntaxException.class)
                .hasMessageContaining("expected a ");
    }

    /** The specification says what unlike types give: false. */
    @ParameterizedTest
    @ValueSource(strings = {"JMSType = 5", "'a' = 1", "TRUE <> 1", "JMSPriority = '4'"})
    void allowsEqualityOfUnlikeTypes(String selector) throws SelectorSyntaxException {
        assertThat(Selector.parse(selector)
                        .matches(MapSubject.empty().with("JMSType", "5").with("JMSPriority", 4)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08",
                "1__L0",
                "1_",
                "0x",
                "0x_1",
                "0b2",
                "0b",
                "1L5",
                "57AND",
                "1e",
                "1e+",
                "1.2.3",
                "1.5L",
                "0x1.8",
                "7.AND",
                "9223372036854775808",
                "- (9223372036854775808)",
                "-9223372036854775809",
                "0x10000000000000000",
                "1e400",
                "1e-400",
                "1e40f",
                "1e-50f",
            })
    void refusesWhatIsNoNumber(String number) {
        assertThatThrownBy(() -> Selector.parse("a = " + number)).isInstanceOf(SelectorSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JMSDestination",
                "JMSReplyTo",
                "JMSExpiration",
                "JMSRedelivered",
                "JMSDeliveryTime",
                "JMSPriorit",
                "JMSanything",
                "JMS",
            })
    void refusesOtherHeaderFields(String name) {
        assertThatThrownBy(() -> Selector.parse(name + " IS NULL"))
                .isInstanceOf(SelectorSyntaxException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(
                        "JMSDeliveryMode, JMSPriority, JMSMessageID, JMSTimestamp, JMSCorrelationID, JMSType");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL", "True", "false", "nOT", "AND", "or", "Between", "LIKE", "in", "iS", "Escape"})
    void reservesWordsInAnyCase(String word) {
        assertThatThrownBy(() -> Selector.parse(word + " IS NULL")).isInstanceOf(SelectorSyntaxException.class);
    }

    /** A dotless i is no I, and neither is a long s an S. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\u0131n", "\u0131s", "i\u017F", "jms", "jmsType", "$", "_", "null_", "\u00E9t\u00E9", "x\u0000"
            })
    void takesOtherWordsForIdentifiers(String word) {
        assertThatCode(() -> Selector.parse(word + " = 1")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u00A0= 1",
                "a\u000B= 1",
                "a\u2028= 1",
                "a.b = 1",
                "a-b",
                "\"a\" = 1",
                "a % 2 = 1",
                "#a = 1",
                "a = 1;"
            })
    void refusesCharactersOfOtherLanguages(String selector) {
        assertThatThrownBy(() -> Selector.parse(selector)).isInstanceOf(SelectorSyntaxException.class);
    }

    @Test
    void boundsTheLength() throws SelectorSyntaxException {
        String padded = "a = 1" + " ".repeat(Selector.MAX_LENGTH - 5);

        assertThat(Selector.parse(padded).text()).isSameAs(padded);
        assertThatThrownBy(() -> Selector.parse(padded + " ")).hasMessageContaining("at most 8192 characters");
    }

    @Test
    void boundsTheDepth() {
        for (String nested : List.of("(", "NOT ", "NOT (", "- ", "-(")) {
            int depth = Selector.MAX_DEPTH
                    / (int) nested.chars()
                            .filter(c -> c == 'N' || c == '(' || c == '-')
                            .count();
            String open = nested.repeat(depth);
            String close = ")".repeat(nested.contains("(") ? depth : 0);
            String rest = nested.contains("-") ? " = 1" : "";

            assertThatCode(() -> Selector.parse(open + "a" + close + rest)).doesNotThrowAnyException();
            assertThatThrownBy(() -> Selector.parse(nested + open + "a" + close + rest))
                    .hasMessageContaining("nested at most 64 deep");
        }
    }

    @Test
    void longChainsAreNotDeep() throws SelectorSyntaxException {
        MapSubject one = MapSubject.empty().with("a", 1);

        assertThat(Selector.parse("a=2" + " OR a=2".repeat(1_000) + " OR a=1").matches(one))
                .isTrue();
        assertThat(Selector.parse("a=1" + " AND a=1".repeat(1_000)).matches(one))
                .isTrue();
        assertThat(Selector.parse("a" + "+a".repeat(4_000) + "=4001").matches(one))
                .isTrue();
        assertThat(Selector.parse("a" + "*a".repeat(4_000) + "=1").matches(one)).isTrue();
    }
}
