package org.pgmjms.examples.orderflow;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Buys what falls: looks at quotes and sends orders, in one transaction, so that a quote is done with exactly when its
 * order is in the queue. Now and then it has second thoughts and rolls back: then the quote comes again, and no order was
 * sent.
 */
final class Desk implements Runnable {
    private static final long WAIT_MS = 100;
    private static final int SECOND_THOUGHTS = 5;

    private final ConnectionFactory factory;
    private final int orders;
    private final CountDownLatch isListening;
    private final Map<String, Integer> lastPrices = new HashMap<>();
    private int sent;
    private int rolledBack;

    Desk(ConnectionFactory factory, int orders, CountDownLatch isListening) {
        this.factory = factory;
        this.orders = orders;
        this.isListening = isListening;
    }

    @Override
    public void run() {
        try (JMSContext context = factory.createContext(JMSContext.SESSION_TRANSACTED)) {
            JMSConsumer quotes = context.createConsumer(context.createTopic(Names.QUOTES + ">"));
            isListening.countDown();
            while (sent < orders) {
                Message quote = quotes.receive(WAIT_MS);
                if (quote != null) {
                    consider(context, quote);
                }
            }
        } catch (JMSException e) {
            throw new IllegalStateException("A quote cannot be read", e);
        }
    }

    private void consider(JMSContext context, Message quote) throws JMSException {
        String symbol = quote.getStringProperty(Names.SYMBOL);
        int price = quote.getIntProperty(Names.PRICE);
        boolean isAgain = quote.getJMSRedelivered();
        if (!isAgain && price >= lastPrices.getOrDefault(symbol, price)) {
            lastPrices.put(symbol, price);
            context.commit();
            return;
        }
        lastPrices.put(symbol, price);
        context.createProducer()
                .setProperty(Names.ORDER, sent)
                .setProperty(Names.SYMBOL, symbol)
                .setProperty(Names.PRICE, price)
                .send(context.createQueue(Names.ORDERS), "buy 100 " + symbol);
        if (!isAgain && sent % SECOND_THOUGHTS == 0) {
            rolledBack++;
            context.rollback();
        } else {
            context.commit();
            sent++;
        }
    }

    /** How many orders it took back. */
    int rolledBack() {
        return rolledBack;
    }
}
