package org.pgmjms.provider.sim;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.XAConnection;
import java.util.List;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.PgmXAConnectionFactory;
import org.pgmjms.provider.TestProvider;
import org.pgmjms.provider.client.Branches;
import org.pgmjms.provider.client.ClientIds;
import org.pgmjms.provider.client.ClientRuntime;
import org.pgmjms.provider.client.PersistentWarnings;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.client.SharedSubscriptions;
import org.pgmjms.provider.link.Engines;

/** A JVM of its own on a simulated network, as far as the provider can tell: it shares nothing with others. */
final class SimulatedProcess {
    /** No real time may pass: nothing waits for discovery, for room, or for stragglers. */
    private static final String URL =
            "epgm://lo;239.192.0.1:" + SimNetwork.PORT + "?jms.joinTimeout=0&jms.sendTimeout=0&pgm.linger=0&";

    private final String name;
    private final SimulatedEngines engines;
    private final ClientRuntime runtime;

    SimulatedProcess(SimNetwork network, String name) {
        this(List.of(network), name);
    }

    /** On several networks, of which each carries one group: 239.192.0.1, 239.192.0.2 and so on. */
    SimulatedProcess(List<SimNetwork> networks, String name) {
        this.name = name;
        SimNetwork network = networks.get(0);
        engines = new SimulatedEngines(networks, name);
        runtime = new ClientRuntime(
                new Engines(engines, AtOnce::new),
                new SimulatedClock(network.world()),
                new SimulatedWorkers(network.world(), network.fork()),
                new ClientIds(),
                new SharedSubscriptions(),
                new PersistentWarnings(),
                new Branches());
    }

    /** What waits for the end of lingering; without linger time it has nothing to wait for. */
    private static final class AtOnce extends Thread {
        private final Runnable task;

        AtOnce(Runnable task) {
            this.task = task;
        }

        @Override
        public synchronized void start() {
            task.run();
        }
    }

    /** A started connection with options. */
    PgmConnection connection(String options) throws JMSException {
        PgmConnection connection =
                (PgmConnection) TestProvider.factory(URL + options, runtime).createConnection();
        connection.start();
        return connection;
    }

    /** The same, with a companion broker. */
    PgmConnection connection(String options, ConnectionFactory broker) throws JMSException {
        PgmConnectionFactory factory = TestProvider.factory(URL + options, runtime);
        factory.setBrokerConnectionFactory(broker);
        PgmConnection connection = (PgmConnection) factory.createConnection();
        connection.start();
        return connection;
    }

    /** A started connection for global transactions. */
    XAConnection xaConnection(String options, ConnectionFactory broker) throws JMSException {
        PgmXAConnectionFactory factory = TestProvider.xaFactory(URL + options, runtime);
        factory.setBrokerConnectionFactory(broker);
        XAConnection connection = factory.createXAConnection();
        connection.start();
        return connection;
    }

    String name() {
        return name;
    }

    List<SimNode> hosts() {
        return engines.hosts();
    }

    long heldBytes() {
        return engines.heldBytes();
    }
}
