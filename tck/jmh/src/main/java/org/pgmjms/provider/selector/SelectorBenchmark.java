package org.pgmjms.provider.selector;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Selectors: reading one, and applying it to a message that matches and to one that does not. */
@State(Scope.Thread)
public class SelectorBenchmark {
    private static final String SIMPLE = "symbol = 'IBM'";
    private static final String COMPLEX =
            "(symbol IN ('IBM', 'MSFT', 'AAPL') OR venue LIKE 'XN%') AND price * 1.1 >= 100"
                    + " AND volume BETWEEN 100 AND 10000 AND note IS NULL AND NOT (JMSPriority < 2)";

    /** The longest pattern there may be, on the longest property; the last character decides. */
    private static final String LIKE = "text LIKE '" + "%a".repeat(LikePattern.MAX_LENGTH / 2 - 1) + "%b'";

    private static final String LONG_TEXT = "a".repeat(64 * 1024);

    private final Selector simple = read(SIMPLE);
    private final Selector like = read(LIKE);
    private final Map<String, Object> longText = Map.of("text", LONG_TEXT);
    private final Selector complex = read(COMPLEX);
    private final Map<String, Object> wanted =
            Map.of("symbol", "IBM", "venue", "XNYS", "price", 101.25, "volume", 500, "JMSPriority", 4);
    private final Map<String, Object> other =
            Map.of("symbol", "GE", "venue", "XLON", "price", 101.25, "volume", 500, "JMSPriority", 4);

    private static Selector read(String text) {
        try {
            return Selector.parse(text);
        } catch (SelectorSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** One comparison, true. */
    @Benchmark
    public boolean simpleTrue() {
        return simple.matches(wanted::get);
    }

    /** One comparison, false. */
    @Benchmark
    public boolean simpleFalse() {
        return simple.matches(other::get);
    }

    /** Every kind of operator, true. */
    @Benchmark
    public boolean complexTrue() {
        return complex.matches(wanted::get);
    }

    /** Every kind of operator, false. */
    @Benchmark
    public boolean complexFalse() {
        return complex.matches(other::get);
    }

    /** Every wildcard that fits, on 64 KiB of what they are about. */
    @Benchmark
    public boolean likeOfLongText() {
        return like.matches(longText::get);
    }

    /** Reads the long one. */
    @Benchmark
    public Selector parse() {
        return read(COMPLEX);
    }
}
