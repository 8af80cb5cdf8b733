package org.pgmjms.provider.companion;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XAConnectionFactory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * The broker behind any provider's connection factory. Queues and topics have the same names there. The factory has to
 * make connections of its own: one that pools them shares client identifiers and {@code noLocal} among strangers. Safe
 * for any thread, as connection factories are.
 */
public final class ConnectionFactoryBroker implements CompanionBroker {
    private final ConnectionFactory factory;
    private final long brokerId;

    /** The broker that a factory leads to, which cannot be told from others. */
    public ConnectionFactoryBroker(ConnectionFactory factory) {
        this(factory, UNKNOWN_ID);
    }

    /** The broker with this number, see {@link #brokerId}, that a factory leads to. */
    public ConnectionFactoryBroker(ConnectionFactory factory, long brokerId) {
        if (brokerId == 0) {
            throw new IllegalArgumentException("A broker's number is not 0, which stands for none");
        }
        this.factory = Objects.requireNonNull(factory, "factory");
        this.brokerId = brokerId;
    }

    @Override
    public long brokerId() {
        return brokerId;
    }

    @Override
    public Connection connect(@Nullable String user, @Nullable String password, @Nullable String clientId)
            throws JMSException {
        return named(user == null ? factory.createConnection() : factory.createConnection(user, password), clientId);
    }

    @Override
    public XAConnection connectXa(@Nullable String user, @Nullable String password, @Nullable String clientId)
            throws JMSException {
        if (!(factory instanceof XAConnectionFactory xa)) {
            throw JmsExceptions.brokerFailed(
                    "The companion broker's connection factory makes no XA connections: "
                            + factory.getClass().getName(),
                    null);
        }
        return named(user == null ? xa.createXAConnection() : xa.createXAConnection(user, password), clientId);
    }

    private static <C extends Connection> C named(C connection, @Nullable String clientId) throws JMSException {
        if (clientId == null) {
            return connection;
        }
        boolean named = false;
        try {
            connection.setClientID(clientId);
            named = true;
            return connection;
        } finally {
            if (!named) {
                connection.close();
            }
        }
    }

    @Override
    public Destination toBroker(Destination ours, Session session) throws JMSException {
        if (!(ours instanceof PgmDestination destination) || destination.isTemporary()) {
            throw JmsExceptions.invalidDestination("Not a queue or topic that a broker could have: " + ours);
        }
        return destination instanceof PgmQueue
                ? session.createQueue(destination.name())
                : session.createTopic(destination.name());
    }

    /** A temporary queue of the broker is a queue like others here, so that it can be replied to by its name. */
    @Override
    public Destination fromBroker(Destination theirs) throws JMSException {
        PgmDestination ours = PgmDestination.convert(theirs);
        if (ours == null || ours.kind() == PgmDestination.Kind.TEMPORARY_TOPIC) {
            throw JmsExceptions.invalidDestination("Neither a topic nor a queue that can be used here: " + theirs);
        }
        return ours.kind() == PgmDestination.Kind.TEMPORARY_QUEUE ? new PgmQueue(ours.name()) : ours;
    }

    /** Does nothing: the factory is its owner's. */
    @Override
    public void close() {}
}
