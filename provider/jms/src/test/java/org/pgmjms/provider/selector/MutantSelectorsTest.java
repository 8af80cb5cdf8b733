package org.pgmjms.provider.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.pgmjms.engine.testing.Seeds;

/**
 * Damaged selectors are refused with a place, or say true, false or unknown of any message: nothing that a selector or
 * a message holds ends in an exception. Rule J7.
 */
class MutantSelectorsTest {
    private static final int MUTANTS = 5_000;
    private static final int MUTANTS_PER_SELECTOR = 20;

    private static final List<String> PIECES = List.of(
            "(",
            ")",
            "'",
            "''",
            " NOT ",
            " AND ",
            " OR ",
            " BETWEEN ",
            " IN ",
            " LIKE ",
            " IS NULL",
            " ESCAPE '!'",
            "-",
            "+",
            "*",
            "/",
            "/ 0",
            "/ 0.0",
            "% ",
            "=",
            "<>",
            "<",
            "TRUE",
            "NULL",
            "1",
            "9223372036854775807",
            "-9223372036854775808",
            "1e308",
            "4.9e-324",
            "0x8000000000000000",
            "a",
            "xInt",
            "odd",
            "JMSPriority",
            "JMSX",
            "\uD800",
            "\uD83D\uDE00",
            "\0",
            "\u0131n");

    /** What a property can be at its edges; Double.MIN_VALUE is the least that is not nothing. */
    private static final List<Object> VALUES = List.of(
            true,
            Byte.MIN_VALUE,
            Short.MIN_VALUE,
            0,
            Integer.MIN_VALUE,
            0L,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Float.NaN,
            -0f,
            Float.POSITIVE_INFINITY,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            "",
            "a",
            "\uD83D\uDE00",
            "'",
            "9".repeat(400));

    private final int[] verdicts = new int[4];

    /** 20 seeds with 5,000 each: 100,000; and a million with {@code -Pdeep}. */
    @Seeds(fresh = 20, deep = 200)
    void areRefusedOrGiveAVerdict(long seed) {
        Random random = new Random(seed);
        RandomSelectors source = new RandomSelectors(random);
        String selector = "";
        for (int i = 0; i < MUTANTS; i++) {
            selector = i % MUTANTS_PER_SELECTOR == 0 ? source.selector() : selector;
            judge(mutant(selector, random), hostile(source.message(), random));
        }

        for (int count : verdicts) {
            assertThat(count).isGreaterThan(MUTANTS / 50);
        }
    }

    private void judge(String text, MapSubject message) {
        Expression condition;
        try {
            condition = Parser.parse(text);
        } catch (SelectorSyntaxException e) {
            if (e.position() < 0 || e.position() > text.length()) {
                fail("'%s': %s at %d", text, e.getMessage(), e.position());
            }
            verdicts[3]++;
            return;
        }
        Object verdict = condition.evaluate(message);
        verdicts[verdict == null ? 2 : verdict.equals(true) ? 0 : 1]++;
        if (!Objects.equals(condition.evaluate(message), verdict)) {
            fail("'%s' of %s", text, message);
        }
    }

    /** One or two pieces of the language in the wrong place. */
    private static String mutant(String selector, Random random) {
        StringBuilder mutant = new StringBuilder(selector);
        for (int i = random.nextInt(2); i >= 0; i--) {
            int at = random.nextInt(mutant.length() + 1);
            int end = random.nextInt(3) == 0 ? Math.min(mutant.length(), at + random.nextInt(6)) : at;
            mutant.replace(at, end, random.nextInt(8) == 0 ? "" : pick(PIECES, random));
        }
        return mutant.toString();
    }

    private static MapSubject hostile(MapSubject message, Random random) {
        for (String name : List.of("a", "xInt", "aInt", "aLong", "aText", "aFlag", "odd")) {
            if (random.nextInt(3) == 0) {
                message.with(name, pick(VALUES, random));
            }
        }
        return message;
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
