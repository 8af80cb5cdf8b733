package org.pgmjms.engine.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.SourceConfig;

/** A channel in a world of its own: its network, the sources and receivers on it, and what was really sent. */
public final class SimChannel {
    private final SimWorld world;
    private final SimNetwork network;
    private final List<SimSource> sources = new ArrayList<>();
    private final List<SimReceiver> receivers = new ArrayList<>();
    private final Map<Long, SentStream> sent = new HashMap<>();

    /**
     * An empty one.
     *
     * @param startNs what the clock says at the beginning
     * @param seed everything that is drawn follows from it
     */
    public SimChannel(long startNs, long seed) {
        world = new SimWorld(startNs);
        RandomGenerator random =
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
        network = new SimNetwork(world, random);
    }

    public SimWorld world() {
        return world;
    }

    public SimNetwork network() {
        return network;
    }

    /** All sources there ever were. */
    public List<SimSource> sources() {
        return sources;
    }

    /** All receivers there ever were. */
    public List<SimReceiver> receivers() {
        return receivers;
    }

    /** A source on a host, to be opened. */
    public SimSource source(SimNode host, SourceConfig config, int tpduBytes) {
        SimSource source = new SimSource(host, config, tpduBytes);
        expect(source.stream());
        sources.add(source);
        return source;
    }

    /** A source that starts over as a session that died. */
    public SimSource sourceAgain(SimNode host, SourceConfig config, int tpduBytes) {
        sent.remove(config.tsi().value());
        return source(host, config, tpduBytes);
    }

    /** From now on receivers may speak of this session. */
    void expect(SentStream stream) {
        if (sent.put(stream.tsi().value(), stream) != null) {
            throw new IllegalArgumentException("two sources are " + stream.tsi());
        }
    }

    /** A receiver on a host, that joins now. */
    public SimReceiver receiver(SimNode host, ReceiverConfig config) {
        SimReceiver receiver = new SimReceiver(this, host, config);
        receivers.add(receiver);
        return receiver;
    }

    /** What a session sent; null when there is none. */
    public @Nullable SentStream sent(long tsi) {
        return sent.get(tsi);
    }

    /** The source that sent this. */
    public SimSource sourceOf(SentStream stream) {
        for (SimSource source : sources) {
            if (source.stream() == stream) {
                return source;
            }
        }
        throw new IllegalArgumentException("not of this channel: " + stream.tsi());
    }
}
