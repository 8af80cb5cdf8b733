package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.Topic;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSession;
import jakarta.jms.TopicSubscriber;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/** A session of the legacy publish/subscribe domain. Jakarta Messaging 3.1, section 9.2. */
public sealed class PgmTopicSession extends PgmSession implements TopicSession permits PgmXaTopicSession {

    PgmTopicSession(PgmConnection connection, AckMode mode, String name) {
        super(connection, mode, name);
    }

    @Override
    public TopicSubscriber createSubscriber(Topic topic) throws JMSException {
        return createSubscriber(topic, null, false);
    }

    @Override
    public TopicSubscriber createSubscriber(Topic topic, @Nullable String messageSelector, boolean noLocal)
            throws JMSException {
        MessageFilter filter = filter(topic, messageSelector, noLocal);
        return add(new PgmTopicSubscriber(this, subscriptions().toTopic(topic), filter));
    }

    @Override
    public TopicPublisher createPublisher(@Nullable Topic topic) throws JMSException {
        checkOpen();
        return add(new PgmTopicPublisher(this, topic == null ? null : Destinations.toPublish(topic, connection())));
    }

    @Override
    public QueueBrowser createBrowser(Queue queue, @Nullable String messageSelector) throws JMSException {
        throw wrongDomain("createBrowser");
    }

    @Override
    public Queue createQueue(String queueName) throws JMSException {
        throw wrongDomain("createQueue");
    }

    @Override
    public TemporaryQueue createTemporaryQueue() throws JMSException {
        throw wrongDomain("createTemporaryQueue");
    }

    private JMSException wrongDomain(String method) throws JMSException {
        checkOpen();
        return JmsExceptions.illegalState(method + " is not allowed on a TopicSession");
    }
}
