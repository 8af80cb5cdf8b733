package org.pgmjms.provider.client;

import jakarta.jms.Session;
import jakarta.jms.TopicSession;
import jakarta.jms.XATopicSession;
import javax.transaction.xa.XAResource;

/** A session of the legacy publish/subscribe domain that takes part in global transactions. Jakarta Messaging 3.1, section 11.3. */
public final class PgmXaTopicSession extends PgmTopicSession implements XATopicSession {

    PgmXaTopicSession(PgmConnection connection, String name) {
        super(connection, AckMode.GLOBAL, name);
    }

    /** This one. */
    @Override
    public Session getSession() {
        return this;
    }

    /** This one. */
    @Override
    public TopicSession getTopicSession() {
        return this;
    }

    @Override
    public XAResource getXAResource() {
        return xaResource();
    }
}
