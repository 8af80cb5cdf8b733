package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueReceiver;

/** A consumer of the legacy point-to-point domain. */
public final class PgmQueueReceiver extends PgmMessageConsumer implements QueueReceiver {
    private final TemporaryQueueStore store;

    PgmQueueReceiver(PgmSession session, TemporaryQueueStore store, MessageFilter filter) {
        super(session, store, filter);
        this.store = store;
    }

    @Override
    public Queue getQueue() throws JMSException {
        getMessageSelector();
        return store.destination();
    }
}
