package org.pgmjms.provider.client;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.link.Intake;

/**
 * A session's own thread. While there is nothing to deliver it receives by itself what comes for its session, if that may
 * be: then nobody has to wake it for a message.
 */
final class ThreadDispatcher implements Dispatcher {
    private final ClientClock clock;
    private final Deliveries deliveries;
    private final Signal signal = new Signal();
    private final BooleanSupplier enough = this::isEnough;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    /** What it receives now. */
    private volatile @Nullable Intake receiving;

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
            long longestNs = deliveries.waitNs();
            Intake intake = deliveries.intake();
            if (intake == null || !receiveHere(intake, longestNs)) {
                signal.awaitAtMost(clock, nowNs, longestNs);
            }
        }
        signal.done();
        clearInterrupt();
    }

    private boolean receiveHere(Intake intake, long longestNs) {
        receiving = intake;
        try {
            return intake.receiveHere(enough, longestNs);
        } finally {
            receiving = null;
        }
    }

    /** Whether there may be something to deliver, or it may receive no longer. */
    private boolean isEnough() {
        Intake now = receiving;
        return signal.isAnnounced() || closed || now == null || !now.equals(deliveries.intake());
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
        Intake intake = receiving;
        if (intake != null) {
            intake.lookAgain();
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
        Thread own = thread;
        if (own != null) {
            Uninterrupted.join(own);
        }
    }
}
