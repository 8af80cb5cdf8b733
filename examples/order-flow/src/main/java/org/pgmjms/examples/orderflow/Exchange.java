package org.pgmjms.examples.orderflow;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.concurrent.CountDownLatch;

/**
 * Carries out orders: takes them from the queue and publishes a fill for each, in one transaction. Some fail the first
 * time: the order is back in the queue, and no fill was published.
 */
final class Exchange implements Runnable {
    private static final long WAIT_MS = 100;
    private static final int FAILS = 7;

    private final ConnectionFactory factory;
    private final CountDownLatch end;
    private int failed;

    Exchange(ConnectionFactory factory, CountDownLatch end) {
        this.factory = factory;
        this.end = end;
    }

    @Override
    public void run() {
        try (JMSContext context = factory.createContext(JMSContext.SESSION_TRANSACTED)) {
            JMSConsumer orders = context.createConsumer(context.createQueue(Names.ORDERS));
            while (end.getCount() > 0) {
                Message order = orders.receive(WAIT_MS);
                if (order != null) {
                    carryOut(context, order);
                }
            }
        } catch (JMSException e) {
            throw new IllegalStateException("An order cannot be read", e);
        }
    }

    private void carryOut(JMSContext context, Message order) throws JMSException {
        int number = order.getIntProperty(Names.ORDER);
        String symbol = order.getStringProperty(Names.SYMBOL);
        context.createProducer()
                .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                .setProperty(Names.ORDER, number)
                .setProperty(Names.PRICE, order.getIntProperty(Names.PRICE))
                .send(context.createTopic(Names.FILLS + symbol), "bought 100 " + symbol);
        if (number % FAILS == 0 && !order.getJMSRedelivered()) {
            failed++;
            context.rollback();
        } else {
            context.commit();
        }
    }

    /** How often it failed. */
    int failed() {
        return failed;
    }
}
