package org.pgmjms.engine.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code pgm.simulatedLoss}: {@code 5} or {@code 5,seed=7}.
 *
 * @param percent packets to drop, 0 to 100
 * @param seed the seed of what is dropped, null for any
 */
record SimulatedLossText(double percent, @Nullable Long seed) {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%?(?:, ?seed=(-?\\d{1,18}))?");

    static SimulatedLossText parse(String text) throws PgmException {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) > 100) {
            throw Setting.SIMULATED_LOSS.refuse(text, "expected a percentage such as 5 or 5,seed=7");
        }
        Long seed = matcher.group(2) == null ? null : Long.valueOf(matcher.group(2));
        return new SimulatedLossText(Double.parseDouble(matcher.group(1)), seed);
    }
}
