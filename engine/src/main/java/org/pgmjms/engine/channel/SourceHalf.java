package org.pgmjms.engine.channel;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.Limit;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.Reservation;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.SourceStats;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.jmx.Registration;
import org.pgmjms.engine.protocol.NakSenderStats;
import org.pgmjms.engine.protocol.Source;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source and the lock that says whose it is. A caller that finds the agent asleep, the lock free and the channel idle
 * sends by itself; otherwise the source agent does. Safe for any thread.
 *
 * <p>Whoever has supplied something sets {@code pending}. Who pulls the supply takes {@code pending} back first, so while
 * it is set there is nothing to do; and the agent looks at it after it has said that it is asleep. A caller that finds
 * the agent asleep sends, or wakes it: so nothing supplied is ever left lying.
 */
final class SourceHalf implements Publication {
    private static final Logger LOG = LoggerFactory.getLogger(SourceHalf.class);
    private static final int ANNOUNCEMENTS = 3;
    private static final int MAX_SPINS = 100;
    private static final long LOOK_NS = 1_000_000_000L;

    private final SourceAgent agent;
    private final SourcePorts ports;
    private final ApduSupplier supplier;
    private final SourceEvents events;
    private final IdleGap idleGap;
    private final long napNs;
    private final Source source;
    private final PortSink sink;
    private final Counters<SourceCounter> counters;
    private final CloseProcedure closing;
    private final ChannelConfig channel;
    private final LimitWatch<SourceCounter> limits;
    private final Registration bean;
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private final AtomicBoolean isReported = new AtomicBoolean();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int waiters;
    private long lookedNs;
    private boolean isOver;
    private boolean touched;

    private volatile boolean pending;
    private volatile long deadlineNs = AgentThread.NEVER;

    /** A half around a source that is not open yet. */
    SourceHalf(SourceAgent agent, SourceParts parts, long idleGapNs, long napNs) {
        this.agent = agent;
        this.ports = parts.ports();
        this.supplier = parts.supplier();
        this.events = parts.events();
        this.source = parts.source();
        this.sink = parts.sink();
        this.counters = parts.counters();
        this.idleGap = new IdleGap(idleGapNs);
        this.napNs = napNs;
        this.closing = new CloseProcedure(source, this::hasWork);
        this.lookedNs = agent.nowNs();
        this.channel = parts.channel();
        this.limits =
                new LimitWatch<>(agent.context().limits(), counters, Limit::sourceCounter, BeanNames.shown(channel));
        this.bean = new Registration(
                new SourceBean(channel, agent, this),
                BeanNames.of(agent.context().name(), channel, source.tsi()));
    }

    /** Sends the first SPM. */
    void open() {
        lock.lock();
        try {
            source.open(agent.nowNs());
        } finally {
            unlock();
        }
    }

    /** Shows it to management tools. */
    void show() {
        FlightEvents.onBegun(source.tsi(), BeanNames.shown(channel), ports.on().address(), "SOURCE");
        if (channel.jmx()) {
            agent.context().show();
            bean.register();
        }
    }

    /** Looks after the limits. Agent only. */
    void checkLimits(long nowNs) {
        if (nowNs - lookedNs >= LOOK_NS) {
            lookedNs = nowNs;
            counters.set(SourceCounter.SOCKET_ERRORS, ports.own().info().transientErrors());
        }
        limits.check(nowNs);
    }

    /** Takes it away from management tools. Agent only. */
    void hide() {
        bean.close();
        checkLimits(agent.nowNs());
        FlightEvents.onEnded(source.tsi(), BeanNames.shown(channel), EndReason.CLOSED, source.lead());
    }

    SourcePorts ports() {
        return ports;
    }

    long tsiValue() {
        return source.tsi().value();
    }

    @Override
    public Tsi tsi() {
        return source.tsi();
    }

    @Override
    public int maxTsduBytes() {
        return source.maxTsduBytes();
    }

    @Override
    public int maxFragmentBytes() {
        return source.maxFragmentBytes();
    }

