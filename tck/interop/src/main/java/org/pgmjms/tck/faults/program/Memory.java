package org.pgmjms.tck.faults.program;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What a JVM holds. */
final class Memory {
    private static final int SETTLE_ROUNDS = 3;
    private static final int INODE_COLUMN = 9;
    private static final long AFTER_CLOSE_NS = TimeUnit.SECONDS.toNanos(40);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private Memory() {}

    /** Bytes of the heap in use after collection. */
    static long heapAfterCollection() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < SETTLE_ROUNDS; round++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** A line that says what is held: bytes of the heap after collection and of direct memory, descriptors, threads. */
    static String look() {
        return String.format(
                Locale.ROOT,
                "LOOK heap=%d direct=%d descriptors=%d threads=%d",
                heapAfterCollection(),
                direct(),
                descriptors(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    /** Netty's and the platform's. */
    private static long direct() {
        return Math.max(0, PlatformDependent.usedDirectMemory())
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException unreadable) {
            return -1;
        }
    }

    /** The most bytes of the heap in use since {@link #resetPeak}, garbage included. */
    static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    static void resetPeak() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** Waits until threads and sockets are gone, for a while: what has been closed lingers. */
    static void awaitNothingLeft() {
        long deadlineNs = System.nanoTime() + AFTER_CLOSE_NS;
        while (threads() + sockets() > 0 && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Live threads of the provider and its engine. */
    static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pgmjms"))
                .count();
    }

    /** Open UDP sockets of this process. */
    static long sockets() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            Set<String> udp = new HashSet<>();
            for (String table : List.of("/proc/self/net/udp", "/proc/self/net/udp6")) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    udp.add("socket:[" + line.trim().split(" +", -1)[INODE_COLUMN] + "]");
                }
            }
            return descriptors.map(Memory::target).filter(udp::contains).count();
        } catch (IOException unreadable) {
            return -1;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
