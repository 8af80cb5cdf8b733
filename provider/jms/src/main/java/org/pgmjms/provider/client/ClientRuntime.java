package org.pgmjms.provider.client;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.link.LinkFactory;

/**
 * What connections need of their surroundings; tests give another one. Safe for any thread.
 *
 * @param links transports
 * @param clock time
 * @param workers threads
 * @param clientIds the client identifiers in use
 * @param sharedSubscriptions the shared non-durable subscriptions in use
 * @param persistentWarnings which topics PERSISTENT was warned of
 * @param branches the branches of global transactions
 */
public record ClientRuntime(
        LinkFactory links,
        ClientClock clock,
        Workers workers,
        ClientIds clientIds,
        SharedSubscriptions sharedSubscriptions,
        PersistentWarnings persistentWarnings,
        Branches branches) {

    /** How often limits were hit. */
    JmsLimits limits() {
        return links.limits();
    }

    /** Refuses nulls. */
    public ClientRuntime {
        Objects.requireNonNull(links, "links");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(workers, "workers");
        Objects.requireNonNull(clientIds, "clientIds");
        Objects.requireNonNull(sharedSubscriptions, "sharedSubscriptions");
        Objects.requireNonNull(persistentWarnings, "persistentWarnings");
        Objects.requireNonNull(branches, "branches");
    }

    /** The machine's clocks, and threads that are no daemons. */
    public static ClientRuntime of(LinkFactory links) {
        return of(links, new SystemClock(), task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(false);
            return thread;
        });
    }

    /** Any clock, and threads from a factory. */
    public static ClientRuntime of(LinkFactory links, ClientClock clock, ThreadFactory threads) {
        return new ClientRuntime(
                links,
                clock,
                new ThreadWorkers(threads, clock),
                new ClientIds(),
                new SharedSubscriptions(),
                new PersistentWarnings(),
                new Branches());
    }
}
