package org.pgmjms.engine.sim;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.PacketProtection;
import org.pgmjms.engine.protocol.Receiver;
import org.pgmjms.engine.protocol.ReceiverContext;

/** A receiver on a host, with a handler that tells the world's listeners and keeps what it is told. */
public final class SimReceiver implements ReceiverHandler {
    private static final int PACKET_BYTES = 1_472;
    private static final int BUFFER_BYTES = 256 << 10;

    private final SimChannel channel;
    private final SimWorld world;
    private final SimNode node;
    private final ReceiverConfig config;
    private final CountingAllocator memory = new CountingAllocator();
    private final Counters<ReceiverCounter> counters = new Counters<>(ReceiverCounter.class);
    private final Receiver receiver;
    private final long joinedNs;
    private final List<HeardStream> streams = new ArrayList<>();
    private final Map<Long, HeardStream> current = new HashMap<>();
    private final Set<Long> strangers = new HashSet<>();
    private boolean closed;

    /** What the handler can take; packets that do not fit are asked for again. */
    public int capacityBytes = Integer.MAX_VALUE;

    /** What the application has room for, beside what is coming. */
    public LongToIntFunction roomBytes = coming -> capacityBytes;

    SimReceiver(SimChannel channel, SimNode node, ReceiverConfig config) {
        this.channel = channel;
        this.world = node.world();
        this.node = node;
        this.config = config;
        this.joinedNs = world.nowNs();
        ReceiverContext context = new ReceiverContext(
                config, SimNetwork.PORT, SimNetwork.GROUP, SimNetwork.PORT, node.address(), PACKET_BYTES, BUFFER_BYTES);
        this.receiver = new Receiver(
                context, node, memory, PacketProtection.NONE, channel.network().fork(), counters, node.nowNs());
        receiver.add(this);
        node.run(receiver);
        receiver.discover(node.nowNs());
        node.settle();
    }

    public SimNode node() {
        return node;
    }

    public ReceiverConfig config() {
        return config;
    }

    public Receiver receiver() {
        return receiver;
    }

    public CountingAllocator memory() {
        return memory;
    }

    public Counters<ReceiverCounter> counters() {
        return counters;
    }

    public long joinedNs() {
        return joinedNs;
    }

    /** All sessions that it ever had, also those that ended. */
    public List<HeardStream> streams() {
        return streams;
    }

    /** The last session it had of a source; null when there was none. */
    public @Nullable HeardStream last(SentStream sent) {
        for (int i = streams.size() - 1; i >= 0; i--) {
            if (streams.get(i).sent() == sent) {
                return streams.get(i);
            }
        }
        return null;
    }

    /** The session it has of a source now; null when there is none. */
    public @Nullable HeardStream now(SentStream sent) {
        return current.get(sent.tsi().value());
    }

    public boolean isClosed() {
        return closed;
    }

    /** Leaves the channel. */
    public void close() {
        closed = true;
        receiver.close(node.nowNs());
        node.settle();
        node.crash();
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return config.raw() || SimSupply.isPlausible(apduStart);
    }

    @Override
    public void onSession(Tsi tsi, SessionStart start) {
        SentStream sent = channel.sent(tsi.value());
        if (sent == null && config.raw()) {
            strangers.add(tsi.value());
            return;
        }
        if (sent == null) {
            throw new AssertionError(node.name() + " believes in a session of nobody: " + tsi);
        }
        HeardStream stream = new HeardStream(this, sent, start, world.nowNs());
        note(1, tsi, start.ordinal(), 0);
        tell(listener -> listener.onSession(stream));
        streams.add(stream);
        if (current.put(tsi.value(), stream) != null) {
            throw new AssertionError(stream + ": established twice");
        }
    }

    @Override
    public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        if (isStranger(tsi)) {
            return;
        }
        HeardStream stream = stream(tsi);
        note(2, tsi, firstSqn, lastSqn);
        tell(listener -> listener.onApdu(stream, firstSqn, lastSqn, apdu, flags));
        stream.deliver(stream.sent().offset(firstSqn), stream.sent().offset(lastSqn) + 1);
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        if (isStranger(tsi)) {
            return;
        }
        HeardStream stream = stream(tsi);
        note(3, tsi, firstSqn, count);
        tell(listener -> listener.onLost(stream, firstSqn, count, cause));
        int offset = stream.sent().offset(firstSqn);
        stream.lose(offset, offset + count, cause);
    }

    @Override
    public void onResolved(Tsi tsi, int edge) {
        if (isStranger(tsi)) {
            return;
        }
        HeardStream stream = stream(tsi);
        note(4, tsi, edge, 0);
        tell(listener -> listener.onResolved(stream, edge));
        stream.resolve(stream.sent().offset(edge));
    }

    @Override
    public void onEnd(Tsi tsi, EndReason reason, int finalSqn) {
        if (strangers.remove(tsi.value())) {
            return;
        }
        HeardStream stream = stream(tsi);
        note(5, tsi, reason.ordinal(), finalSqn);
        tell(listener -> listener.onEnd(stream, reason, finalSqn));
        stream.end(reason);
        current.remove(tsi.value());
    }

    @Override
    public int capacityBytes(Tsi tsi) {
        return capacityBytes;
    }

    /** What has no room here must not be sent, if the source asks. */
    @Override
    public int roomBytes(Tsi tsi, long comingBytes) {
        return roomBytes.applyAsInt(comingBytes);
    }

    /** Who takes any data takes that of strangers, which nobody here sent. */
    private boolean isStranger(Tsi tsi) {
        return strangers.contains(tsi.value());
    }

    private HeardStream stream(Tsi tsi) {
        HeardStream stream = current.get(tsi.value());
        if (stream == null) {
            throw new AssertionError(node.name() + " speaks of a session that is not there: " + tsi);
        }
        return stream;
    }

    private void tell(Consumer<SimListener> event) {
        world.listeners().forEach(event);
    }

    private void note(int kind, Tsi tsi, int a, int b) {
        world.fingerprint().add(world.nowNs() * 31 + kind + ((long) node.port() << 40));
        world.fingerprint().add(tsi.value() ^ (long) a << Integer.SIZE ^ b);
    }
}
