package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueReceiver;
import jakarta.jms.QueueSender;
import jakarta.jms.QueueSession;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * A session of the legacy point-to-point domain: refuses what is for topics. Jakarta
 * Messaging 3.1, section 9.2.
 */
public sealed class PgmQueueSession extends PgmSession implements QueueSession permits PgmXaQueueSession {

    PgmQueueSession(PgmConnection connection, AckMode mode, String name) {
        super(connection, mode, name);
    }

    @Override
    public QueueReceiver createReceiver(Queue queue) throws JMSException {
        return createReceiver(queue, null);
    }

    @Override
    public QueueReceiver createReceiver(Queue queue, @Nullable String messageSelector) throws JMSException {
        MessageFilter filter = filter(queue, messageSelector, false);
        return add(new PgmQueueReceiver(this, subscriptions().toQueue(queue, this), filter));
    }

    @Override
    public QueueSender createSender(@Nullable Queue queue) throws JMSException {
        checkOpen();
        return add(new PgmQueueSender(this, queue == null ? null : Destinations.toPublish(queue, connection())));
    }

    @Override
    public TopicSubscriber createDurableSubscriber(
            Topic topic, String name, @Nullable String messageSelector, boolean noLocal) throws JMSException {
        throw wrongDomain("createDurableSubscriber");
    }

    @Override
    public MessageConsumer createDurableConsumer(
            Topic topic, String name, @Nullable String messageSelector, boolean noLocal) throws JMSException {
        throw wrongDomain("createDurableConsumer");
    }

    @Override
    public MessageConsumer createSharedConsumer(
            Topic topic, String sharedSubscriptionName, @Nullable String messageSelector) throws JMSException {
        throw wrongDomain("createSharedConsumer");
    }

    @Override
    public MessageConsumer createSharedDurableConsumer(Topic topic, String name, @Nullable String messageSelector)
            throws JMSException {
        throw wrongDomain("createSharedDurableConsumer");
    }

    @Override
    public TemporaryTopic createTemporaryTopic() throws JMSException {
        throw wrongDomain("createTemporaryTopic");
    }

    @Override
    public Topic createTopic(String topicName) throws JMSException {
        throw wrongDomain("createTopic");
    }

    @Override
    public void unsubscribe(String name) throws JMSException {
        throw wrongDomain("unsubscribe");
    }

    private JMSException wrongDomain(String method) throws JMSException {
        checkOpen();
        return JmsExceptions.illegalState(method + " is not allowed on a QueueSession");
    }
}
