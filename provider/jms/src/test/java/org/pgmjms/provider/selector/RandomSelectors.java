package org.pgmjms.provider.selector;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random selectors and messages of that part of the language which everybody reads alike; what is left out is in
 * {@link ArtemisDifferencesTest}.
 */
final class RandomSelectors {
    private static final int DEEPEST = 2;
    private static final List<String> WORDS =
            List.of("", "a", "ab", "abc", "a%c", "a_c", "it's", "[x]", "a.c", "\\", "z\n", "ü", "\uD83D\uDE00");

    private final Random random;

    RandomSelectors(Random random) {
        this.random = random;
    }

    /** Names that begin with {@code x} are missing now and then. */
    MapSubject message() {
        MapSubject message = MapSubject.empty();
        for (String prefix : List.of("a", "x")) {
            put(message, prefix + "Int", pick(List.of(-3, -1, 1, 2, 5)));
            put(message, prefix + "Long", (1L << 40) * pick(List.of(-2, -1, 1, 3)));
            put(message, prefix + "Float", (random.nextInt(9) - 4) / 4f + 0.01f);
            put(message, prefix + "Double", (random.nextInt(9) - 4) / 4.0 + 0.013);
            put(message, prefix + "Text", pick(WORDS));
            put(message, prefix + "Flag", random.nextBoolean());
        }
        return message;
    }

    private void put(MapSubject message, String name, Object value) {
        if (name.startsWith("a") || random.nextInt(4) != 0) {
            message.with(name, value);
        }
    }

    String selector() {
        return disjunction(DEEPEST);
    }

    private String disjunction(int depth) {
        return joined(keyword("OR"), 2, () -> joined(keyword("AND"), 3, () -> negation(depth)));
    }

    private String joined(String operator, int most, Supplier<String> operand) {
        StringBuilder all = new StringBuilder(operand.get());
        for (int i = random.nextInt(most); i > 0; i--) {
            all.append(operator).append(operand.get());
        }
        return all.toString();
    }

    private String keyword(String word) {
        String written = random.nextBoolean() ? word : word.toLowerCase(Locale.ROOT);
        return " " + written + pick(List.of(" ", "\t", "\r\n", "  "));
    }

    /** Parentheses after NOT, which Artemis binds to what is next. */
    private String negation(int depth) {
        if (depth == 0) {
            return predicate();
        }
        return switch (random.nextInt(6)) {
            case 0 -> keyword("NOT") + "(" + disjunction(depth - 1) + ")";
            case 1 -> "(" + disjunction(depth - 1) + ")";
            default -> predicate();
        };
    }

    private String predicate() {
        return switch (random.nextInt(11)) {
            case 0 -> pick(List.of("aFlag", "xFlag", "TRUE", "false"));
            case 1 -> pick(List.of("aFlag", "xFlag")) + pick(List.of(" = ", "<>")) + pick(List.of("TRUE", "False"));
            case 2 -> text() + pick(List.of("=", " <> ")) + quoted(pick(WORDS));
            case 3 -> text() + not() + keyword("IN") + "(" + joined(",", 7, () -> quoted(pick(WORDS))) + ")";
            case 4 -> text() + not() + keyword("LIKE") + pattern();
            case 5 -> anything() + keyword("IS") + (random.nextBoolean() ? "NULL" : keyword("NOT") + "NULL");
            case 6 -> sum(2) + not() + keyword("BETWEEN") + sum(1) + keyword("AND") + sum(1);
            case 7 -> sum(1) + ordering() + pick(List.of("aFlag", "aFloat", "xFloat"));
            case 8 -> anything() + " = " + constant();
            case 9 -> sum(2) + pick(List.of(" = ", "<>")) + number();
            default -> sum(2) + ordering() + sum(2);
        };
    }

    private String ordering() {
        return " " + pick(List.of("<", "<=", ">", ">=")) + " ";
    }

    private String not() {
        return random.nextInt(3) == 0 ? keyword("NOT") : "";
    }

    private String text() {
        return pick(List.of("aText", "xText"));
    }

    private String anything() {
        return pick(
                List.of("aText", "xText", "aFlag", "xFlag", "aInt", "xInt", "aLong", "xDouble", "aFloat", "missing"));
    }

    private String constant() {
        return random.nextBoolean() ? quoted(pick(WORDS)) : random.nextBoolean() ? number() : "TRUE";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private String pattern() {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            pattern.append(
                    pick(List.of("a", "b", "c", "%", "_", "%%", "!%", "!_", "!!", "!x", ".", "[", "'", "\\", "ü")));
        }
        return quoted(pattern.toString()) + (random.nextBoolean() ? keyword("ESCAPE") + "'!'" : "");
    }

    /** No division but by a fraction, no float in arithmetic, and no zero: see the differences. */
    private String sum(int depth) {
        if (depth == 0) {
            return pick(List.of("aInt", "xInt", "aLong", "xLong", "aDouble", "xDouble", number()));
        }
        return switch (random.nextInt(6)) {
            case 0 -> sum(depth - 1) + pick(List.of(" + ", " - ", "*")) + factor(depth - 1);
            case 1 -> factor(depth - 1) + " / " + fraction();
            case 2 -> "- " + factor(depth - 1);
            default -> sum(0);
        };
    }

    private String factor(int depth) {
        return random.nextBoolean() ? sum(0) : "(" + (depth == 0 ? sum(0) : factor(depth - 1)) + ")";
    }

    private String number() {
        return random.nextInt(3) == 0
                ? fraction()
                : pick(List.of("1", "2", "+3", "-2", "0x2", "0X1", "01", "02", "1099511627776", "3000000000L"));
    }

    private String fraction() {
        return pick(List.of("0.25", "1.5", ".5", "2E0", "25e-2", "-0.7", "1."));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
