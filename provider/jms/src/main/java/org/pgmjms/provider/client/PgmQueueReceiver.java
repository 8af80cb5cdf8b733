package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueReceiver;

/** A consumer of the legacy point-to-point domain. */
public final class PgmQueueReceiver extends PgmMessageConsumer implements QueueReceiver {
    PgmQueueReceiver(PgmSession session, Subscription queue, MessageFilter filter) {
        super(session, queue, filter);
    }

    @Override
    public Queue getQueue() throws JMSException {
        getMessageSelector();
        return (Queue) destination();
    }
}
