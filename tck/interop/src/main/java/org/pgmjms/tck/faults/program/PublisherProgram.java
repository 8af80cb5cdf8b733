package org.pgmjms.tck.faults.program;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.stats.StatisticsSource;

/**
 * Publishes numbered messages at a rate until told to {@code pause}, and ends when told to {@code stop}; {@code look} says
 * what it holds. A small file always has how many sends were begun,
 * so that it is known after a kill, too.
 */
public final class PublisherProgram {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Words words;
    private final Payload payload = new Payload();
    private volatile boolean paused;
    private volatile boolean stopped;
    private long refused;

    private PublisherProgram(Words words) {
        this.words = words;
    }

    /** Arguments: url, topic, producer, rate, size, count, board, listen (1: to the topic, too); {@code name=value}. */
    public static void main(String[] arguments) throws JMSException, IOException {
        new PublisherProgram(new Words(List.of(arguments))).run();
    }

    private void run() throws JMSException, IOException {
        Commands.listen((command, rest) -> {
            switch (command) {
                case "pause" -> paused = true;
                case "stop" -> stopped = true;
                case "look" -> System.out.println(Memory.look());
                default -> System.out.println("ERROR unknown command " + command);
            }
        });
        long sent;
        long closeNs;
        Map<String, Long> statistics;
        try (FileChannel file = FileChannel.open(
                Path.of(words.text("board")),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            LongBuffer board =
                    file.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES).asLongBuffer();
            Connection connection = new PgmConnectionFactory(words.text("url")).createConnection();
            try (connection) {
                sent = publish(connection, board);
                statistics = ((StatisticsSource) connection).statistics();
                closeNs = System.nanoTime();
            }
            closeNs = System.nanoTime() - closeNs;
        }
        statistics.forEach((name, value) -> System.out.println("STAT " + name + "=" + value));
        System.out.printf(
                Locale.ROOT,
                "SENT sent=%d refused=%d closeMs=%d heapPeak=%d%n",
                sent,
                refused,
                TimeUnit.NANOSECONDS.toMillis(closeNs),
                Memory.heapPeak());
        Memory.awaitNothingLeft();
        System.out.printf(Locale.ROOT, "LEFT threads=%d sockets=%d%n", Memory.threads(), Memory.sockets());
    }

    private long publish(Connection connection, LongBuffer board) throws JMSException {
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createTopic(words.text("topic")));
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        int name = words.number("producer", 1);
        int size = words.number("size", 1300);
        int rate = words.number("rate", 1000);
        long count = words.number("count", Integer.MAX_VALUE);
        if (words.number("listen", 0) > 0) {
            listen(connection);
        }
        long startNs = System.nanoTime();
        System.out.println("READY");
        long number = 0;
        for (; number < count && !stopped && !paused; number++) {
            parkUntil(startNs + number * TimeUnit.SECONDS.toNanos(1) / rate);
            board.put(0, number + 1);
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(payload.fill(name, number, System.nanoTime(), size), 0, size);
            send(producer, message);
        }
        if (paused) {
            System.out.println("PAUSED");
        }
        while (!stopped && (paused || count < Integer.MAX_VALUE)) {
            LockSupport.parkNanos(LOOK_NS);
        }
        return number;
    }

    private void listen(Connection connection) throws JMSException {
        Session session = connection.createSession();
        session.createConsumer(session.createTopic(words.text("topic"))).setMessageListener(message -> {});
        connection.start();
    }

    private void send(MessageProducer producer, BytesMessage message) {
        try {
            producer.send(message);
        } catch (JMSException failed) {
            refused++;
            System.out.println("REFUSED " + failed);
        }
    }

    private static void parkUntil(long dueNs) {
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }
}
