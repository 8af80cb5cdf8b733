package org.pgmjms.tck.faults.program;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.stats.StatisticsSource;

/**
 * Takes numbered messages and keeps an account of each source. Commands: {@code join}, where it was started to wait for
 * that, lets it begin; {@code mark} starts to measure; {@code look} says what it holds; {@code next}
 * says how far it got, and asks for a word when the next message comes; {@code end P=N ... patience=S} waits until N messages of producer P are
 * delivered or reported, at most S seconds, and ends.
 */
public final class SubscriberProgram implements ExceptionListener, LossListener {
    private static final String NOBODYS_URL = "epgm://lo;239.192.0.2:7501?pgm.linger=0";
    private static final int WARM_SECONDS = 5;
    private static final int DIGITS = 3;
    private static final long LONGEST_US = TimeUnit.HOURS.toMicros(1);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Words words;
    private final Payload payload = new Payload();
    private final Map<String, StreamLedger> ledgers = new HashMap<>();
    private final Map<String, StreamLedger> present = new HashMap<>();
    private final Map<String, Integer> producers = new HashMap<>();
    private final Histogram latencies = new Histogram(LONGEST_US, DIGITS);
    private final CountDownLatch invited = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Words end;
    private boolean awaited;
    private long corrupt;
    private long marked;
    private long received;

    private SubscriberProgram(Words words) {
        this.words = words;
    }

    /**
     * Arguments: url, topic, delay (milliseconds a message), unit (of messages a transaction), expected (messages), join
     * (when told to by a command of that name, or at once); {@code name=value}.
     */
    public static void main(String[] arguments) throws JMSException, InterruptedException {
        new SubscriberProgram(new Words(List.of(arguments))).run();
    }

    private void run() throws JMSException, InterruptedException {
        Map<String, Long> statistics;
        long closeNs;
        Commands.listen(this::onCommand);
        if (words.text("join", "").equals("told")) {
            warmUp();
            System.out.println("WAITING");
            invited.await();
        }
        Connection connection = new PgmConnectionFactory(words.text("url")).createConnection();
        try (connection) {
            connection.setExceptionListener(this);
            int unit = words.number("unit", 0);
            Rollbacks rollbacks = null;
            if (unit > 0) {
                rollbacks = new Rollbacks(connection, words, unit, this::onMessage);
            } else {
                Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(session.createTopic(words.text("topic")));
                consumer.setMessageListener(this::onMessageSlowly);
            }
            connection.start();
            System.out.println("READY");
            if (rollbacks != null) {
                rollbacks.run(ended);
            }
            ended.await();
            awaitComplete();
            statistics = ((StatisticsSource) connection).statistics();
            closeNs = System.nanoTime();
        }
        closeNs = System.nanoTime() - closeNs;
        print(statistics, TimeUnit.NANOSECONDS.toMillis(closeNs));
    }

    /** Loads what joining takes: a hundred programs that did so at once would keep a few processors busy for a minute. */
    private static void warmUp() throws JMSException {
        try (Connection connection = new PgmConnectionFactory(NOBODYS_URL).createConnection()) {
            Session session = connection.createSession();
            MessageConsumer consumer = session.createConsumer(session.createTopic("warm"));
            connection.start();
            session.createProducer(session.createTopic("warm")).send(session.createMessage());
            consumer.receive(TimeUnit.SECONDS.toMillis(WARM_SECONDS));
        }
    }

    private void onCommand(String command, Words rest) {
        switch (command) {
            case "join" -> invited.countDown();
            case "mark" -> mark();
            case "next" -> awaitNext();
            case "look" -> System.out.println(Memory.look());
            case "end" -> {
                end = rest;
                ended.countDown();
            }
            default -> System.out.println("ERROR unknown command " + command);
        }
    }

    private void mark() {
        long heap = Memory.heapAfterCollection();
        Memory.resetPeak();
        synchronized (this) {
            latencies.reset();
            marked = received;
        }
        System.out.printf(Locale.ROOT, "MARK heap=%d%n", heap);
    }

    private synchronized void awaitNext() {
        awaited = true;
        ledgers.forEach((source, ledger) -> System.out.printf(
                Locale.ROOT,
                "HIGHEST producer=%d messages=%d%n",
                producers.getOrDefault(source, -1),
                ledger.highest()));
        System.out.println("AWAITED");
    }

