package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;
import org.pgmjms.provider.destination.PgmTopic;

/** A consumer of the legacy publish/subscribe domain. */
public final class PgmTopicSubscriber extends PgmMessageConsumer implements TopicSubscriber {

    PgmTopicSubscriber(PgmSession session, PgmTopic topic) {
        super(session, topic);
    }

    @Override
    public Topic getTopic() throws JMSException {
        getMessageSelector();
        return topic();
    }

    @Override
    public boolean getNoLocal() throws JMSException {
        getMessageSelector();
        return false;
    }
}
