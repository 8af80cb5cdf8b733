package org.pgmjms.engine.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/** What threads have allocated. */
public final class Allocations {
    /** What the platform takes until its compilers are done, or now and then, is not in all of them. */
    private static final int MOST_RUNS = 200;

    /** Something that can be done many times. */
    public interface Work<E extends Exception> {
        /** Does it once more. */
        void run() throws E;
    }

    /** Counts the bytes of something that can be done many times. */
    public interface Measurement<E extends Exception> {
        /** Does it once more, and answers the bytes. */
        long take() throws E;
    }

    private Allocations() {}

    /** Who counts it; skips the test where nobody does. */
    public static ThreadMXBean counter() {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                        && threads.isThreadAllocatedMemorySupported(),
                "this virtual machine does not count allocated bytes");
        return (ThreadMXBean) ManagementFactory.getThreadMXBean();
    }

    /** The bytes that the calling thread allocates while it does something. */
    public static <E extends Exception> long of(Work<E> work) throws E {
        ThreadMXBean threads = counter();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** The least bytes that the calling thread allocates in one of many runs; a run that takes less than the limit is the last. */
    public static <E extends Exception> long least(long limit, Work<E> work) throws E {
        return leastOf(limit, () -> of(work));
    }

    /** The least of many measurements; one below the limit is the last. */
    public static <E extends Exception> long leastOf(long limit, Measurement<E> measurement) throws E {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < MOST_RUNS && least >= limit; run++) {
            least = Math.min(least, measurement.take());
        }
        return least;
    }

    /** The least bytes that each of these threads allocates in one of many runs; no more runs once all are below the limit. */
    public static long[] least(long limit, List<Thread> threads, Runnable work) {
        long[] least = new long[threads.size()];
        Arrays.fill(least, Long.MAX_VALUE);
        leastOf(limit, () -> {
            long[] before = allocated(threads);
            work.run();
            long[] after = allocated(threads);
            Arrays.setAll(least, i -> Math.min(least[i], after[i] - before[i]));
            return Arrays.stream(least).max().orElseThrow();
        });
        return least;
    }

    private static long[] allocated(List<Thread> threads) {
        ThreadMXBean counter = counter();
        return threads.stream()
                .mapToLong(thread -> counter.getThreadAllocatedBytes(thread.getId()))
                .toArray();
    }
}
