package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import java.util.AbstractList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.message.InboundMessage;

/** Looks at what waits in a temporary queue. Jakarta Messaging 3.1, section 4.1.6. For one thread at a time. */
final class PgmQueueBrowser implements QueueBrowser {
    private final PgmSession session;
    private final TemporaryQueueStore store;
    private final MessageFilter filter;
    private volatile boolean closed;

    PgmQueueBrowser(PgmSession session, TemporaryQueueStore store, MessageFilter filter) {
        this.session = session;
        this.store = store;
        this.filter = filter;
    }

    @Override
    public Queue getQueue() throws JMSException {
        checkOpen();
        return store.destination();
    }

    @Override
    public @Nullable String getMessageSelector() throws JMSException {
        checkOpen();
        return filter.selector();
    }

    /** The messages that wait at the time of the call, each decoded when it is asked for. */
    @Override
    public Enumeration<Message> getEnumeration() throws JMSException {
        checkOpen();
        List<InboundMessage> waiting = store.browse(filter);
        return Collections.enumeration(new AbstractList<>() {
            @Override
            public Message get(int index) {
                return session.delivery().decode(waiting.get(index), 1, 0, store.destination());
            }

            @Override
            public int size() {
                return waiting.size();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    private void checkOpen() throws JMSException {
        session.checkOpen();
        if (closed) {
            throw JmsExceptions.closed("browser");
        }
    }
}
