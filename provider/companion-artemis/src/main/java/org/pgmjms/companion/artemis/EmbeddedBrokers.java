package org.pgmjms.companion.artemis;

import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The embedded brokers of this JVM: one for each data directory, shared by all that open it, which runs on for a while
 * after the last of them has closed. Nothing is left of it when none runs. Safe for any thread.
 */
final class EmbeddedBrokers {
    static final EmbeddedBrokers OF_THIS_JVM = new EmbeddedBrokers();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Path, Shared> running = new HashMap<>();

    private EmbeddedBrokers() {}

    /** A running broker and how many use it. Guarded by the lock. */
    private final class Shared {
        private final EmbeddedServer server;
        private final Condition changed = lock.newCondition();
        private int users;
        private long endNs;
        private @Nullable Thread watch;

        Shared(EmbeddedServer server) {
            this.server = server;
        }
    }

    /**
     * The broker with a URL, started now unless it runs.
     *
     * @param lingerMillis how long it runs on after it was closed, if nobody else uses it
     */
    EmbeddedBroker open(EmbeddedUrl url, long lingerMillis) throws JMSException {
        lock.lock();
        try {
            Shared shared = running.get(url.dataDir());
            if (shared != null && !shared.server.isActive()) {
                end(shared);
                shared = null;
            }
            if (shared == null) {
                shared = new Shared(EmbeddedServer.start(url));
                running.put(url.dataDir(), shared);
            } else if (!shared.server.url().equals(url)) {
                throw Failures.setting(
                        "The embedded broker with dataDir=" + url.dataDir() + " runs with other parameters: "
                                + shared.server.url() + ", not " + url,
                        null);
            }
            shared.users++;
            Shared mine = shared;
            return EmbeddedBroker.on(mine.server, () -> release(mine, TimeUnit.MILLISECONDS.toNanos(lingerMillis)));
        } finally {
            lock.unlock();
        }
    }

    private void release(Shared shared, long lingerNs) {
        lock.lock();
        try {
            shared.users--;
            if (shared.users > 0 || isGone(shared)) {
                return;
            }
            shared.endNs = System.nanoTime() + lingerNs;
            if (lingerNs == 0) {
                end(shared);
            } else if (shared.watch == null) {
                shared.watch = watch(shared);
            }
            shared.changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isGone(Shared shared) {
        return running.get(shared.server.url().dataDir()) != shared;
    }

    private void end(Shared shared) {
        running.remove(shared.server.url().dataDir());
        shared.server.stop();
        shared.server.forget();
    }

    /** A daemon: a JVM that exits meanwhile stops the broker itself. */
    private Thread watch(Shared shared) {
        Thread watch = new Thread(() -> endInTime(shared), "pgmjms-broker-linger");
        watch.setDaemon(true);
        watch.setContextClassLoader(EmbeddedBrokers.class.getClassLoader());
        watch.start();
        return watch;
    }

    private void endInTime(Shared shared) {
        lock.lock();
        try {
            while (!isGone(shared)) {
                long leftNs = shared.endNs - System.nanoTime();
                if (shared.users > 0) {
                    shared.changed.await();
                } else if (leftNs > 0) {
                    shared.changed.awaitNanos(leftNs);
                } else {
                    end(shared);
                }
            }
        } catch (InterruptedException e) {
            end(shared);
        } finally {
            lock.unlock();
        }
    }
}
