package org.pgmjms.provider.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.ReceiverStats;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.engine.protocol.PacketProtection;
import org.pgmjms.engine.protocol.Receiver;
import org.pgmjms.engine.protocol.ReceiverContext;
import org.pgmjms.engine.sim.CountingAllocator;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimWorld;

/** A receiver on a simulated host. Everything happens on the one thread of the world, so tasks run at once. */
final class SimulatedSubscription implements Subscription {
    private static final int PACKET_BYTES = 1_472;
    private static final int BUFFER_BYTES = 256 << 10;

    private final SimNode host;
    private final SimWorld world;
    private final Counters<ReceiverCounter> counters = new Counters<>(ReceiverCounter.class);
    private final Receiver receiver;
    private boolean over;

    SimulatedSubscription(
            SimNode host,
            CountingAllocator memory,
            ReceiverConfig config,
            ReceiverHandler handler,
            RandomGenerator random) {
        this.host = host;
        this.world = host.world();
        ReceiverContext context = new ReceiverContext(
                config, SimNetwork.PORT, SimNetwork.GROUP, SimNetwork.PORT, host.address(), PACKET_BYTES, BUFFER_BYTES);
        this.receiver = new Receiver(context, host, memory, PacketProtection.NONE, random, counters, world.nowNs());
        receiver.add(handler);
        host.run(receiver);
        receiver.discover(world.nowNs());
        host.settle();
    }

    @Override
    public ReceiverStats stats() {
        Map<ReceiverCounter, Long> values = new EnumMap<>(ReceiverCounter.class);
        for (ReceiverCounter counter : ReceiverCounter.values()) {
            values.put(counter, counters.get(counter));
        }
        return new ReceiverStats(receiver.peers(), receiver.halfOpen(), values, Map.of());
    }

    @Override
    public void execute(Runnable task) {
        if (over) {
            throw new RejectedExecutionException("closed");
        }
        task.run();
    }

    @Override
    public CompletionStage<Void> close() {
        if (!over) {
            over = true;
            receiver.close(world.nowNs());
            host.settle();
            host.crash();
        }
        return CompletableFuture.completedStage(null);
    }
}
