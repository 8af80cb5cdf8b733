package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;

/** A consumer of the legacy publish/subscribe domain. */
public final class PgmTopicSubscriber extends PgmMessageConsumer implements TopicSubscriber {
    private final TopicSubscription subscription;

    PgmTopicSubscriber(PgmSession session, TopicSubscription subscription, MessageFilter filter) {
        super(session, subscription, filter);
        this.subscription = subscription;
    }

    @Override
    public Topic getTopic() throws JMSException {
        getMessageSelector();
        return subscription.destination();
    }

    @Override
    public boolean getNoLocal() throws JMSException {
        getMessageSelector();
        return filter().isNoLocal();
    }
}
