package org.pgmjms.provider.client;

import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.XAQueueSession;
import javax.transaction.xa.XAResource;

/** A session of the legacy point-to-point domain that takes part in global transactions. Jakarta Messaging 3.1, section 11.3. */
public final class PgmXaQueueSession extends PgmQueueSession implements XAQueueSession {

    PgmXaQueueSession(PgmConnection connection, String name) {
        super(connection, AckMode.GLOBAL, name);
    }

    /** This one. */
    @Override
    public Session getSession() {
        return this;
    }

    /** This one. */
    @Override
    public QueueSession getQueueSession() {
        return this;
    }

    @Override
    public XAResource getXAResource() {
        return xaResource();
    }
}
