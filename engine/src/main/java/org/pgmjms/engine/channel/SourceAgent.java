package org.pgmjms.engine.channel;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.net.DatagramPort;
import org.pgmjms.engine.net.Interfaces;
import org.pgmjms.engine.net.LocalInterface;
import org.pgmjms.engine.net.PortPoller;
import org.pgmjms.engine.net.ReceiveBatch;
import org.pgmjms.engine.protocol.PacketProtection;
import org.pgmjms.engine.protocol.Parity;
import org.pgmjms.engine.protocol.SendLimit;
import org.pgmjms.engine.protocol.SlowestReceiver;
import org.pgmjms.engine.protocol.Source;
import org.pgmjms.engine.protocol.SourceContext;
import org.pgmjms.engine.protocol.SourceSpis;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread behind the sources of an engine: their timers and repairs, what callers left to it, the requests of
 * receivers. It is no daemon, so that a program that has sent something does not end before its receivers have it; it ends
 * with the last source. {@link #publish} and {@link #close} are safe for any thread.
 */
public final class SourceAgent implements AgentThread.Duty, HostPorts.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(SourceAgent.class);
    private static final long ANY_SOURCE = 0;
    private static final int MAX_ROUNDS = 4;
    private static final int CLOSE_STEPS = 2;
    private static final long CLOSE_STEP_NS = 125_000_000;
    private static final long JOIN_NS = 1_000_000_000;

    private final EngineContext context;
    private final PortPoller poller;
    private final AgentThread thread;
    private final ReentrantLock opening = new ReentrantLock();
    private final Map<HostPorts.Key, HostPorts> hostPorts = new HashMap<>();

    private final List<SourceHalf> halves = new ArrayList<>();
    private final Rejects rejects = new Rejects();
    private final Senders senders = new Senders();
    private final PacketView view = new PacketView();
    private @Nullable ReceiveBatch batch;
    private int handled;

    /** An agent whose thread starts with the first source. */
    public SourceAgent(EngineContext context, String name) throws PgmException {
        this.context = context;
        this.poller = context.ports().poller();
        this.thread = new AgentThread("pgmjms-source-" + name, false, context.options(), poller, this);
    }

    /** Opens a source: its sockets, then its session. */
    public SourceHalf publish(ChannelConfig channel, SourceConfig config, ApduSupplier supplier, SourceEvents events)
            throws PgmException {
        LocalInterface on = Interfaces.resolve(channel.networkInterface(), channel.group());
        ChannelChecks.checkMtu(channel, on);
        HostPorts shared = retainShared(on, channel.udpPort());
        DatagramPort own = null;
        try {
            own = context.ports().unicast(on, 0, channel.ttl());
            SourceHalf half = half(channel, config, supplier, events, new SourcePorts(on, own, shared));
            add(half, ChannelKey.of(channel, on));
            return half;
        } catch (PgmException | RuntimeException e) {
            if (own != null) {
                own.close();
            }
            releaseShared(shared);
            throw e;
        }
    }

    private void add(SourceHalf half, ChannelKey key) throws PgmException {
        SourcePorts ports = half.ports();
        Nla address = Nla.of(ports.on().address().getAddress());
        context.own().add(half, key, address, ports.own().info().local().getPort(), context.nowNs());
        try {
            thread.execute(() -> take(half));
        } catch (RejectedExecutionException e) {
            context.own().remove(half);
            half.dispose();
            throw new PgmException(Code.CLOSED, "the engine is closed", e);
        }
        half.open();
        half.show();
    }

    private SourceHalf half(
            ChannelConfig channel, SourceConfig config, ApduSupplier supplier, SourceEvents events, SourcePorts ports) {
        Targets targets = new Targets(ports.on().device());
        InetSocketAddress group = new InetSocketAddress(channel.group(), channel.udpPort());
        ports.own().prefer(group);
        PortSink sink = new PortSink(
                ports.own(), ports.own(), group, ControlGroup.like(channel.group(), channel.udpPort()), targets);
        int headerBytes = ChannelChecks.headerBytes(channel.group());
        SourceContext where = new SourceContext(
                config,
                channel.destinationPort(),
                Nla.of(channel.group().getAddress()),
                Nla.of(ports.on().address().getAddress()),
                ports.own().info().local().getPort(),
                channel.tpduBytes() - headerBytes,
                headerBytes);
        Counters<SourceCounter> counters = new Counters<>(SourceCounter.class);
        SourceSpis spis = new SourceSpis(PacketProtection.NONE, Parity.NONE, limit(where, counters));
        Source source = new Source(
                where,
                supplier,
                events,
                sink,
                new PooledWindowStore(context.memory()),
                spis,
                counters,
                context.nowNs());
        return new SourceHalf(
                this,
                new SourceParts(source, counters, supplier, events, ports, sink, channel),
                config.idleGapNs(),
                channel.napNs());
    }

    private SendLimit limit(SourceContext where, Counters<SourceCounter> counters) {
        SourceConfig config = where.config();
        return config.sendLimit().isMin()
                ? new SlowestReceiver(
                        config, where.maxTpduPayload(), counters, new GroupLog(config.tsi()), context.nowNs())
                : SendLimit.NONE;
    }

    private HostPorts retainShared(LocalInterface on, int udpPort) throws PgmException {
        opening.lock();
        try {
            HostPorts shared = hostPorts.get(new HostPorts.Key(on.address(), udpPort));
            if (shared == null) {
                shared = HostPorts.open(context.ports(), on, udpPort, context.nowNs());
                hostPorts.put(shared.key(), shared);
            }
            shared.retain();
            return shared;
        } finally {
            opening.unlock();
        }
    }

    private void releaseShared(HostPorts shared) {
        opening.lock();
        try {
            if (shared.release()) {
                hostPorts.remove(shared.key());
                shared.close();
            }
        } finally {
            opening.unlock();
        }
    }

    private void take(SourceHalf half) {
        if (batch == null) {
            batch = context.newBatch();
        }
        halves.add(half);
        DatagramPort own = half.ports().own();
        poller.add(own, () -> onReadable(own, half.ports().shared(), false));
        half.ports().shared().register(poller, this, context.nowNs());
    }

    @Override
    public void work(long nowNs) {
        for (int index = halves.size() - 1; index >= 0; index--) {
            SourceHalf half = halves.get(index);
            half.checkLimits(nowNs);
            half.ports().shared().tryOwnCommonPort(this, nowNs);
            if (half.isDue(nowNs)) {
                handled += half.run(nowNs);
                if (half.hasEnded()) {
                    remove(half, null);
                }
            }
        }
    }

    @Override
    public long nextDeadlineNs() {
        long nextNs = AgentThread.NEVER;
        for (int index = 0; index < halves.size(); index++) {
            SourceHalf half = halves.get(index);
            nextNs = AgentThread.earlier(nextNs, half.nextDeadlineNs());
            nextNs = AgentThread.earlier(nextNs, half.ports().shared().retryAtNs());
        }
        return nextNs;
    }

    @Override
    public int takeHandled() {
        int count = handled;
        handled = 0;
        return count;
    }

    @Override
    public long napNs(int packets) {
        long napNs = halves.isEmpty() ? 0 : Long.MAX_VALUE;
        for (int index = 0; index < halves.size(); index++) {
            napNs = Math.min(napNs, halves.get(index).napNs());
        }
        return napNs;
    }

    /** Never: a caller sends by itself while the agent sleeps, and that is quicker than handing over to one that looks. */
    @Override
    public long spinNs() {
        return 0;
    }

    @Override
    public boolean isOver() {
        return halves.isEmpty();
    }

    @Override
    public void onReadable(DatagramPort port, HostPorts from, boolean isForwarding) {
        ReceiveBatch packets = batch;
        if (packets == null) {
            return;
        }
        long nowNs = context.nowNs();
        int rounds = 0;
        do {
            port.receive(packets);
            for (int index = 0; index < packets.size(); index++) {
                onDatagram(packets, index, from, isForwarding, nowNs);
            }
            rounds++;
        } while (packets.size() >= packets.capacity() && rounds < MAX_ROUNDS);
        for (int index = 0; index < halves.size(); index++) {
            halves.get(index).onBatchEnd(nowNs);
        }
    }

    private void onDatagram(ReceiveBatch packets, int index, HostPorts from, boolean isForwarding, long nowNs) {
        InetSocketAddress sender = packets.sender(index);
        DecodeResult verdict = view.wrap(packets.buffer(), packets.offset(index), packets.length(index));
        if (verdict != DecodeResult.OK) {
            rejects.add(verdict, sender, nowNs);
        } else if (view.type().isUpstream()) {
            boolean isOwn = hand(senders.address(sender), sender.getPort(), from, nowNs);
            if (!isOwn && isForwarding) {
                from.forward(packets.buffer(), packets.offset(index), packets.length(index));
            }
        }
    }

    /** Gives a packet to the source it names, or to all of the port if it looks for any; answers whether there was one. */
    private boolean hand(Nla sender, int senderPort, HostPorts from, long nowNs) {
        long tsi = view.tsi();
        boolean found = false;
        for (int index = 0; index < halves.size(); index++) {
            SourceHalf half = halves.get(index);
            if (half.tsiValue() == tsi || tsi == ANY_SOURCE && half.ports().shared() == from) {
                half.onPacket(nowNs, view, sender, senderPort);
                found = true;
            }
        }
        return found;
    }

    /** Closes what a half has and tells those who wait; with a failure also its owner. */
    private void remove(SourceHalf half, @Nullable PgmException failure) {
        if (!halves.remove(half)) {
            return;
        }
        context.own().remove(half);
        try {
            poller.remove(half.ports().own());
            half.ports().own().close();
            releaseShared(half.ports().shared());
            half.hide();
            half.dispose();
        } finally {
            ReceiveBatch packets = batch;
            if (halves.isEmpty() && packets != null) {
                packets.close();
                batch = null;
            }
            half.complete(failure);
        }
    }

    /** Takes a half apart whose code has failed on another thread. */
    void drop(SourceHalf half, PgmException failure) {
        try {
            thread.execute(() -> remove(half, failure));
        } catch (RejectedExecutionException e) {
            half.complete(failure);
        }
    }

    @Override
    public void onFailed(Throwable cause) {
        PgmException failure = new PgmException(Code.CLOSED, "the source agent failed: " + cause, cause);
        for (SourceHalf half : List.copyOf(halves)) {
            try {
                remove(half, failure);
            } catch (RuntimeException | AssertionError e) {
                LOG.warn("a source that failed did not close: {}", e.toString());
            }
        }
    }

    private void removeAll() {
        List.copyOf(halves).forEach(half -> remove(half, null));
    }

    EngineContext context() {
        return context;
    }

    boolean isAsleep() {
        return thread.isAsleep();
    }

    void wake() {
        thread.wake();
    }

    void wakeBy(long deadlineNs) {
        thread.wakeBy(deadlineNs);
    }

    void execute(Runnable task) {
        thread.execute(task);
    }

    long nowNs() {
        return context.nowNs();
    }

    /** Packets that were not well formed, by the name of the verdict. Any thread. */
    Map<String, Long> rejects() {
        return rejects.snapshot();
    }

    /**
     * Ends all sessions in a quarter of a second: what is supplied leaves as far as it can, then FINs. Takes no more
     * sources.
     */
    public void close() {
        if (thread.isCurrent()) {
            removeAll();
        } else {
            // First lets the data leave, then only FINs, then nothing.
            boolean ended = false;
            for (int step = 0; step < CLOSE_STEPS && !ended; step++) {
                ended = !run(this::hurry) || thread.awaitEnd(CLOSE_STEP_NS);
            }
            if (!ended) {
                run(this::removeAll);
            }
        }
        if (!thread.close(JOIN_NS) && !thread.isCurrent()) {
            LOG.warn("the source agent did not end in time");
        }
    }

    private boolean run(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void hurry() {
        long nowNs = context.nowNs();
        for (int index = halves.size() - 1; index >= 0; index--) {
            halves.get(index).hurry(nowNs);
        }
    }
}