    @Override
    public int maxApduBytes() {
        return source.maxApduBytes();
    }

    @Override
    public int evenApduBytes(int length) {
        return source.evenApduBytes(length);
    }

    @Override
    public void wake() {
        if (pending) {
            return;
        }
        pending = true;
        if (!agent.isAsleep()) {
            return;
        }
        if (!lock.tryLock()) {
            agent.wake();
            return;
        }
        try {
            long nowNs = agent.nowNs();
            if (!isOver && !source.hasUnsent() && idleGap.isIdle(nowNs)) {
                pending = false;
                long sent = counters.get(SourceCounter.ODATA_SENT);
                source.trySend(nowNs);
                noteSent(sent, nowNs);
            }
        } catch (RuntimeException | AssertionError e) {
            fail(e);
        } finally {
            unlock();
        }
    }

    /** Notes that data left, if more has left than before, and answers how many packets. */
    private int noteSent(long sentBefore, long beganNs) {
        int sent = (int) (counters.get(SourceCounter.ODATA_SENT) - sentBefore);
        if (sent > 0) {
            idleGap.onSent(beganNs, agent.nowNs());
        }
        return sent;
    }

    /** Lets go of the lock, and leaves to the agent what has to be done later. */
    private void unlock() {
        long wantedNs = isOver ? AgentThread.NEVER : AgentThread.earlier(source.nextDeadlineNs(), closing.deadlineNs());
        deadlineNs = wantedNs;
        if (waiters > 0) {
            changed.signalAll();
        }
        lock.unlock();
        if (pending) {
            agent.wake();
        } else {
            agent.wakeBy(wantedNs);
        }
    }

    /** Whether the agent has to call {@link #run} now. Agent only. */
    boolean isDue(long nowNs) {
        long dueNs = deadlineNs;
        return pending || dueNs != AgentThread.NEVER && nowNs - dueNs >= 0;
    }

    /** The longest nap that it allows the agent. */
    long napNs() {
        return napNs;
    }

    /** When the agent has to call {@link #run}. Agent only. */
    long nextDeadlineNs() {
        return pending ? agent.nowNs() : deadlineNs;
    }

