package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueSender;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;

/** A producer of the legacy point-to-point domain. */
public final class PgmQueueSender extends PgmMessageProducer implements QueueSender {

    PgmQueueSender(PgmSession session, @Nullable PgmDestination queue) {
        super(session, queue);
    }

    @Override
    public @Nullable Queue getQueue() throws JMSException {
        return (Queue) getDestination();
    }

    @Override
    public void send(Queue queue, Message message) throws JMSException {
        send((jakarta.jms.Destination) queue, message);
    }

    @Override
    public void send(Queue queue, Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        send((jakarta.jms.Destination) queue, message, deliveryMode, priority, timeToLive);
    }
}
