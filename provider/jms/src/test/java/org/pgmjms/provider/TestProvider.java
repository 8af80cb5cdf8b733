package org.pgmjms.provider;

import jakarta.jms.JMSException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pgmjms.provider.client.ClientRuntime;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.testing.InMemoryNetwork;
import org.pgmjms.provider.testing.VirtualClock;

/** Connection factories on a network in memory and a clock that the test moves; knows every thread they started. */
public final class TestProvider implements AutoCloseable {
    private static final String URL = "epgm://lo;239.192.0.1:7500";

    private final InMemoryNetwork network = new InMemoryNetwork();
    private final VirtualClock clock = new VirtualClock();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<PgmConnection> connections = new CopyOnWriteArrayList<>();
    private final ClientRuntime runtime = ClientRuntime.of(network, clock, task -> {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    });

    /** A factory in any surroundings. */
    public static PgmConnectionFactory factory(String url, ClientRuntime runtime) {
        return new PgmConnectionFactory(url, runtime);
    }

    /** The same for global transactions. */
    public static PgmXAConnectionFactory xaFactory(String url, ClientRuntime runtime) {
        return new PgmXAConnectionFactory(url, runtime);
    }

    public InMemoryNetwork network() {
        return network;
    }

    public VirtualClock clock() {
        return clock;
    }

    /** Every thread that was started, in order. */
    public List<Thread> threads() {
        return threads;
    }

    public PgmConnectionFactory factory() {
        return factory("");
    }

    /** A factory with options, such as {@code jms.lossPolicy=mark}. */
    public PgmConnectionFactory factory(String options) {
        return new PgmConnectionFactory(URL + "?" + options, runtime);
    }

    /** A factory for global transactions, with options. */
    public PgmXAConnectionFactory xaFactory(String options) {
        return new PgmXAConnectionFactory(URL + "?" + options, runtime);
    }

    /** A started connection, closed with the provider. */
    public PgmConnection connection() throws JMSException {
        return connection("");
    }

    /** A started connection with options, closed with the provider. */
    public PgmConnection connection(String options) throws JMSException {
        PgmConnection connection = (PgmConnection) factory(options).createConnection();
        connections.add(connection);
        connection.start();
        return connection;
    }

    @Override
    public void close() throws JMSException {
        for (PgmConnection connection : connections) {
            connection.close();
        }
    }
}
