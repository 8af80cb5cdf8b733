package org.pgmjms.provider.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wildcards in names of topics. */
class TopicPatternTest {

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b, true",
        "a.b, a.c, false",
        "a.*, a.b, true",
        "a.*, a, false",
        "a.*, a.b.c, false",
        "*.b, a.b, true",
        "*, a, true",
        "*, a.b, false",
        "a.>, a.b, true",
        "a.>, a.b.c, true",
        "a.>, a, false",
        "a.>, b.c, false",
        ">, a, true",
        ">, a.b.c, true",
        "a.*.c, a.b.c, true",
        "a.*.c, a.b.d, false",
        "a.*.>, a.b, false",
        "a.*.>, a.b.c.d, true",
        "a*, ab, false",
        "a.b>, a.b>, true",
        "a.*, a., true",
        ">, $tmp.x, false",
        "*.x, $tmp.x, false",
        "$tmp.*, $tmp.x, true"
    })
    void matchesByLevel(String pattern, String name, boolean expected) {
        assertEquals(expected, TopicPattern.parse(pattern).matches(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {">.a", "a.>.b", ">.>", "a.>."})
    void theRestStandsAtTheEnd(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> TopicPattern.parse(pattern));
    }

    @ParameterizedTest
    @CsvSource({"a.b, false", "a.*, true", ">, true", "a*.b, false", "a.b>, false", "a.>.b, true"})
    void onlyWholeLevelsAreWildcards(String name, boolean expected) {
        assertEquals(expected, TopicPattern.hasWildcard(name));
    }

    /** Against the meaning of the words, on all names of up to three levels over three words. */
    @Test
    void coversAndIntersectsAgreeWithTheNames() {
        List<String> words = List.of("a", "b", "$c");
        List<String> names = names(words);
        List<TopicPattern> patterns = names(List.of("a", "$c", "*", ">")).stream()
                .filter(text -> !text.contains(">."))
                .map(TopicPattern::parse)
                .toList();

        for (TopicPattern one : patterns) {
            for (TopicPattern other : patterns) {
                boolean intersects = names.stream().anyMatch(name -> one.matches(name) && other.matches(name));
                boolean covers = names.stream().allMatch(name -> one.matches(name) || !other.matches(name));
                assertThat(one.intersects(other)).as("%s and %s", one, other).isEqualTo(intersects);
                if (one.covers(other)) {
                    assertThat(covers).as("%s over %s", one, other).isTrue();
                }
            }
        }
    }

    private static List<String> names(List<String> words) {
        List<String> two = words.stream()
                .flatMap(a -> words.stream().map(b -> a + "." + b))
                .toList();
        Stream<String> three = two.stream().flatMap(a -> words.stream().map(b -> a + "." + b));
        return Stream.of(words.stream(), two.stream(), three)
                .flatMap(each -> each)
                .toList();
    }
}
