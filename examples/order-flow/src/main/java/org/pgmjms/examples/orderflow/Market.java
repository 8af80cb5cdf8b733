package org.pgmjms.examples.orderflow;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Publishes prices that walk at random, until it is told to stop. */
final class Market implements Runnable {
    private static final List<String> SYMBOLS = List.of("AAPL", "IBM", "MSFT", "ORCL");
    private static final int FIRST_PRICE = 10_000;
    private static final long GAP_MICROS = 500;

    private final ConnectionFactory factory;
    private final CountDownLatch end;

    Market(ConnectionFactory factory, CountDownLatch end) {
        this.factory = factory;
        this.end = end;
    }

    @Override
    public void run() {
        Random random = new Random(7);
        int[] prices = new int[SYMBOLS.size()];
        try (JMSContext context = factory.createContext()) {
            JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (int i = 0; !end.await(GAP_MICROS, TimeUnit.MICROSECONDS); i = (i + 1) % prices.length) {
                prices[i] += random.nextInt(21) - 10;
                producer.setProperty(Names.SYMBOL, SYMBOLS.get(i))
                        .setProperty(Names.PRICE, FIRST_PRICE + prices[i])
                        .send(context.createTopic(Names.QUOTES + SYMBOLS.get(i)), SYMBOLS.get(i));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
