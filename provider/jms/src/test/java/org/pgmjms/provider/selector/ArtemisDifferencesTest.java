package org.pgmjms.provider.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.activemq.artemis.selector.filter.FilterException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Where our selectors and those of Artemis differ, and what the specification says there: docs/selectors.md. */
class ArtemisDifferencesTest {
    private static final MapSubject MESSAGE = MapSubject.empty()
            .with("i", 32)
            .with("b", (byte) 32)
            .with("f", 0.1f)
            .with("g", 0.3f)
            .with("nan", Double.NaN)
            .with("zero", -0.0)
            .with("color", "blue")
            .with("numeral", "2")
            .with("yes", true)
            .with("no", false)
            .with("größe", 5)
            .with("xpath", 1)
            .with("JMSExpiration", 0L);

    private static final String PROMOTION = "Java's numeric promotion";
    private static final String LITERALS = "Java's literals";
    private static final String UNLIKE = "values of unlike types: false, whatever the operator";
    private static final String UNKNOWN_TYPE =
            "the specification leaves the type open: unknown, so that NOT selects nothing either";
    private static final String NULLS = "SQL 92: a comparison with NULL is unknown (3.8.1.2)";
    private static final String GRAMMAR = "not in the grammar";

    static final List<Difference> DIFFERENCES = List.of(
            new Difference("NOT i = 1", Verdict.TRUE, Verdict.FALSE, "NOT comes after comparison, not before"),
            new Difference("i <> 'x'", Verdict.FALSE, Verdict.TRUE, UNLIKE),
            new Difference("numeral <> 2", Verdict.FALSE, Verdict.TRUE, UNLIKE),
            new Difference("absent = absent", Verdict.UNKNOWN, Verdict.TRUE, NULLS),
            new Difference("color = absent", Verdict.UNKNOWN, Verdict.FALSE, NULLS),
            new Difference("color <> absent", Verdict.UNKNOWN, Verdict.TRUE, NULLS),
            new Difference("numeral < color", Verdict.UNKNOWN, Verdict.TRUE, "strings have = and <> only"),
            new Difference("yes > no", Verdict.UNKNOWN, Verdict.TRUE, "booleans have = and <> only"),
            new Difference("NOT color", Verdict.UNKNOWN, Verdict.TRUE, UNKNOWN_TYPE),
            new Difference("i LIKE '%'", Verdict.UNKNOWN, Verdict.FALSE, UNKNOWN_TYPE),
            new Difference("i NOT LIKE '3%'", Verdict.UNKNOWN, Verdict.TRUE, UNKNOWN_TYPE),
            new Difference("color - 1 = 1", Verdict.UNKNOWN, Verdict.THROWS, "evaluation never throws"),
            new Difference("color + 1 = 'blue1'", Verdict.UNKNOWN, Verdict.TRUE, "strings are not added"),
            new Difference("-b = -32", Verdict.TRUE, Verdict.THROWS, PROMOTION),
            new Difference("i = b", Verdict.TRUE, Verdict.FALSE, PROMOTION),
            new Difference("5 / 2 = 2", Verdict.TRUE, Verdict.FALSE, PROMOTION),
            new Difference("5 / 0 = 1", Verdict.UNKNOWN, Verdict.FALSE, "no value: SQL's NULL"),
            new Difference("f * 3 = g", Verdict.TRUE, Verdict.FALSE, PROMOTION),
            new Difference("nan = nan", Verdict.FALSE, Verdict.TRUE, PROMOTION + ", after which Java compares"),
            new Difference("zero = 0", Verdict.TRUE, Verdict.FALSE, PROMOTION + ", after which Java compares"),
            new Difference("2147483647L + 1 = 2147483648", Verdict.TRUE, Verdict.FALSE, LITERALS),
            new Difference("0xFFFFFFFF = -1", Verdict.TRUE, Verdict.FALSE, LITERALS),
            new Difference("0x20L = i", Verdict.TRUE, Verdict.REFUSED, LITERALS),
            new Difference("0b10_0000 = i", Verdict.TRUE, Verdict.REFUSED, LITERALS),
            new Difference("0.1f = f", Verdict.TRUE, Verdict.REFUSED, LITERALS),
            new Difference("0x1p5 = i", Verdict.TRUE, Verdict.REFUSED, LITERALS),
            new Difference("9223372036854775808 > i", Verdict.REFUSED, Verdict.FALSE, "outside the range of long"),
            new Difference("1e400 > i", Verdict.REFUSED, Verdict.TRUE, "outside the range of double"),
            new Difference("i = 32AND yes", Verdict.REFUSED, Verdict.TRUE, "words are separated, SQL 92"),
            new Difference("größe = 5", Verdict.TRUE, Verdict.REFUSED, "identifiers are Java's"),
            new Difference("xpath = 1", Verdict.TRUE, Verdict.REFUSED, "not a reserved word"),
            new Difference("\"color\" = 'blue'", Verdict.REFUSED, Verdict.TRUE, "identifiers are Java's"),
            new Difference(
                    "JMSExpiration = 0", Verdict.REFUSED, Verdict.TRUE, "six header fields are allowed, this is none"),
            new Difference("i /* now */ = 32", Verdict.REFUSED, Verdict.TRUE, "no comments (3.8.1.3)"),
            new Difference("i % 5 = 2", Verdict.REFUSED, Verdict.TRUE, GRAMMAR),
            new Difference("i = 32 = TRUE", Verdict.REFUSED, Verdict.TRUE, GRAMMAR),
            new Difference("NULL IS NULL", Verdict.REFUSED, Verdict.TRUE, GRAMMAR + ": IS NULL is for identifiers"),
            new Difference(
                    "i + 1 IS NOT NULL", Verdict.REFUSED, Verdict.TRUE, GRAMMAR + ": IS NULL is for identifiers"),
            new Difference("'abc' LIKE 'a%'", Verdict.REFUSED, Verdict.TRUE, GRAMMAR + ": LIKE is for identifiers"),
            new Difference("(color) IN ('blue')", Verdict.REFUSED, Verdict.TRUE, GRAMMAR + ": IN is for identifiers"),
            new Difference("TRUE + 1 = 2", Verdict.REFUSED, Verdict.THROWS, "a type error that shows in the text"),
            new Difference("JMSType > 5", Verdict.REFUSED, Verdict.UNKNOWN, "a type error that shows in the text"),
            new Difference(
                    "convert_string_expressions:numeral > 1",
                    Verdict.REFUSED,
                    Verdict.TRUE,
                    "no string is ever a number"));