    private void onMessageSlowly(Message message) {
        onMessage(message);
        long delayNs = TimeUnit.MILLISECONDS.toNanos(words.number("delay", 0));
        for (long dueNs = System.nanoTime() + delayNs, leftNs = delayNs; leftNs > 0; ) {
            LockSupport.parkNanos(leftNs);
            leftNs = dueNs - System.nanoTime();
        }
    }

    private synchronized void onMessage(Message message) {
        received++;
        try {
            BytesMessage bytes = (BytesMessage) message;
            int length = (int) bytes.getBodyLength();
            bytes.readBytes(payload.room(length), length);
            if (!payload.isWhole(length)) {
                corrupt++;
                return;
            }
            String source = message.getStringProperty("JMS_PGM_Source");
            ledger(source, payload.producer())
                    .onMessage((int) payload.number(), message.getLongProperty("JMS_PGM_Sequence"));
            long latencyUs = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - payload.sentNs());
            latencies.recordValue(Math.max(0, Math.min(latencyUs, LONGEST_US)));
        } catch (JMSException | ClassCastException wrong) {
            corrupt++;
            System.out.println("ERROR " + wrong);
        }
        if (awaited) {
            awaited = false;
            System.out.println("NEXT");
        }
    }

    /** A source may be a program that has been started anew: each program has a ledger of its own. */
    private StreamLedger ledger(String source, int producer) {
        String key = source + "#" + producer;
        StreamLedger ledger = ledgers.get(key);
        if (ledger == null) {
            ledger = new StreamLedger(words.number("expected", 0));
            ledgers.put(key, ledger);
            producers.put(key, producer);
            System.out.println("FIRST producer=" + producer);
        }
        present.put(source, ledger);
        return ledger;
    }

    @Override
    public synchronized void onLoss(LossReport report) {
        System.out.println("LOST " + report);
        StreamLedger ledger = present.get(report.source());
        if (ledger == null) {
            ledger = new StreamLedger(0);
            ledgers.put(report.source(), ledger);
            present.put(report.source(), ledger);
        }
        ledger.onReport(report.firstMissing(), report.lastMissing(), report.count());
    }

    @Override
    public void onSource(SourceEvent event) {
        System.out.printf(Locale.ROOT, "SOURCE %s %s ns=%d%n", event.source(), event.kind(), System.nanoTime());
    }

    @Override
    public void onException(JMSException failure) {
        System.out.println("TOLD " + failure);
    }

    private void awaitComplete() {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(ending().number("patience", 10));
        while (!isComplete() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private Words ending() {
        Words last = end;
        if (last == null) {
            throw new IllegalStateException("not at the end");
        }
        return last;
    }

    private int sent(String source) {
        return ending().number(Integer.toString(producers.getOrDefault(source, -1)), 0);
    }

    private synchronized boolean isComplete() {
        return !ledgers.isEmpty()
                && ledgers.entrySet().stream()
                        .allMatch(entry -> entry.getValue().isComplete(sent(entry.getKey())));
    }

    private synchronized void print(Map<String, Long> statistics, long closeMs) {
        statistics.forEach((name, value) -> System.out.println("STAT " + name + "=" + value));
        ledgers.forEach((source, ledger) -> {
            StreamLedger.Account account = ledger.close(sent(source));
            System.out.printf(
                    Locale.ROOT,
                    "STREAM producer=%d first=%d received=%d reported=%d silent=%d tail=%d phantom=%d early=%d duplicates=%d"
                            + " disordered=%d unknown=%d source=%s%n",
                    producers.getOrDefault(source, -1),
                    ledger.first(),
                    account.received(),
                    account.reported(),
                    account.silent(),
                    account.tail(),
                    account.phantom(),
                    account.early(),
                    account.duplicates(),
                    account.disordered(),
                    account.unknown(),
                    source);
        });
        System.out.printf(
                Locale.ROOT,
                "RECEIVED received=%d marked=%d corrupt=%d p50Us=%d p99Us=%d maxUs=%d closeMs=%d heapPeak=%d heap=%d%n",
                received,
                received - marked,
                corrupt,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getMaxValue(),
                closeMs,
                Memory.heapPeak(),
                Memory.heapAfterCollection());
        System.out.printf(Locale.ROOT, "LEFT threads=%d sockets=%d%n", Memory.threads(), Memory.sockets());
    }
}
