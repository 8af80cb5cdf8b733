package org.pgmjms.provider.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Objects;
import java.util.Random;
import org.apache.activemq.artemis.selector.filter.FilterException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our selectors and those of Artemis say the same, true, false and unknown told apart. */
class ArtemisDifferentialTest {
    private static final int SELECTORS = 2_000;
    private static final int MESSAGES = 5;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesOnRandomSelectorsAndMessages(long seed) throws FilterException, SelectorSyntaxException {
        RandomSelectors source = new RandomSelectors(new Random(seed));
        int[] verdicts = new int[3];
        for (int i = 0; i < SELECTORS; i++) {
            String selector = source.selector();
            Expression ours = Parser.parse(selector);
            ArtemisSelector theirs = ArtemisSelector.parse(selector);
            for (int k = 0; k < MESSAGES; k++) {
                MapSubject message = source.message();
                Object verdict = ours.evaluate(message);
                if (!Objects.equals(verdict, theirs.evaluate(message))) {
                    fail("%s is %s for %s, but not to Artemis".formatted(selector, verdict, message));
                }
                verdicts[verdict == null ? 2 : verdict.equals(true) ? 0 : 1]++;
            }
        }
        // Each verdict is common enough to show a difference.
        for (int count : verdicts) {
            assertThat(count).isGreaterThan(SELECTORS / 4);
        }
    }
}
