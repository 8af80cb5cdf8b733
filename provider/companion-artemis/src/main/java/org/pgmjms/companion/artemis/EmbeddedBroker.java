package org.pgmjms.companion.artemis;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.companion.ConnectionFactoryBroker;

/** One user's hold on a broker of this JVM, which trusts everybody in it. Safe for any thread. */
final class EmbeddedBroker implements CompanionBroker {
    private final ActiveMQJMSConnectionFactory factory;
    private final ConnectionFactoryBroker broker;
    private final long brokerId;
    private final Runnable release;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    EmbeddedBroker(EmbeddedServer server, Runnable release) {
        this.factory = server.newFactory();
        this.brokerId = server.brokerId();
        this.broker = new ConnectionFactoryBroker(factory, brokerId);
        this.release = release;
    }

    @Override
    public long brokerId() {
        return brokerId;
    }

    @Override
    public Connection connect(@Nullable String user, @Nullable String password, @Nullable String clientId)
            throws JMSException {
        return broker.connect(null, null, clientId);
    }

    @Override
    public XAConnection connectXa(@Nullable String user, @Nullable String password, @Nullable String clientId)
            throws JMSException {
        return broker.connectXa(null, null, clientId);
    }

    @Override
    public Destination toBroker(Destination ours, Session session) throws JMSException {
        return broker.toBroker(ours, session);
    }

    @Override
    public Destination fromBroker(Destination theirs) throws JMSException {
        return broker.fromBroker(theirs);
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            factory.close();
            release.run();
        }
    }
}
