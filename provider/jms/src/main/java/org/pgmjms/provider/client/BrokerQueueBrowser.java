package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;

/** Looks at what waits in a queue of the companion broker. Jakarta Messaging 3.1, section 4.1.6. For one thread at a time. */
final class BrokerQueueBrowser implements QueueBrowser {
    private final PgmQueue queue;
    private final PgmTopic name;
    private final PgmSession session;
    private final MessageFilter filter;
    private final QueueBrowser theirs;
    private volatile boolean closed;

    private BrokerQueueBrowser(PgmQueue queue, PgmSession session, MessageFilter filter, QueueBrowser theirs) {
        this.queue = queue;
        this.name = (PgmTopic) PgmDestination.of(PgmDestination.Kind.TOPIC, queue.name());
        this.session = session;
        this.filter = filter;
        this.theirs = theirs;
    }

    /** Makes it at the broker. */
    static BrokerQueueBrowser of(PgmQueue queue, PgmSession session, MessageFilter filter) throws JMSException {
        BrokerSession broker = session.broker();
        QueueBrowser theirs = broker.make(
                "a browser of queue " + queue,
                at -> at.createBrowser((Queue) broker.toBroker(queue, at), filter.selector()));
        return new BrokerQueueBrowser(queue, session, filter, theirs);
    }

    @Override
    public Queue getQueue() throws JMSException {
        checkOpen();
        return queue;
    }

    @Override
    public @Nullable String getMessageSelector() throws JMSException {
        checkOpen();
        return filter.selector();
    }

    @Override
    @SuppressWarnings("JdkObsolete") // the API's own type
    public Enumeration<Message> getEnumeration() throws JMSException {
        checkOpen();
        Enumeration<?> waiting = broker("to browse queue " + queue, theirs::getEnumeration);
        return new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return Unchecked.require(() -> broker("to browse on", waiting::hasMoreElements));
            }

            @Override
            public Message nextElement() {
                return Unchecked.require(() -> decoded(broker("to browse on", waiting::nextElement)));
            }
        };
    }

    private Message decoded(Object waiting) throws JMSException {
        Message message = (Message) waiting;
        int deliveries = BrokerSubscription.deliveriesBefore(message) + 1;
        return session.delivery().decode(session.broker().message(message, name), deliveries, 0, queue);
    }

    private <T> T broker(String what, Unchecked.Call<T> call) throws JMSException {
        return session.broker().make(what, at -> call.call());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            session.broker().quietly(theirs::close);
        }
    }

    private void checkOpen() throws JMSException {
        session.checkOpen();
        if (closed) {
            throw JmsExceptions.closed("browser");
        }
    }
}
