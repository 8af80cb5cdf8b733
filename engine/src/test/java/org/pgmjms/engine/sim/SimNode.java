package org.pgmjms.engine.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.protocol.PacketSink;
import org.pgmjms.engine.protocol.ProtocolHalf;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;

/** A host with one protocol half: it takes what the network delivers, keeps the half's timer, and sends what it emits. */
public final class SimNode implements PacketSink {
    private final SimWorld world;
    private final SimNetwork network;
    private final String name;
    private final Nla address;
    private final int port;
    private final List<Outgoing> outgoing = new ArrayList<>();
    private final PacketView view = new PacketView();
    private final Faults inbound;
    private @Nullable ProtocolHalf half;
    private @Nullable PacketObserver observer;
    private long timerNs = ProtocolHalf.NONE;
    private long timerGeneration;
    private long rejected;
    private boolean paused;
    private final List<Runnable> whilePaused = new ArrayList<>();

    /** Sees what a node sends, before the network does anything to it. */
    public interface PacketObserver {
        void onSent(long nowNs, PacketView packet, Target target);
    }

    /** Where a packet goes. */
    public enum Target {
        GROUP,
        NEIGHBOURS,
        CONTROL,
        HOST
    }

    private record Outgoing(Target target, @Nullable Nla host, int port, byte[] bytes) {}

    SimNode(SimWorld world, SimNetwork network, String name, Nla address, int port, Faults inbound) {
        this.world = world;
        this.network = network;
        this.name = name;
        this.address = address;
        this.port = port;
        this.inbound = inbound;
    }

    /** Puts a half on this host; replaces one that died. */
    public void run(ProtocolHalf newHalf) {
        half = newHalf;
        timerGeneration++;
        timerNs = ProtocolHalf.NONE;
        settle();
    }

    /** The host dies: nothing is taken or sent any more. */
    public void crash() {
        half = null;
        outgoing.clear();
        timerGeneration++;
    }

    /** The process stands still: packets and timers wait. */
    public void pause(long durationNs) {
        paused = true;
        world.after(durationNs, () -> {
            paused = false;
            List<Runnable> waiting = List.copyOf(whilePaused);
            whilePaused.clear();
            waiting.forEach(Runnable::run);
        });
    }

    public void observe(PacketObserver newObserver) {
        observer = newObserver;
    }

    public String name() {
        return name;
    }

    public Nla address() {
        return address;
    }

    public int port() {
        return port;
    }

    public Faults inbound() {
        return inbound;
    }

    public long rejected() {
        return rejected;
    }

    /** After the half was touched from outside: lets its packets go and its timer run. */
    public void settle() {
        flush();
        ProtocolHalf running = half;
        if (running == null) {
            return;
        }
        long deadlineNs = running.nextDeadlineNs();
        if (deadlineNs == timerNs) {
            return;
        }
        timerNs = deadlineNs;
        long generation = ++timerGeneration;
        if (deadlineNs != ProtocolHalf.NONE) {
            world.after(deadlineNs - world.nowNs(), () -> onTimer(generation));
        }
    }

    private void onTimer(long generation) {
        if (paused) {
            whilePaused.add(() -> onTimer(generation));
            return;
        }
        ProtocolHalf running = half;
        if (running == null || generation != timerGeneration) {
            return;
        }
        timerNs = ProtocolHalf.NONE;
        running.onTimeout(world.nowNs());
        settle();
    }

    void onDatagram(byte[] bytes, Nla from, int fromPort) {
        if (paused) {
            whilePaused.add(() -> onDatagram(bytes, from, fromPort));
            return;
        }
        ProtocolHalf running = half;
        if (running == null) {
            return;
        }
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        if (view.wrap(buffer, 0, bytes.length) != DecodeResult.OK) {
            rejected++;
            return;
        }
        world.fingerprint().add(world.nowNs() ^ (long) view.typeByte() << 56);
        running.onPacket(world.nowNs(), view, from, fromPort);
        running.onBatchEnd(world.nowNs());
        settle();
    }

    @Override
    public void toGroup(ByteBuf buffer, int at, int length) {
        outgoing.add(new Outgoing(Target.GROUP, null, 0, copy(buffer, at, length)));
    }

    @Override
    public void toNeighbours(ByteBuf buffer, int at, int length) {
        outgoing.add(new Outgoing(Target.NEIGHBOURS, null, 0, copy(buffer, at, length)));
    }

    @Override
    public void toControlGroup(ByteBuf buffer, int at, int length) {
        outgoing.add(new Outgoing(Target.CONTROL, null, 0, copy(buffer, at, length)));
    }

    @Override
    public void toHost(Nla host, int udpPort, ByteBuf buffer, int at, int length) {
        outgoing.add(new Outgoing(Target.HOST, host, udpPort, copy(buffer, at, length)));
    }

    private static byte[] copy(ByteBuf buffer, int at, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(at, bytes);
        return bytes;
    }

    @Override
    public int flush() {
        for (Outgoing packet : outgoing) {
            PacketObserver watching = observer;
            if (watching != null) {
                PacketView sent = new PacketView();
                DecodeResult verdict = sent.wrap(Unpooled.wrappedBuffer(packet.bytes), 0, packet.bytes.length);
                if (verdict != DecodeResult.OK) {
                    throw new AssertionError(name + " sent a malformed packet: " + verdict);
                }
                watching.onSent(world.nowNs(), sent, packet.target);
            }
            network.carry(this, packet.target, packet.host, packet.port, packet.bytes);
        }
        outgoing.clear();
        return 0;
    }
}
