package org.pgmjms.engine.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A property: a test with one {@code long} parameter, run with known seeds first, then with fresh ones.
 *
 * <p>{@code -Dseed=7} runs only that one; {@code -Dseeds=100000} runs that many fresh ones, {@code -Pdeep} as many as the test says. Fresh seeds are always the
 * same numbers, so that a build repeats. A failure says its seed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(Seeds.Source.class)
@ExtendWith(Seeds.Namer.class)
public @interface Seeds {

    /** Seeds that failed once. */
    long[] known() default {};

    /** How many fresh ones to run by default. */
    int fresh() default 20;

    /** How many fresh ones to run with {@code -Pdeep}, if that is more. */
    int deep() default 0;

    /** Chooses the seeds. */
    final class Source implements ArgumentsProvider, AnnotationConsumer<Seeds> {
        /** Far from the small numbers that people choose. */
        private static final long FIRST_FRESH = 1_000_000;

        private long[] known = {};
        private int fresh;

        @Override
        public void accept(Seeds seeds) {
            known = seeds.known();
            fresh = Boolean.getBoolean("deep") ? Math.max(seeds.fresh(), seeds.deep()) : seeds.fresh();
        }

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return seeds().mapToObj(Arguments::of);
        }

        private LongStream seeds() {
            Long only = Long.getLong("seed");
            if (only != null) {
                return LongStream.of(only);
            }
            int count = Integer.getInteger("seeds", fresh);
            return LongStream.concat(LongStream.of(known), LongStream.range(FIRST_FRESH, FIRST_FRESH + count));
        }
    }

    /** Puts the seed into the failure. */
    final class Namer implements InvocationInterceptor {

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> context, ExtensionContext extension)
                throws Throwable {
            try {
                invocation.proceed();
            } catch (Exception | AssertionError | StackOverflowError failure) {
                Object seed = context.getArguments().get(0);
                throw new AssertionError(
                        "seed " + seed + " (again: -Dseed=" + seed + "): " + failure.getMessage(), failure);
            }
        }
    }
}
