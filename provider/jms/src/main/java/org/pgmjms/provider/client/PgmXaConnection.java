package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.loss.LossListener;

/**
 * A connection whose XA sessions take part in global transactions; its other sessions do not. Jakarta Messaging 3.1, section 11.3.
 */
public final class PgmXaConnection extends PgmConnection implements XAConnection {

    /** See {@link PgmConnection}; with a companion broker. */
    public PgmXaConnection(
            ClientRuntime runtime,
            ConnectionSettings settings,
            @Nullable LossListener lossListener,
            @Nullable BrokerAccess broker)
            throws JMSException {
        super(runtime, settings, lossListener, broker);
    }

    /**
     * A session for global transactions; connects to the companion broker.
     *
     * @throws JMSException also if the broker makes no sessions of that kind
     */
    @Override
    public XASession createXASession() throws JMSException {
        return addXa(new PgmXaSession(this, nextSessionName()));
    }
}
