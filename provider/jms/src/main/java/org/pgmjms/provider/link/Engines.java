package org.pgmjms.provider.link;

import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.engine.api.EngineOptions;

/**
 * The transports of this JVM, or rather of one class loader: connections with equal settings share one. A transport that
 * has sent something outlives its last connection for a while, to repair what receivers miss; a connection that is opened
 * meanwhile takes it over, the session with it. {@code System.exit} does not wait for that: there the engine ends its
 * sessions in a quarter of a second. Safe for any thread.
 *
 * <pre>
 *   --open--> IN USE --release of the last, never sent----------------------------> gone
 *             IN USE --release of the last--> LINGERING --quiet, or time over, FIN--> gone
 *                ^-----------------open------------|
 * </pre>
 */
public final class Engines implements LinkFactory {
    /** Receivers that miss something ask sooner than this; after as much silence there is nothing left to repair. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(30);

    private static final Engines SHARED = onNetwork(EngineOptions.defaults());

    private final EngineFactory engines;
    private final ThreadFactory threads;
    private final LocalSources localSources = new LocalSources();
    private final JmsLimits limits = new JmsLimits(System::nanoTime);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private final Map<LinkSettings, Entry> entries = new HashMap<>();

    /** A transport and how many links it has. Guarded by the lock. */
    private static final class Entry {
        private final LinkSettings settings;
        private final Transport transport;
        private int links;
        /** How often the transport was opened: a lingering thread notices that it was taken over. */
        private long openings;

        private Entry(LinkSettings settings, Transport transport) {
            this.settings = settings;
            this.transport = transport;
        }
    }

    /**
     * A registry of its own.
     *
     * @param engines opens an engine for each transport
     * @param threads makes the threads that wait for the end of lingering; they must not be daemons, so that a program
     *     that returns from {@code main} does not end before its messages have arrived
     */
    public Engines(EngineFactory engines, ThreadFactory threads) {
        this.engines = engines;
        this.threads = threads;
    }

    /** A registry of its own on the network: for servers that bring their threads, and for tests. */
    public static Engines onNetwork(EngineOptions options) {
        return new Engines(() -> new RealEngine(options), options.threads());
    }

    /** The registry that all connections of this class loader share. */
    public static Engines shared() {
        return SHARED;
    }

    @Override
    public void check(LinkSettings settings) throws JMSException {
        ChannelPlan.of(settings);
    }

    @Override
    public Link open(LinkSettings settings) throws JMSException {
        ChannelPlan plan = ChannelPlan.of(settings);
        lock.lock();
        try {
            Entry entry = entries.get(settings);
            if (entry == null || entry.transport.hasFailed()) {
                entry = new Entry(settings, new Transport(plan, engines, localSources, limits));
                entries.put(settings, entry);
                if (plan.channel().jmx()) {
                    limits.show();
                }
            }
            entry.links++;
            entry.openings++;
            opened.signalAll();
            Entry shared = entry;
            return new SharedLink(entry.transport, transport -> release(shared));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public JmsLimits limits() {
        return limits;
    }

    /** The transports that are in use or linger. */
    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    private void release(Entry entry) {
        long openings;
        lock.lock();
        try {
            entry.links--;
            if (entry.links > 0) {
                return;
            }
            openings = entry.openings;
            entry.transport.stopReceiving();
            if (!entry.transport.hasSource() || entry.transport.hasFailed()) {
                forget(entry);
            }
        } finally {
            lock.unlock();
        }
        if (isForgotten(entry)) {
            entry.transport.close(Transport.finTimeout());
        } else {
            linger(entry, openings);
        }
    }

    private void linger(Entry entry, long openings) {
        boolean interrupted = false;
        try {
            entry.transport.flush(FLUSH_TIMEOUT);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        Thread lingering = threads.newThread(() -> {
            if (awaitEnd(entry, openings)) {
                entry.transport.close(Transport.finTimeout());
            }
        });
        lingering.setName("pgmjms-linger");
        lingering.setContextClassLoader(Engines.class.getClassLoader());
        lingering.start();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until nobody asks any more; false when the transport was taken over. */
    private boolean awaitEnd(Entry entry, long openings) {
        long startNs = System.nanoTime();
        long lingerNs = entry.transport.linger().toNanos();
        lock.lock();
        try {
            while (entry.openings == openings) {
                long ageNs = System.nanoTime() - startNs;
                long quietNs = Math.min(ageNs, entry.transport.upstreamQuietNs());
                long leftNs = Math.min(lingerNs - ageNs, QUIET.toNanos() - quietNs);
                if (leftNs <= 0) {
                    forget(entry);
                    return true;
                }
                opened.awaitNanos(leftNs);
            }
            return false;
        } catch (InterruptedException e) {
            boolean mine = entry.openings == openings;
            if (mine) {
                forget(entry);
            }
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Entry entry) {
        entries.remove(entry.settings, entry);
        entry.links = -1;
        if (entries.isEmpty()) {
            limits.hide();
        }
    }

    private boolean isForgotten(Entry entry) {
        lock.lock();
        try {
            return entry.links < 0;
        } finally {
            lock.unlock();
        }
    }
}
