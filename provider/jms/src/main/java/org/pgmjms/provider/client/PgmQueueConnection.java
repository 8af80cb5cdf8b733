package org.pgmjms.provider.client;

import jakarta.jms.ConnectionConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueSession;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Topic;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.loss.LossListener;

/** A connection of the legacy point-to-point domain. Jakarta Messaging 3.1, section 9.2. */
public sealed class PgmQueueConnection extends PgmConnection implements QueueConnection permits PgmXaQueueConnection {

    /** See {@link PgmConnection}. */
    public PgmQueueConnection(
            ClientRuntime runtime,
            ConnectionSettings settings,
            @Nullable LossListener lossListener,
            @Nullable BrokerAccess broker)
            throws JMSException {
        super(runtime, settings, lossListener, broker);
    }

    @Override
    public QueueSession createQueueSession(boolean transacted, int acknowledgeMode) throws JMSException {
        AckMode mode = beforeSession(sessionMode(transacted, acknowledgeMode));
        return add(new PgmQueueSession(this, mode, nextSessionName()));
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Queue queue, @Nullable String messageSelector, ServerSessionPool sessionPool, int maxMessages)
            throws JMSException {
        return super.createConnectionConsumer(queue, messageSelector, sessionPool, maxMessages);
    }

    @Override
    public ConnectionConsumer createSharedConnectionConsumer(
            Topic topic,
            String subscriptionName,
            @Nullable String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        throw wrongDomain("createSharedConnectionConsumer");
    }

    @Override
    public ConnectionConsumer createDurableConnectionConsumer(
            Topic topic,
            String subscriptionName,
            @Nullable String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        throw wrongDomain("createDurableConnectionConsumer");
    }

    @Override
    public ConnectionConsumer createSharedDurableConnectionConsumer(
            Topic topic,
            String subscriptionName,
            @Nullable String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        throw wrongDomain("createSharedDurableConnectionConsumer");
    }

    private JMSException wrongDomain(String method) throws JMSException {
        use();
        return JmsExceptions.illegalState(method + " is not allowed on a QueueConnection");
    }
}