    private static final String HEAD = """
            # Message selectors

            A consumer's selector is evaluated at the receiver, before a message is queued: on the header fields and properties as they lie in
            the frame, without decoding the body. A message that is left out is no gap. The language is that of Jakarta Messaging 3.1,
            section 3.8.1, no more and no less; every error that shows in the text is an `InvalidSelectorException` when the consumer is
            made, with the place and what was expected there.

            Limits: 8,192 characters, 64 levels of parentheses, `NOT` and signs, 1,024 characters for a pattern of `LIKE`. `LIKE` reads every
            character of a text once, whatever the pattern. Evaluation never throws: what cannot be calculated is unknown.

            `JMSXDeliveryCount` is 1 in a selector, as it is on the first delivery; `JMS_PGM_GapBefore` is never set there.

            ## Where Artemis differs

            30,000 comparisons of random selectors and messages in the build show that both read the rest alike. For a message with
            i = 32 (int), b = 32 (byte), f = 0.1 and g = 0.3 (float), nan = NaN and zero = -0.0 (double), color = 'blue', numeral = '2',
            yes = true, no = false, größe = 5, xpath = 1, JMSExpiration = 0:

            | Selector | pgmjms | Artemis | Section 3.8.1.1, unless another is named |
            |---|---|---|---|
            """;

    enum Verdict {
        TRUE,
        FALSE,
        UNKNOWN,
        REFUSED,
        THROWS;

        static Verdict of(@Nullable Object value) {
            return value == null ? UNKNOWN : value.equals(true) ? TRUE : FALSE;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Difference(String selector, Verdict ours, Verdict theirs, String reason) {
        @Override
        public String toString() {
            return selector;
        }
    }

    @ParameterizedTest
    @FieldSource("DIFFERENCES")
    void bothDoWhatTheTableSays(Difference difference) {
        assertThat(ours(difference.selector)).isEqualTo(difference.ours);
        assertThat(theirs(difference.selector)).isEqualTo(difference.theirs);
        assertThat(difference.ours).isNotEqualTo(difference.theirs);
    }

    private static Verdict ours(String selector) {
        try {
            return Verdict.of(Parser.parse(selector).evaluate(MESSAGE));
        } catch (SelectorSyntaxException e) {
            return Verdict.REFUSED;
        }
    }

    private static Verdict theirs(String selector) {
        ArtemisSelector parsed;
        try {
            parsed = ArtemisSelector.parse(selector);
        } catch (FilterException e) {
            return Verdict.REFUSED;
        }
        try {
            return Verdict.of(parsed.evaluate(MESSAGE));
        } catch (FilterException | RuntimeException e) {
            return Verdict.THROWS;
        }
    }

    /** {@code -Ddocs.write=true} writes it anew. */
    @Test
    void theDocumentListsThem() throws IOException {
        StringBuilder table = new StringBuilder(HEAD);
        for (Difference each : DIFFERENCES) {
            table.append("| `").append(each.selector).append("` | ").append(each.ours);
            table.append(" | ")
                    .append(each.theirs)
                    .append(" | ")
                    .append(each.reason)
                    .append(" |\n");
        }
        Path docs = Path.of("..", "..", "docs", "selectors.md");
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(docs, table);
        }

        assertThat(docs).hasContent(table.toString());
    }
}