    /** Takes the lock. Whoever has it keeps it for a moment only, so that looking again is cheaper than to sleep. */
    private void lock() {
        for (int spins = 0; spins < MAX_SPINS; spins++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    /** Sends what is due, and answers how many packets of data that were. Agent only. */
    int run(long nowNs) {
        lock();
        try {
            pending = false;
            if (isOver) {
                return 0;
            }
            long sent = counters.get(SourceCounter.ODATA_SENT);
            source.onTimeout(nowNs);
            closing.step(nowNs);
            return noteSent(sent, nowNs);
        } catch (RuntimeException | AssertionError e) {
            fail(e);
            return 0;
        } finally {
            unlock();
        }
    }

    /** A packet that may be for this source. Agent only. */
    void onPacket(long nowNs, PacketView packet, Nla from, int fromPort) {
        lock();
        try {
            if (!isOver) {
                source.onPacket(nowNs, packet, from, fromPort);
                touched = true;
            }
        } catch (RuntimeException | AssertionError e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    /** The batch with those packets is over. Agent only. */
    void onBatchEnd(long nowNs) {
        if (!touched) {
            return;
        }
        touched = false;
        lock();
        try {
            if (!isOver) {
                source.onBatchEnd(nowNs);
            }
        } catch (RuntimeException | AssertionError e) {
            fail(e);
        } finally {
            unlock();
        }
    }

    /** Whether the session has ended, so that the agent can take the half apart. Agent only. */
    boolean hasEnded() {
        lock();
        try {
            return closing.isOver();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasWork() {
        return supplier.nextLength() > 0 || source.hasUnsent();
    }

    @Override
    public long windowFreeBytes() {
        lock.lock();
        try {
            return isOver ? 0 : source.windowFreeBytes();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SourceStats stats() {
        Map<SourceCounter, Long> values = new EnumMap<>(SourceCounter.class);
        for (SourceCounter counter : SourceCounter.values()) {
            values.put(counter, counters.get(counter));
        }
        lock.lock();
        try {
            return new SourceStats(source.tsi(), source.trail(), source.lead(), values);
        } finally {
            lock.unlock();
        }
    }

    /** What it has beside its counters. */
    SourceBean.Levels levels() {
        lock.lock();
        try {
            return new SourceBean.Levels(sink.bytes(), isOver ? 0 : source.windowFreeBytes(), source.queuedRepairs());
        } finally {
            lock.unlock();
        }
    }

    /** Who asked for most repairs, most first. */
    List<NakSenderStats> nakSenders() {
        lock.lock();
        try {
            return source.nakSenders();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long upstreamQuietNs() {
        lock.lock();
        try {
            return agent.nowNs() - source.lastUpstreamNs();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Reservation reserve(int bytes, long timeoutNs) throws InterruptedException {
        lock.lockInterruptibly();
        waiters++;
        try {
            long leftNs = timeoutNs;
            while (!isOver && !source.reserve(bytes)) {
                if (leftNs <= 0) {
                    return null;
                }
                leftNs = changed.awaitNanos(leftNs);
            }
            return isOver ? null : new WindowReservation(this, bytes);
        } finally {
            waiters--;
            unlock();
        }
    }

    /** What was reserved is in the supply. */
    void publishReserved(int bytes) {
        lock.lock();
        try {
            if (!isOver) {
                source.publishReserved(bytes);
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    /** What was reserved is not needed. */
    void releaseReserved(int bytes) {
        lock.lock();
        try {
            if (!isOver) {
                source.releaseReserved(bytes);
            }
        } finally {
            unlock();
        }
    }

    @Override
    public boolean flush(Duration timeout) throws InterruptedException {
        pending = true;
        agent.wake();
        lock.lockInterruptibly();
        waiters++;
        try {
            long leftNs = timeout.toNanos();
            while (!isOver && hasWork()) {
                if (leftNs <= 0) {
                    return false;
                }
                leftNs = changed.awaitNanos(leftNs);
            }
            for (int count = 0; !isOver && count < ANNOUNCEMENTS; count++) {
                source.announce(agent.nowNs());
            }
            return !isOver;
        } finally {
            waiters--;
            unlock();
        }
    }

    @Override
    public CompletionStage<Void> close(Duration linger) {
        try {
            agent.execute(() -> beginClosing(linger.toNanos()));
        } catch (RejectedExecutionException e) {
            closed.complete(true);
        }
        return closed.thenAccept(done -> {});
    }

    private void beginClosing(long lingerNs) {
        lock.lock();
        try {
            if (!isOver) {
                closing.begin(lingerNs, agent.nowNs());
                closing.step(agent.nowNs());
                pending = true;
            }
        } finally {
            unlock();
        }
    }

    /** Ends the session with what can be done at once. Agent only. */
    void hurry(long nowNs) {
        lock.lock();
        try {
            if (!isOver) {
                closing.hurry(nowNs);
                closing.step(nowNs);
            }
        } finally {
            unlock();
        }
    }

    /** Gives the source's memory back and lets all waiters go. Agent only; the ports are its business. */
    void dispose() {
        lock.lock();
        try {
            isOver = true;
            pending = false;
            source.close();
        } finally {
            unlock();
        }
    }

    /** Tells everybody that nothing more comes: the owner on failure, and those who wait for the close. */
    void complete(@Nullable PgmException failure) {
        if (failure != null && isReported.compareAndSet(false, true)) {
            events.onFailed(failure);
        }
        closed.complete(true);
    }

    /** Somebody else sends under the same name. Receive agent. */
    void tellClash() {
        events.onNameTaken();
    }

    private void fail(Throwable failure) {
        LOG.error("source {} failed and stops", source.tsi(), failure);
        isOver = true;
        PgmException cause =
                new PgmException(PgmException.Code.CLOSED, "source " + source.tsi() + " failed: " + failure, failure);
        agent.drop(this, cause);
    }
}
