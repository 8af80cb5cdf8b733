package org.pgmjms.provider.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.TestProvider;

/**
 * Whatever several threads open, close, send and receive: nothing hangs, nothing is left and no message is lost. Jakarta
 * Messaging 3.1, sections 6.1.8, 6.2.5 and 6.2.15.
 *
 * <p>What each thread does comes from the seed, but not how they meet: a seed that fails once may need many runs.
 */
class InterleavingTest {
    private static final int ROUNDS = 50;

    /** 50 rounds each: 1,000 in a build, 100,000 with {@code -Pdeep}. */
    @Seeds(fresh = 20, deep = 2_000)
    void harmNobody(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        TestProvider provider = new TestProvider();
        int delivered = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try {
                delivered += new Round(provider, random.nextLong()).run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("round " + i + ": " + e.getMessage(), e);
            }
        }
        assertThat(delivered).as("messages, or this tests nothing").isGreaterThan(ROUNDS);
    }
}
