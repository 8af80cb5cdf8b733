package org.pgmjms.tck.interop;

import io.netty.util.internal.PlatformDependent;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossReport;

/**
 * A publisher or a subscriber that runs for a while and says what it holds at certain seconds, and what is left six
 * seconds after it closed everything.
 */
final class SoakProgram {
    private static final int SIZE = 256;
    private static final int SETTLE_ROUNDS = 5;
    private static final int INODE_COLUMN = 9;
    private static final long AFTER_CLOSE_SECONDS = 6;

    private SoakProgram() {}

    /** Arguments: publish or subscribe, URL, messages a second, then the seconds at which to measure; the last is the end. */
    public static void main(String[] arguments) throws JMSException, IOException {
        int[] seconds = Stream.of(arguments).skip(3).mapToInt(Integer::parseInt).toArray();
        long startNs = System.nanoTime();
        if ("publish".equals(arguments[0])) {
            publish(arguments[1], Integer.parseInt(arguments[2]), startNs, seconds);
        } else {
            subscribe(arguments[1], startNs, seconds);
        }
        parkUntil(System.nanoTime() + TimeUnit.SECONDS.toNanos(AFTER_CLOSE_SECONDS));
        measure("left");
        long threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pgmjms"))
                .peek(name -> System.out.println("thread: " + name))
                .count();
        System.out.printf(Locale.ROOT, "threads=%d sockets=%d%n", threads, sockets());
    }

    private static void publish(String url, int rate, long startNs, int[] seconds) throws JMSException {
        long sent = 0;
        try (Connection connection = new PgmConnectionFactory(url).createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(session.createTopic("soak"));
            String body = "x".repeat(SIZE);
            for (int second : seconds) {
                for (long end = (long) second * rate; sent < end; sent++) {
                    long dueNs = startNs + sent * 1_000_000_000L / rate;
                    parkUntil(dueNs);
                    producer.send(session.createTextMessage(body));
                }
                measure("at" + second);
            }
        }
        System.out.printf(Locale.ROOT, "sent=%d%n", sent);
    }

    private static void subscribe(String url, long startNs, int[] seconds) throws JMSException {
        AtomicLong received = new AtomicLong();
        AtomicLong lost = new AtomicLong();
        try (Connection connection = new PgmConnectionFactory(url).createConnection()) {
            connection.setExceptionListener(new Losses(lost));
            Session session = connection.createSession();
            session.createConsumer(session.createTopic("soak"))
                    .setMessageListener(message -> received.incrementAndGet());
            connection.start();
            System.out.println("READY");
            for (int second : seconds) {
                parkUntil(startNs + TimeUnit.SECONDS.toNanos(second));
                measure("at" + second);
            }
        }
        System.out.printf(Locale.ROOT, "received=%d lost=%d%n", received.get(), lost.get());
    }

    private record Losses(AtomicLong lost) implements jakarta.jms.ExceptionListener, LossListener {
        @Override
        public void onLoss(LossReport report) {
            lost.addAndGet(report.isExact() ? report.count() : 1);
        }

        @Override
        public void onException(JMSException failure) {
            System.out.println("ERROR " + failure);
        }
    }

    private static void parkUntil(long dueNs) {
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    /** What the heap holds after collection, and direct memory, both Netty's and the platform's. */
    private static void measure(String label) {
        long heap = Long.MAX_VALUE;
        for (int round = 0; round < SETTLE_ROUNDS; round++) {
            System.gc();
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        long direct = Math.max(0, PlatformDependent.usedDirectMemory());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getMemoryUsed();
        }
        System.out.printf(Locale.ROOT, "%s.heap=%d %s.direct=%d%n", label, heap, label, direct);
    }

    /** The UDP sockets of this process. */
    private static long sockets() throws IOException {
        Set<String> udp = new HashSet<>();
        for (String table : List.of("/proc/self/net/udp", "/proc/self/net/udp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                udp.add("socket:[" + line.trim().split(" +")[INODE_COLUMN] + "]");
            }
        }
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.map(SoakProgram::target).filter(udp::contains).count();
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
