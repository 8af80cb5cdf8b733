package org.pgmjms.engine.channel;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.net.DatagramPort;
import org.pgmjms.engine.net.PortPoller;

/** A poller whose packets a test makes up. It notes which threads wait in it. */
final class ScriptedPoller implements PortPoller {
    private final BlockingQueue<Runnable> arrivals = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> sleepers = new LinkedBlockingQueue<>();
    private final Runnable nothing = () -> {};
    private volatile boolean closed;
    private @Nullable Runnable next;

    /** Something comes in: whoever waits serves it. */
    void arrive(Runnable packet) {
        arrivals.add(packet);
    }

    /** Waits until a thread begins to wait in the poller; each time it does counts once. */
    Thread nextSleeper() throws InterruptedException {
        return sleepers.take();
    }

    /** Waits until that thread begins to wait in the poller, whoever else did before. */
    void awaitSleeper(Thread thread) throws InterruptedException {
        Thread sleeper;
        do {
            sleeper = sleepers.take();
        } while (!sleeper.equals(thread));
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void add(DatagramPort port, Runnable onReadable) {
        throw new AssertionError("there are no ports");
    }

    @Override
    public void remove(DatagramPort port) {
        throw new AssertionError("there are no ports");
    }

    @Override
    public void await(long timeoutNs) {
        if (closed) {
            throw new IllegalStateException("the poller is closed");
        }
        if (timeoutNs > 0) {
            sleepers.add(Thread.currentThread());
        }
        try {
            next = timeoutNs == Long.MAX_VALUE ? arrivals.take() : arrivals.poll(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            next = nothing;
        }
    }

    @Override
    public void serve() {
        Runnable packet = next;
        next = null;
        if (packet != null) {
            packet.run();
        }
    }

    @Override
    public void wakeup() {
        arrivals.add(nothing);
    }

    @Override
    public void close() {
        closed = true;
    }
}
