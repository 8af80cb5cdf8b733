package org.pgmjms.provider.client;

import org.jspecify.annotations.Nullable;

/** A session's own thread. */
final class ThreadDispatcher implements Dispatcher {
    private final ClientClock clock;
    private final Deliveries deliveries;
    private final Signal signal = new Signal();
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    ThreadDispatcher(ClientClock clock, Deliveries deliveries) {
        this.clock = clock;
        this.deliveries = deliveries;
    }

    void start(Thread own) {
        thread = own;
        own.start();
    }

    /** The body of the thread. */
    void run() {
        while (!closed) {
            if (!deliveries.deliverRound()) {
                awaitWork();
            }
        }
    }

    /** Looks once more after having said that it waits, so that no announcement is missed. */
    private void awaitWork() {
        signal.prepare();
        if (!closed && !deliveries.deliverRound() && !closed) {
            long nowNs = clock.nowNs();
            signal.awaitAtMost(clock, nowNs, deliveries.waitNs());
        }
        signal.done();
        clearInterrupt();
    }

    /** A listener may have left it behind; with it no thread can park. */
    private static void clearInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            Thread.interrupted();
        }
    }

    @Override
    public void wake() {
        signal.announce();
    }

    @Override
    public void close() {
        closed = true;
        signal.announce();
        Thread own = thread;
        if (own != null) {
            Uninterrupted.join(own);
        }
    }
}
