package org.pgmjms.provider.client;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.XAJMSContext;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;

/**
 * A connection and a session in one, which takes part in global transactions. Contexts that are made of it do not. It
 * connects to the companion broker when that is first needed, so that its client identifier can still be set. Jakarta
 * Messaging 3.1, section 11.3.
 */
public final class PgmXaJmsContext extends PgmJmsContext implements XAJMSContext {
    private final PgmXaSession session;

    /** The first context of a connection, which the last one closes. */
    public static XAJMSContext first(PgmXaConnection connection) {
        try {
            PgmXaSession session = new PgmXaSession(connection, connection.nextSessionName());
            return new PgmXaJmsContext(connection, connection.add(session));
        } catch (JMSException | RuntimeException e) {
            throw closing(connection, e);
        }
    }

    private PgmXaJmsContext(PgmXaConnection connection, PgmXaSession session) {
        super(connection, new AtomicInteger(), session);
        this.session = session;
    }

    /** This one. */
    @Override
    public JMSContext getContext() {
        return this;
    }

    @Override
    public XAResource getXAResource() {
        return session.xaResource();
    }
}
