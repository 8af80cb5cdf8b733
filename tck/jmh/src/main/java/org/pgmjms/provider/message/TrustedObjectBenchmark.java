package org.pgmjms.provider.message;

import jakarta.jms.JMSException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Bodies of received object messages: one that would take for ever to be read, and is refused. */
@State(Scope.Thread)
public class TrustedObjectBenchmark {
    private static final int DEPTH = 25;

    private final TrustedClasses trusted =
            new TrustedClasses(List.of("java.util.*"), new TrustedClasses.Limits(12, 4_096, 65_536, 1 << 24));
    private final byte[] nested = nested();

    /** Sets in sets, each one in two of them: its hash would take 2^25 calls. */
    private static byte[] nested() {
        Set<Object> root = new HashSet<>();
        Set<Object> first = root;
        Set<Object> second = new HashSet<>();
        for (int i = 0; i < DEPTH; i++) {
            Set<Object> left = new HashSet<>(Set.of("left"));
            Set<Object> right = new HashSet<>();
            first.addAll(List.of(left, right));
            second.addAll(List.of(left, right));
            first = left;
            second = right;
        }
        try {
            return SerializedObject.write((HashSet<Object>) root);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** Refuses them. */
    @Benchmark
    public @Nullable Object deepSets() {
        try {
            return SerializedObject.read(nested, trusted);
        } catch (JMSException refused) {
            return refused;
        }
    }
}
