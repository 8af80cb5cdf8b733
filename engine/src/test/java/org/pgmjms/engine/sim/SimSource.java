package org.pgmjms.engine.sim;

import java.util.EnumMap;
import java.util.Map;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.protocol.PacketProtection;
import org.pgmjms.engine.protocol.Parity;
import org.pgmjms.engine.protocol.SendLimit;
import org.pgmjms.engine.protocol.SlowestReceiver;
import org.pgmjms.engine.protocol.Source;
import org.pgmjms.engine.protocol.SourceContext;
import org.pgmjms.engine.protocol.SourceSpis;
import org.pgmjms.engine.testing.SilentEvents;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** A source on a host: one session. A host that restarts gets another one. */
public final class SimSource {
    /** What IP and UDP add to a packet. */
    public static final int HEADER_BYTES = 28;

    private final SimNode node;
    private final SourceConfig config;
    private final int tpduBytes;
    private final SentStream stream;
    private final SimSupply supply;
    private final CountingAllocator memory = new CountingAllocator();
    private final Counters<SourceCounter> counters = new Counters<>(SourceCounter.class);
    private final Map<SlowestReceiver.Change, Integer> changes = new EnumMap<>(SlowestReceiver.Change.class);
    private final Source source;
    private Life life = Life.LIVES;

    /** How a session of a source goes on. */
    public enum Life {
        LIVES,
        ENDS,
        RESETS,
        DIED
    }

    /**
     * A source that waits to be opened; it runs on its host at once.
     *
     * @param tpduBytes the largest IP datagram
     */
    public SimSource(SimNode node, SourceConfig config, int tpduBytes) {
        this.node = node;
        this.config = config;
        this.tpduBytes = tpduBytes;
        this.stream = new SentStream(config.tsi(), config.firstSqn());
        this.supply = new SimSupply(stream, node.world()::nowNs);
        SourceContext context = new SourceContext(
                config,
                SimNetwork.PORT,
                SimNetwork.GROUP,
                node.address(),
                node.port(),
                tpduBytes - HEADER_BYTES,
                HEADER_BYTES);
        this.source = new Source(
                context,
                supply,
                new SilentEvents(),
                node,
                memory,
                new SourceSpis(PacketProtection.NONE, Parity.NONE, limit()),
                counters,
                node.nowNs());
        node.world().listeners().add(new Ledger());
        node.run(source);
    }

    private SendLimit limit() {
        return config.sendLimit().isMin() && config.announce()
                ? new SlowestReceiver(
                        config,
                        tpduBytes - HEADER_BYTES,
                        counters,
                        (change, address, receivers) -> changes.merge(change, 1, Integer::sum),
                        node.nowNs())
                : SendLimit.NONE;
    }

    /** The receivers without which its first message does not leave. */
    public int startsWith() {
        return config.sendLimit().isMin() && config.announce()
                ? config.sendLimit().receivers()
                : 0;
    }

    /** What became of its receivers, if it counts them, and how often. */
    public Map<SlowestReceiver.Change, Integer> changes() {
        return changes;
    }

    /** Notes which packets really left. */
    private final class Ledger implements SimListener {
        @Override
        public void onSent(SimNode from, PacketView packet, SimNode.Target target) {
            if (from == node
                    && life != Life.DIED
                    && packet.type() == PacketType.ODATA
                    && packet.tsi() == stream.tsi().value()) {
                stream.onLeft(packet.data().sqn(), node.world().nowNs());
            }
        }
    }

    public SimNode node() {
        return node;
    }

    public SourceConfig config() {
        return config;
    }

    /** The largest IP datagram. */
    public int tpduBytes() {
        return tpduBytes;
    }

    public SentStream stream() {
        return stream;
    }

    public Source source() {
        return source;
    }

    public SimSupply supply() {
        return supply;
    }

    public Counters<SourceCounter> counters() {
        return counters;
    }

    public CountingAllocator memory() {
        return memory;
    }

    public Life life() {
        return life;
    }

    /** Opens the session. */
    public void open() {
        source.open(node.nowNs());
        node.settle();
    }

    /** Queues a message and sends what can be sent. */
    public void publish(int length) {
        if (life == Life.LIVES) {
            supply.add(Math.min(length, source.maxApduBytes()));
            source.trySend(node.nowNs());
            node.settle();
        }
    }

    /** Ends the session with OPT_FIN. */
    public void end() {
        life = Life.ENDS;
        source.beginFin(node.nowNs());
        node.settle();
    }

    /** Ends the session with OPT_RST. */
    public void reset(int code) {
        life = Life.RESETS;
        source.abort(code, node.nowNs());
        node.settle();
    }

    /** The process dies. */
    public void die() {
        life = Life.DIED;
        node.crash();
        source.close();
    }
}
