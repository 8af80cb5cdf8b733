package org.pgmjms.tck.faults.program;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.pgmjms.provider.PgmConnectionFactory;

/**
 * Comes and goes: {@code what=join} opens a connection, waits for a message and closes it, again and again; {@code
 * what=session} opens one, sends a message and closes it. Says in the end how long that took and what it holds.
 */
public final class ChurnProgram {
    private static final int DIGITS = 3;
    private static final long RECEIVE_MS = 10_000;
    private static final int WARM = 5;

    private final Words words;
    private final Payload payload = new Payload();
    private final Histogram firsts = new Histogram(DIGITS);
    private volatile boolean stopped;
    private long missed;

    private ChurnProgram(Words words) {
        this.words = words;
    }

    /** Arguments: url, topic, what, pause (milliseconds), count; {@code name=value}. Ends on any command, too. */
    public static void main(String[] arguments) throws JMSException {
        new ChurnProgram(new Words(List.of(arguments))).run();
    }

    private void run() throws JMSException {
        Commands.listen((command, rest) -> stopped = true);
        boolean isJoining = words.text("what").equals("join");
        int count = words.number("count", Integer.MAX_VALUE);
        long pauseNs = TimeUnit.MILLISECONDS.toNanos(words.number("pause", 0));
        PgmConnectionFactory factory = new PgmConnectionFactory(words.text("url"));
        long before = 0;
        int rounds = 0;
        System.out.println("READY");
        for (; rounds < count && (!stopped || rounds <= WARM); rounds++) {
            if (rounds == WARM) {
                before = Memory.heapAfterCollection();
            }
            try (Connection connection = factory.createConnection()) {
                Session session = connection.createSession();
                if (isJoining) {
                    join(connection, session);
                } else {
                    send(session, rounds);
                }
            }
            LockSupport.parkNanos(pauseNs);
        }
        Memory.awaitNothingLeft();
        System.out.printf(
                Locale.ROOT,
                "CHURNED rounds=%d missed=%d p99Us=%d before=%d after=%d%n",
                rounds,
                missed,
                firsts.getValueAtPercentile(99),
                before,
                Memory.heapAfterCollection());
        System.out.printf(Locale.ROOT, "LEFT threads=%d sockets=%d%n", Memory.threads(), Memory.sockets());
    }

    private void join(Connection connection, Session session) throws JMSException {
        long startNs = System.nanoTime();
        MessageConsumer consumer = session.createConsumer(session.createTopic(words.text("topic")));
        connection.start();
        if (consumer.receive(RECEIVE_MS) == null) {
            missed++;
        }
        firsts.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startNs));
    }

    private void send(Session session, int round) throws JMSException {
        MessageProducer producer = session.createProducer(session.createTopic(words.text("topic")));
        int size = words.number("size", Payload.HEADER);
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(payload.fill(words.number("producer", 1000) + round, 0, System.nanoTime(), size), 0, size);
        producer.send(message);
    }
}
