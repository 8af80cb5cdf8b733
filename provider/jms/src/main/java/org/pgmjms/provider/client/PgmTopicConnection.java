package org.pgmjms.provider.client;

import jakarta.jms.ConnectionConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicSession;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.loss.LossListener;

/** A connection of the legacy publish/subscribe domain. */
public sealed class PgmTopicConnection extends PgmConnection implements TopicConnection permits PgmXaTopicConnection {

    /** See {@link PgmConnection}. */
    public PgmTopicConnection(
            ClientRuntime runtime,
            ConnectionSettings settings,
            @Nullable LossListener lossListener,
            @Nullable BrokerAccess broker)
            throws JMSException {
        super(runtime, settings, lossListener, broker);
    }

    @Override
    public TopicSession createTopicSession(boolean transacted, int acknowledgeMode) throws JMSException {
        AckMode mode = beforeSession(sessionMode(transacted, acknowledgeMode));
        return add(new PgmTopicSession(this, mode, nextSessionName()));
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Topic topic, @Nullable String messageSelector, ServerSessionPool sessionPool, int maxMessages)
            throws JMSException {
        return super.createConnectionConsumer(topic, messageSelector, sessionPool, maxMessages);
    }
}
