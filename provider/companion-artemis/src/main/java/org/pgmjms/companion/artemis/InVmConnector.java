package org.pgmjms.companion.artemis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnector;
import org.apache.activemq.artemis.core.server.ActiveMQComponent;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ClientConnectionLifeCycleListener;
import org.apache.activemq.artemis.spi.core.remoting.ClientProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Connection;
import org.apache.activemq.artemis.utils.actors.OrderedExecutorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a broker of the same JVM by threads of its client, which are daemons. The connectors of Artemis share a pool
 * of threads that keep the JVM for a minute after their last use. Safe for any thread.
 */
final class InVmConnector extends InVMConnector {
    private final BufferHandler handler;
    private final ClientConnectionLifeCycleListener owner;
    private final Executor ends;
    private final OrderedExecutorFactory arrivals;
    private final Map<Object, Connection> connections = new ConcurrentHashMap<>();

    InVmConnector(
            Map<String, Object> configuration,
            BufferHandler handler,
            ClientConnectionLifeCycleListener owner,
            Executor ends,
            Executor threads,
            ClientProtocolManager protocol) {
        super(configuration, handler, owner, ends, threads, protocol);
        this.handler = handler;
        this.owner = owner;
        this.ends = ends;
        this.arrivals = new OrderedExecutorFactory(threads);
    }

    @Override
    public @Nullable Connection createConnection() {
        if (!(getAcceptor() instanceof InVMAcceptor acceptor) || !acceptor.isStarted()) {
            return null;
        }
        Connection connection = internalCreateConnection(
                acceptor.getHandler(),
                new Watch(acceptor),
                acceptor.getExecutorFactory().getExecutor());
        acceptor.connect((String) connection.getID(), handler, this, arrivals.getExecutor());
        return connection;
    }

    @Override
    public void disconnect(String connectionId) {
        Connection connection = connections.get(connectionId);
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public synchronized void close() {
        if (isStarted()) {
            connections.keySet().forEach(id -> owner.connectionDestroyed(id, false));
        }
        super.close();
    }

    /** Keeps both ends of a connection alike; tells the owner by other threads, as it may be waiting for this one. */
    private final class Watch implements ClientConnectionLifeCycleListener {
        private final InVMAcceptor acceptor;

        Watch(InVMAcceptor acceptor) {
            this.acceptor = acceptor;
        }

        @Override
        public void connectionCreated(
                @Nullable ActiveMQComponent component, Connection connection, ClientProtocolManager protocol) {
            connections.put(connection.getID(), connection);
            owner.connectionCreated(component, connection, protocol);
        }

        @Override
        public void connectionDestroyed(Object connectionId, boolean failed) {
            if (connections.remove(connectionId) != null) {
                acceptor.disconnect((String) connectionId);
                ends.execute(() -> owner.connectionDestroyed(connectionId, failed));
            }
        }

        @Override
        public void connectionException(Object connectionId, ActiveMQException cause) {
            ends.execute(() -> owner.connectionException(connectionId, cause));
        }

        @Override
        public void connectionReadyForWrites(Object connectionId, boolean ready) {}
    }
}
