package org.pgmjms.provider.selector;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A text is a selector or a syntax error, and a selector is true, false or unknown. Rule J7. In the build the corpus is
 * run; with {@code -Pdeep} it is searched further.
 */
@Tag("fuzz")
class SelectorFuzzTest {

    static Stream<String> selectors() {
        RandomSelectors random = new RandomSelectors(new Random(11));
        return IntStream.range(0, 50).mapToObj(i -> random.selector());
    }

    @MethodSource("selectors")
    @FuzzTest
    void texts(String text) {
        if (text == null) {
            return;
        }
        Expression expression;
        try {
            expression = Parser.parse(text);
        } catch (SelectorSyntaxException e) {
            assertThat(e.position()).isBetween(0, text.length());
            assertThat(e).hasMessageContaining(": ");
            return;
        }
        MapSubject message = new RandomSelectors(new Random(text.hashCode())).message();
        Object verdict = expression.evaluate(message);
        assertThat(verdict == null || expression.type() == ValueType.ANY || verdict instanceof Boolean)
                .isTrue();
        assertThat(expression.evaluate(message)).isEqualTo(verdict);
    }
}
