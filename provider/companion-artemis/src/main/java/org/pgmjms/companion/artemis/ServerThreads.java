package org.pgmjms.companion.artemis;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.server.ServiceRegistry;

/** The threads of an embedded broker: all of them daemons, so that no JVM runs on because of one. */
final class ServerThreads implements AutoCloseable {
    private static final int SCHEDULED = 2;
    private static final int PAGING = 5;
    private static final long KEPT_SECONDS = 60;

    private final ExecutorService general = growing("pgmjms-broker");
    private final ExecutorService journal = growing("pgmjms-broker-journal");
    private final ExecutorService paging = Executors.newFixedThreadPool(PAGING, daemons("pgmjms-broker-paging"));
    private final ScheduledThreadPoolExecutor scheduled =
            new ScheduledThreadPoolExecutor(SCHEDULED, daemons("pgmjms-broker-scheduled"));

    ServerThreads() {
        scheduled.setRemoveOnCancelPolicy(true);
    }

    private static ExecutorService growing(String name) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEPT_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name));
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger numbers = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(ServerThreads.class.getClassLoader());
            return thread;
        };
    }

    /** Lets a server use them, in place of its own. */
    void serve(ServiceRegistry registry) {
        registry.setExecutorService(general);
        registry.setIOExecutorService(journal);
        registry.setPageExecutorService(paging);
        registry.setScheduledExecutorService(scheduled);
    }

    /** For connections within the JVM. */
    ExecutorService general() {
        return general;
    }

    /** When the server has stopped. */
    @Override
    public void close() {
        general.shutdown();
        journal.shutdown();
        paging.shutdown();
        scheduled.shutdownNow();
    }
}
