package org.pgmjms.examples.marketdata;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.stats.StatisticsSource;

/** The publisher's process: replays the prices round and round at a rate, a topic for each symbol. */
final class QuotePublisher {
    private static final long REPORT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Session session;
    private final MessageProducer producer;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, Long> sent = new TreeMap<>();

    private QuotePublisher(Session session) throws JMSException {
        this.session = session;
        this.producer = session.createProducer(null);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        for (String symbol : Prices.SYMBOLS) {
            topics.put(symbol, session.createTopic(Quote.topic(symbol)));
            sent.put(symbol, 0L);
        }
    }

    /** Arguments: URL, quotes a second, seconds. */
    public static void main(String[] arguments) throws JMSException {
        double rate = Double.parseDouble(arguments[1]);
        long count = Math.round(rate * Double.parseDouble(arguments[2]));
        try (Connection connection = new PgmConnectionFactory(arguments[0]).createConnection()) {
            QuotePublisher publisher = new QuotePublisher(connection.createSession());
            publisher.replay(Prices.load(), count, 1e9 / rate, (StatisticsSource) connection);
            System.out.println(StatusLine.of(StatusLine.SENT, publisher.sent));
        }
    }

    private void replay(List<Quote> quotes, long count, double intervalNs, StatisticsSource statistics)
            throws JMSException {
        long startNs = System.nanoTime();
        long reportNs = startNs;
        for (long round = 0; round < count; round++) {
            long dueNs = startNs + (long) (round * intervalNs);
            for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
            publish(quotes.get((int) (round % quotes.size())));
            if (dueNs - reportNs >= 0) {
                System.out.println(status(round + 1, statistics));
                reportNs += REPORT_NS;
            }
        }
        System.out.println(status(count, statistics));
    }

    private void publish(Quote quote) throws JMSException {
        long number = sent.merge(quote.symbol(), 1L, Long::sum);
        TextMessage message = session.createTextMessage(quote.date() + " " + quote.price());
        message.setLongProperty("number", number);
        message.setLongProperty("sentMicros", Clock.micros());
        producer.send(topics.get(quote.symbol()), message);
    }

    private static String status(long sent, StatisticsSource statistics) {
        Map<String, Long> counters = statistics.statistics();
        return StatusLine.of(
                StatusLine.STATUS,
                Map.of(
                        "sent", sent,
                        "packets", counters.getOrDefault("source.odata_sent", 0L),
                        "repairs", counters.getOrDefault("source.rdata_sent", 0L)));
    }
}
