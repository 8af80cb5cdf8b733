package org.pgmjms.engine.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.protocol.PacketSink;
import org.pgmjms.engine.protocol.ProtocolHalf;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;

/** A host with one protocol half: it takes what the network delivers, keeps the half's timer, and sends what it emits. */
public final class SimNode implements PacketSink {
    private static final int MILLION = 1_000_000;

    private final SimWorld world;
    private final SimNetwork network;
    private final String name;
    private final Nla address;
    private final int port;
    private final Faults inbound;
    private final RandomGenerator random;
    private final List<Outgoing> outgoing = new ArrayList<>();
    private final List<Runnable> whilePaused = new ArrayList<>();
    private final PacketView taken = new PacketView();
    private final PacketView sent = new PacketView();

    private @Nullable ProtocolHalf half;
    private boolean armed;
    private long armedNs;
    private long armings;
    private int pauses;
    private boolean isDown;
    private long rejected;
    private long refused;

    /** How likely the socket is to have no room for the last packets of a batch. */
    public double refusal;

    /** By how many millionths its clock runs too fast. */
    private int skewPpm;

    private long skewedSinceNs;

    /** Whether the socket says that neighbours of equal length leave as one. */
    public boolean runs;

    /** Where a packet goes. */
    public enum Target {
        GROUP,
        NEIGHBOURS,
        CONTROL,
        HOST
    }

    private record Outgoing(Target target, @Nullable Nla host, int port, byte[] bytes) {}

    SimNode(SimNetwork network, String name, Nla address, int port, Faults inbound, RandomGenerator random) {
        this.world = network.world();
        this.network = network;
        this.name = name;
        this.address = address;
        this.port = port;
        this.inbound = inbound;
        this.random = random;
    }

    /** Lets its clock run too fast, or too slow, from now on. */
    public void skew(int ppm) {
        skewedSinceNs = world.nowNs();
        skewPpm = ppm;
    }

    /** The time by its clock. */
    public long nowNs() {
        return world.nowNs() + (world.nowNs() - skewedSinceNs) * skewPpm / MILLION;
    }

    /** Puts a half on this host; replaces one that died. */
    public void run(ProtocolHalf newHalf) {
        half = newHalf;
        armed = false;
        armings++;
        settle();
    }

    /** The process dies: nothing is taken or sent any more, until another half runs. */
    public void crash() {
        half = null;
        outgoing.clear();
        armed = false;
        armings++;
    }

    /** The process stands still: packets and timers wait. */
    public void pause(long durationNs) {
        pauses++;
        world.after(durationNs, this::resume);
    }

    private void resume() {
        if (--pauses > 0) {
            return;
        }
        List<Runnable> waiting = List.copyOf(whilePaused);
        whilePaused.clear();
        waiting.forEach(Runnable::run);
    }

    public SimWorld world() {
        return world;
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

    /** Cuts the host off, both ways, or connects it again. */
    public void down(boolean cutOff) {
        isDown = cutOff;
        inbound.partitioned = cutOff;
    }

    /** Packets that the parser did not take. */
    public long rejected() {
        return rejected;
    }

    /** Packets that the socket had no room for. */
    public long refused() {
        return refused;
    }

    /** Whether the half wants to be called some time. */
    public boolean hasTimer() {
        ProtocolHalf running = half;
        return running != null && running.nextDeadlineNs() != ProtocolHalf.NONE;
    }

    /** After the half was touched from outside: lets its packets go and its timer run. */
    public void settle() {
        flush();
        ProtocolHalf running = half;
        if (running == null) {
            return;
        }
        arm(running.nextDeadlineNs());
        world.listeners().forEach(listener -> listener.onSettled(this));
    }

    /** A timer that runs too early is left alone: it looks again when it ends. */
    private void arm(long deadlineNs) {
        if (deadlineNs == ProtocolHalf.NONE || armed && armedNs - deadlineNs <= 0) {
            return;
        }
        armed = true;
        armedNs = deadlineNs;
        long arming = ++armings;
        world.after(deadlineNs - nowNs(), () -> onTimer(arming));
    }

    private void onTimer(long arming) {
        ProtocolHalf running = half;
        if (running == null || arming != armings) {
            return;
        }
        if (pauses > 0) {
            whilePaused.add(() -> onTimer(arming));
            return;
        }
        armed = false;
        long deadlineNs = running.nextDeadlineNs();
        if (deadlineNs != ProtocolHalf.NONE && deadlineNs - nowNs() <= 0) {
            world.fingerprint().add(world.nowNs() ^ port);
            running.onTimeout(nowNs());
            settle();
        } else {
            arm(deadlineNs);
        }
    }

    void onDatagram(byte[] bytes, Nla from, int fromPort) {
        if (pauses > 0) {
            whilePaused.add(() -> onDatagram(bytes, from, fromPort));
            return;
        }
        ProtocolHalf running = half;
        if (running == null) {
            return;
        }
        if (taken.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length) != DecodeResult.OK) {
            rejected++;
            return;
        }
        world.fingerprint().add(world.nowNs() ^ (long) taken.typeByte() << 56 ^ (long) port << 32);
        world.listeners().forEach(listener -> listener.onTaken(this, taken));
        running.onPacket(nowNs(), taken, from, fromPort);
        running.onBatchEnd(nowNs());
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
    public boolean sendsRuns() {
        return runs;
    }

    @Override
    public int flush() {
        int count = outgoing.size();
        int taking = count;
        if (count > 0 && refusal > 0 && random.nextDouble() < refusal) {
            taking = random.nextInt(count);
            refused += count - taking;
        }
        for (int i = 0; i < taking; i++) {
            send(outgoing.get(i));
        }
        outgoing.clear();
        return count - taking;
    }

    private void send(Outgoing packet) {
        byte[] bytes = packet.bytes;
        DecodeResult verdict = sent.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
        if (verdict != DecodeResult.OK) {
            throw new AssertionError(name + " sent a malformed packet: " + verdict);
        }
        world.listeners().forEach(listener -> listener.onSent(this, sent, packet.target));
        if (!isDown) {
            network.carry(this, packet.target, packet.host, packet.port, bytes);
        }
    }
}
