package org.pgmjms.companion.artemis;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.XAConnection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.companion.ConnectionFactoryBroker;

/** One user's hold on a broker of this JVM, which trusts everybody in it. Safe for any thread. */
final class EmbeddedBroker extends ArtemisBroker {
    private final ActiveMQJMSConnectionFactory factory;
    private final Runnable release;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private EmbeddedBroker(ActiveMQJMSConnectionFactory factory, long brokerId, Runnable release) {
        super(new ConnectionFactoryBroker(factory, brokerId));
        this.factory = factory;
        this.release = release;
    }

    /** A hold on a server; {@code release} runs once, when it is closed. */
    static EmbeddedBroker on(EmbeddedServer server, Runnable release) {
        return new EmbeddedBroker(server.newFactory(), server.brokerId(), release);
    }

    @Override
    public Connection connect(@Nullable String user, @Nullable String password, @Nullable String clientId)
            throws JMSException {
        return super.connect(null, null, clientId);
    }

    @Override
    public XAConnection connectXa(@Nullable String user, @Nullable String password, @Nullable String clientId)
            throws JMSException {
        return super.connectXa(null, null, clientId);
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            factory.close();
            release.run();
        }
    }
}
