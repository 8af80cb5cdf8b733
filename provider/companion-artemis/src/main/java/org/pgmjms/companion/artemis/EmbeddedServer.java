package org.pgmjms.companion.artemis;

import io.netty.util.internal.PlatformDependent;
import jakarta.jms.JMSException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.impl.ServiceRegistryImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.apache.activemq.artemis.spi.core.remoting.AcceptorFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker that runs in this JVM, with its journal in one directory. Stopped when the JVM exits, if not before. Safe for
 * any thread.
 */
final class EmbeddedServer {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    /** Far from the numbers that applications give to brokers of their own. */
    private static final AtomicInteger NUMBERS = new AtomicInteger(0x5047_0000);

    private final EmbeddedUrl url;
    private final DataDirLock directory;
    private final ServerThreads threads;
    private final UserCheck users;
    private final int number;
    private final ActiveMQServer server;
    private final CrashMark crashMark;
    private final Thread exitHook;
    private final ReentrantLock stopping = new ReentrantLock();
    private boolean isStopped;
    private volatile boolean isStarted;

    private EmbeddedServer(EmbeddedUrl url, DataDirLock directory) throws JMSException {
        this.url = url;
        this.directory = directory;
        this.threads = new ServerThreads();
        this.users = new UserCheck(url.users());
        this.number = NUMBERS.incrementAndGet();
        this.server = newServer();
        this.crashMark = CrashMark.on(server, url.dataDir());
        server.registerBrokerPlugin(new ClientDeaths());
        this.exitHook = new Thread(this::stop, "pgmjms-broker-exit");
    }

    private ActiveMQServer newServer() throws JMSException {
        ServiceRegistryImpl registry = new ServiceRegistryImpl();
        threads.serve(registry);
        registry.addAcceptorFactory(ServerConfiguration.IN_VM, inVm());
        try {
            return new ActiveMQServerImpl(ServerConfiguration.of(url, number), null, users, null, registry);
        } catch (Exception e) {
            throw Failures.broker("The embedded broker cannot be configured: " + e, e);
        }
    }

    /** As Artemis' own, but with daemons. */
    @SuppressWarnings("rawtypes") // of Artemis' interface
    private AcceptorFactory inVm() {
        return (name, cluster, parameters, handler, listener, pool, scheduled, protocols, group, metrics) ->
                new InVMAcceptor(name, cluster, parameters, handler, listener, protocols, threads.general());
    }

    /**
     * Starts one.
     *
     * @throws JMSException if the directory is in use or the broker cannot start; names the directory, or the option
     *     that the JVM lacks
     */
    static EmbeddedServer start(EmbeddedUrl url) throws JMSException {
        checkBuffers();
        DataDirLock directory = DataDirLock.take(url.dataDir());
        EmbeddedServer started = null;
        try {
            EmbeddedServer server = new EmbeddedServer(url, directory);
            server.start();
            started = server;
            return server;
        } finally {
            if (started == null) {
                directory.close();
            }
        }
    }

    /** Artemis' journal frees buffers that it has allocated itself; Netty can do that only if it may use Unsafe. */
    private static void checkBuffers() throws JMSException {
        if (!PlatformDependent.hasUnsafe()) {
            throw Failures.broker(
                    "An embedded broker needs -Dio.netty.noUnsafe=false on the command line of this JVM, Java "
                            + Runtime.version().feature()
                            + ": otherwise Artemis cannot free the buffers of its journal",
                    null);
        }
    }

    private void start() throws JMSException {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        server.registerActivationFailureListener(failure::set);
        inDaemon(() -> {
            try {
                server.start();
            } catch (Exception e) {
                failure.set(e);
            }
        });
        Exception cause = failure.get();
        if (cause != null || !server.isActive()) {
            stop();
            throw Failures.broker(
                    "The embedded broker with dataDir=" + url.dataDir()
                            + (url.listen() == null ? "" : " and listen=" + url.listen())
                            + " does not start: " + cause,
                    cause);
        }
        try {
            Runtime.getRuntime().addShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            stop();
            throw Failures.broker("The JVM is exiting: no embedded broker starts any more", e);
        }
        isStarted = true;
        LOG.info(
                "Embedded broker {} runs on {}{}",
                server.getNodeID(),
                url.dataDir(),
                url.listen() == null ? "" : " and listens on " + url.listen());
    }

    /** Threads that Artemis makes of its own are daemons if the thread is one that makes them. */
    private static void inDaemon(Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        done.countDown();
                    }
                },
                "pgmjms-broker-start");
        thread.setDaemon(true);
        thread.setContextClassLoader(EmbeddedServer.class.getClassLoader());
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    EmbeddedUrl url() {
        return url;
    }

    /** Whether it serves; it does not any more when its disk has failed. */
    boolean isActive() {
        return server.isActive();
    }

    /** Which broker it is, see {@link BrokerIds}: kept with the journal. */
    long brokerId() {
        return BrokerIds.of(server.getNodeID().toString());
    }

    /** A factory of connections to it. */
    ActiveMQJMSConnectionFactory newFactory() {
        ActiveMQJMSConnectionFactory factory = new ActiveMQJMSConnectionFactory(
                false,
                new TransportConfiguration(
                        InVmConnectorFactory.class.getName(), Map.of(TransportConstants.SERVER_ID_PROP_NAME, number)));
        ClientFactories.prepare(factory);
        factory.setUser(users.user());
        factory.setPassword(users.secret());
        return factory;
    }

    /** Closes the journal and lets go of the directory; a second call waits for the first. */
    void stop() {
        stopping.lock();
        try {
            if (isStopped) {
                return;
            }
            isStopped = true;
            boolean hasFailed = isStarted && !isActive();
            server.stop();
            if (!hasFailed) {
                crashMark.onStopped();
            }
        } catch (Exception e) {
            LOG.warn("The embedded broker on {} did not stop properly", url.dataDir(), e);
        } finally {
            threads.close();
            directory.close();
            stopping.unlock();
        }
    }

    /** Takes the JVM's exit for somebody else's matter. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is exiting, and stops the embedded broker too", e);
        }
    }
}
