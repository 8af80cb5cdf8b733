package org.pgmjms.provider.client;

import jakarta.jms.Session;
import jakarta.jms.XASession;
import javax.transaction.xa.XAResource;

/** A session that takes part in global transactions. Jakarta Messaging 3.1, section 11.3. */
public final class PgmXaSession extends PgmSession implements XASession {

    PgmXaSession(PgmConnection connection, String name) {
        super(connection, AckMode.GLOBAL, name);
    }

    /** This one. */
    @Override
    public Session getSession() {
        return this;
    }

    @Override
    public XAResource getXAResource() {
        return xaResource();
    }
}
