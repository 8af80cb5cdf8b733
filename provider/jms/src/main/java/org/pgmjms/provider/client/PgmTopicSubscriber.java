package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;

/** A consumer of the legacy publish/subscribe domain. */
public final class PgmTopicSubscriber extends PgmMessageConsumer implements TopicSubscriber {
    PgmTopicSubscriber(PgmSession session, Subscription topic, MessageFilter filter) {
        super(session, topic, filter);
    }

    @Override
    public Topic getTopic() throws JMSException {
        getMessageSelector();
        return (Topic) destination();
    }

    @Override
    public boolean getNoLocal() throws JMSException {
        getMessageSelector();
        return filter().isNoLocal();
    }
}
