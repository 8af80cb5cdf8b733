package org.pgmjms.provider.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code LIKE} costs the same whatever the text. */
class LikePatternTest {
    private static final int LONGEST_PROPERTY = 64 * 1024;

    @Test
    void agreesWithRegularExpressions() {
        Random random = new Random(7);
        String alphabet = "ab%_!";
        for (int round = 0; round < 20_000; round++) {
            String pattern = text(random, alphabet, random.nextInt(8));
            String candidate = text(random, "ab%_!", random.nextInt(10));

            assertThat(new LikePattern(pattern, '!').matches(candidate))
                    .as("'%s' LIKE '%s' ESCAPE '!'", candidate, pattern)
                    .isEqualTo(Pattern.matches(regex(pattern), candidate));
        }
    }

    @Test
    void crossesTheWordsOfItsState() {
        for (int length = 60; length < 200; length++) {
            String letters = "ab".repeat(length).substring(0, length);
            LikePattern pattern = new LikePattern(letters + "%" + letters + "_", LikePattern.NO_ESCAPE);

            assertThat(pattern.matches(letters + letters + "x")).isTrue();
            assertThat(pattern.matches(letters + "between" + letters + "x")).isTrue();
            assertThat(pattern.matches(letters + letters)).isFalse();
            assertThat(pattern.matches(letters.substring(1) + letters + "x")).isFalse();
        }
    }

    @Test
    void readsEachCharacterOnce() {
        Counted text = new Counted("a".repeat(LONGEST_PROPERTY));
        for (String pattern : new String[] {
            "%a".repeat(512), "%a".repeat(511) + "b", "a".repeat(1023) + "b", "%" + "a".repeat(1022) + "b", "%_a%_b"
        }) {
            text.reads = 0;
            LikePattern like = new LikePattern(pattern, LikePattern.NO_ESCAPE);

            like.matches(text);

            assertThat(text.reads).isLessThanOrEqualTo(LONGEST_PROPERTY);
            assertThat(like.stateWords()).isLessThanOrEqualTo(16 + 1);
        }
    }

    @Test
    void stopsWhenNothingCanChangeTheAnswer() {
        Counted text = new Counted("abc".repeat(1_000));

        assertThat(new LikePattern("b%", LikePattern.NO_ESCAPE).matches(text)).isFalse();
        assertThat(text.reads).isEqualTo(1);
        assertThat(new LikePattern("ab%", LikePattern.NO_ESCAPE).matches(text)).isTrue();
        assertThat(text.reads).isEqualTo(3);
    }

    @Test
    void boundsThePattern() throws SelectorSyntaxException {
        String longest = "x".repeat(LikePattern.MAX_LENGTH);

        assertThat(Selector.parse("a LIKE '" + longest + "'")
                        .matches(MapSubject.empty().with("a", longest)))
                .isTrue();
        assertThatThrownBy(() -> Selector.parse("a LIKE '" + longest + "x'"))
                .hasMessageContaining("a pattern has at most 1024 characters");
    }

    private static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '!' && i + 1 < pattern.length() && "%_!".indexOf(pattern.charAt(i + 1)) >= 0) {
                regex.append(Pattern.quote(pattern.substring(++i, i + 1)));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /** A text that counts how often a character of it is read. */
    private static final class Counted implements CharSequence {
        private final String text;
        private int reads;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }
}
