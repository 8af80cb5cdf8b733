package org.pgmjms.examples.marketdata;

import jakarta.jms.Connection;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.stats.StatisticsSource;

/**
 * A subscriber's process: listens to some symbols, checks their order, and tells what it got and what it was told is
 * lost. It ends when it can account for everything that was sent, or when nothing moves any more.
 */
final class QuoteSubscriber implements ExceptionListener, LossListener {
    private static final long REPORT_MS = 500;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(15);
    private static final int UNKNOWN_LOSS = -1;

    private final Map<String, AtomicLong> received = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> lost = new ConcurrentHashMap<>();
    private final Map<String, Long> lastNumbers = new ConcurrentHashMap<>();
    private final AtomicLong disordered = new AtomicLong();
    private final Recorder latencies = new Recorder(TimeUnit.MINUTES.toMicros(1), 3);
    private final Histogram total = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);

    private QuoteSubscriber(List<String> symbols) {
        for (String symbol : symbols) {
            received.put(symbol, new AtomicLong());
            lost.put(symbol, new AtomicLong());
        }
    }

    /** Arguments: URL, symbols. */
    public static void main(String[] arguments) throws JMSException, IOException, InterruptedException {
        List<String> symbols = List.of(arguments).subList(1, arguments.length);
        QuoteSubscriber subscriber = new QuoteSubscriber(symbols);
        try (Connection connection = new PgmConnectionFactory(arguments[0]).createConnection()) {
            connection.setExceptionListener(subscriber);
            Session session = connection.createSession();
            for (String symbol : symbols) {
                session.createConsumer(session.createTopic(Quote.topic(symbol)))
                        .setMessageListener(message -> subscriber.onQuote(symbol, message));
            }
            connection.start();
            System.out.println(StatusLine.READY);
            subscriber.run((StatisticsSource) connection);
        }
    }

    private void onQuote(String symbol, Message message) {
        try {
            latencies.recordValue(Math.max(0, Clock.micros() - message.getLongProperty("sentMicros")));
            long number = message.getLongProperty("number");
            Long last = lastNumbers.put(symbol, number);
            if (last != null && last >= number) {
                disordered.incrementAndGet();
            }
            received.get(symbol).incrementAndGet();
        } catch (JMSException malformed) {
            System.err.println("a quote without its properties: " + malformed.getMessage());
        }
    }

    @Override
    public void onLoss(LossReport report) {
        try {
            String symbol = ((Topic) report.destination())
                    .getTopicName()
                    .substring(Quote.topic("").length());
            AtomicLong count = lost.get(symbol);
            count.updateAndGet(
                    before -> !report.isExact() || before == UNKNOWN_LOSS ? UNKNOWN_LOSS : before + report.count());
        } catch (JMSException nameless) {
            System.err.println("a loss without a topic: " + nameless.getMessage());
        }
    }

    @Override
    public void onException(JMSException failure) {
        System.err.println(failure.getMessage());
    }

    private void run(StatisticsSource statistics) throws IOException, InterruptedException {
        ScheduledExecutorService reports = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "report");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> reporting = reports.scheduleAtFixedRate(
                () -> System.out.println(status(statistics, interval())), REPORT_MS, REPORT_MS, TimeUnit.MILLISECONDS);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = commands.readLine();
        if (line != null) {
            awaitAll(StatusLine.numbers(line));
        }
        reporting.cancel(false);
        reports.shutdown();
        reports.awaitTermination(1, TimeUnit.SECONDS);
        interval();
        System.out.println(status(statistics, total));
        System.out.println(StatusLine.of(StatusLine.RECEIVED, values(received)));
        System.out.println(StatusLine.of(StatusLine.LOST, values(lost)));
    }

    /** Waits until every quote is received or reported lost, or until nothing has moved for a while. */
    private void awaitAll(Map<String, Long> sent) throws InterruptedException {
        long seen = -1;
        long quietSinceNs = System.nanoTime();
        while (!isAccountedFor(sent) && System.nanoTime() - quietSinceNs < PATIENCE_NS) {
            long now = sum(received) + sum(lost);
            if (now != seen) {
                seen = now;
                quietSinceNs = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private boolean isAccountedFor(Map<String, Long> sent) {
        return received.entrySet().stream()
                .allMatch(entry ->
                        entry.getValue().get() + lost.get(entry.getKey()).get()
                                >= sent.getOrDefault(entry.getKey(), 0L));
    }

    /** The latencies since the last call; they are added to the total. */
    private Histogram interval() {
        Histogram latency = latencies.getIntervalHistogram();
        total.add(latency);
        return latency;
    }

    private String status(StatisticsSource statistics, Histogram latency) {
        Map<String, Long> counters = statistics.statistics();
        Map<String, Long> numbers = new TreeMap<>();
        numbers.put("received", sum(received));
        numbers.put("lost", sum(lost));
        numbers.put("disordered", disordered.get());
        numbers.put("repaired", counters.getOrDefault("receiver.repaired", 0L));
        numbers.put("dropped", counters.getOrDefault("receiver.simulated_loss", 0L));
        numbers.put(
                "packets",
                counters.getOrDefault("receiver.odata_received", 0L)
                        + counters.getOrDefault("receiver.rdata_received", 0L)
                        + counters.getOrDefault("receiver.spm_received", 0L)
                        + counters.getOrDefault("receiver.ncf_received", 0L)
                        + counters.getOrDefault("receiver.duplicates", 0L));
        numbers.put("p50", latency.getValueAtPercentile(50));
        numbers.put("p99", latency.getValueAtPercentile(99));
        return StatusLine.of(StatusLine.STATUS, numbers);
    }

    private static long sum(Map<String, AtomicLong> counts) {
        return counts.values().stream().mapToLong(AtomicLong::get).sum();
    }

    private static Map<String, Long> values(Map<String, AtomicLong> counts) {
        Map<String, Long> values = new TreeMap<>();
        counts.forEach((symbol, count) -> values.put(symbol, count.get()));
        return values;
    }
}
