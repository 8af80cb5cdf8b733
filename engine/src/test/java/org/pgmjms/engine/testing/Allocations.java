package org.pgmjms.engine.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What threads have allocated. */
public final class Allocations {

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
    public static long of(Runnable action) {
        ThreadMXBean threads = counter();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
