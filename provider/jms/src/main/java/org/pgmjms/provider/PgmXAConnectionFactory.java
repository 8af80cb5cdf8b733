package org.pgmjms.provider;

import jakarta.jms.JMSException;
import jakarta.jms.XAConnection;
import jakarta.jms.XAJMSContext;
import jakarta.jms.XAQueueConnection;
import jakarta.jms.XAQueueConnectionFactory;
import jakarta.jms.XATopicConnection;
import jakarta.jms.XATopicConnectionFactory;
import java.io.Serial;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.client.ClientRuntime;
import org.pgmjms.provider.client.PgmXaConnection;
import org.pgmjms.provider.client.PgmXaJmsContext;
import org.pgmjms.provider.client.PgmXaQueueConnection;
import org.pgmjms.provider.client.PgmXaTopicConnection;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Makes connections whose sessions take part in global transactions, which a transaction manager ends (Jakarta Messaging
 * 3.1, section 11.3). It has the settings of {@link PgmConnectionFactory}, and needs a companion broker with XA
 * connections: {@code broker.url}, {@code broker.connectionFactory} or {@link #setBrokerConnectionFactory}. Without one
 * its XA methods throw a {@code JMSException} with the code {@code PGM_4002}. Limits are in docs/companion.md.
 *
 * <p>Connections that are made by the methods without XA are the same as those of a {@code PgmConnectionFactory}.
 *
 * <p>Configure it from one thread; then it may make connections from any.
 */
public final class PgmXAConnectionFactory extends PgmConnectionFactory
        implements XATopicConnectionFactory, XAQueueConnectionFactory {
    @Serial
    private static final long serialVersionUID = 1;

    /** A factory for the default network, and still without a companion broker. */
    public PgmXAConnectionFactory() {}

    /** A factory for the network with this URL, which may name the companion broker, too. */
    public PgmXAConnectionFactory(String url) {
        setUrl(Objects.requireNonNull(url, "url"));
    }

    /** A factory whose connections live on other clocks, threads and transports than this JVM's. */
    PgmXAConnectionFactory(String url, ClientRuntime runtime) {
        super(url, runtime);
    }

    /** See {@link PgmConnectionFactory}. */
    PgmXAConnectionFactory(Map<String, String> properties, ClientRuntime runtime) {
        super(properties, runtime);
    }

    /**
     * A factory with these properties, as in {@link PgmConnectionFactory#of}.
     *
     * @throws IllegalArgumentException if a name is unknown, or given in two spellings; names the nearest known
     */
    public static PgmXAConnectionFactory of(Map<String, String> properties) {
        PgmXAConnectionFactory factory = new PgmXAConnectionFactory();
        factory.setAll(properties);
        return factory;
    }

    @Override
    public XAConnection createXAConnection() throws JMSException {
        return createXAConnection(getUserName(), getPassword());
    }

    /** See {@link #createConnection(String, String)}. */
    @Override
    public XAConnection createXAConnection(@Nullable String userName, @Nullable String password) throws JMSException {
        return connect(userName, password, true, PgmXaConnection::new);
    }

    @Override
    public XATopicConnection createXATopicConnection() throws JMSException {
        return createXATopicConnection(getUserName(), getPassword());
    }

    @Override
    public XATopicConnection createXATopicConnection(@Nullable String userName, @Nullable String password)
            throws JMSException {
        return connect(userName, password, true, PgmXaTopicConnection::new);
    }

    @Override
    public XAQueueConnection createXAQueueConnection() throws JMSException {
        return createXAQueueConnection(getUserName(), getPassword());
    }

    @Override
    public XAQueueConnection createXAQueueConnection(@Nullable String userName, @Nullable String password)
            throws JMSException {
        return connect(userName, password, true, PgmXaQueueConnection::new);
    }

    @Override
    public XAJMSContext createXAContext() {
        return createXAContext(getUserName(), getPassword());
    }

    @Override
    public XAJMSContext createXAContext(@Nullable String userName, @Nullable String password) {
        try {
            return PgmXaJmsContext.first(connect(userName, password, true, PgmXaConnection::new));
        } catch (JMSException e) {
            throw JmsExceptions.unchecked(e);
        }
    }
}
