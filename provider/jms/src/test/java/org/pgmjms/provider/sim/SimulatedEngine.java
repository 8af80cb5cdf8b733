package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.engine.sim.CountingAllocator;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.provider.link.EngineDoor;

/** The engine's protocol halves on simulated hosts instead of sockets and threads. Closes what is open only at the end. */
final class SimulatedEngine implements EngineDoor {
    private final Function<ChannelConfig, SimNetwork> networks;
    private final Function<SimNetwork, SimNode> hosts;
    private final CountingAllocator memory = new CountingAllocator();
    private final List<SimulatedPublication> publications = new ArrayList<>();
    private final List<SimulatedSubscription> subscriptions = new ArrayList<>();

    SimulatedEngine(Function<ChannelConfig, SimNetwork> networks, Function<SimNetwork, SimNode> hosts) {
        this.networks = networks;
        this.hosts = hosts;
    }

    @Override
    public Publication publish(ChannelConfig channel, SourceConfig source, ApduSupplier supplier, SourceEvents events) {
        checkChannel(channel);
        SimulatedPublication publication = new SimulatedPublication(
                hosts.apply(networks.apply(channel)), memory, channel, source, supplier, events);
        publications.add(publication);
        return publication;
    }

    @Override
    public Subscription subscribe(ChannelConfig channel, ReceiverConfig receiver, ReceiverHandler handler) {
        checkChannel(channel);
        SimNetwork network = networks.apply(channel);
        SimulatedSubscription subscription =
                new SimulatedSubscription(hosts.apply(network), memory, receiver, handler, network.fork());
        subscriptions.add(subscription);
        return subscription;
    }

    private static void checkChannel(ChannelConfig channel) {
        assertThat(channel.destinationPort()).isEqualTo(SimNetwork.PORT);
    }

    long heldBytes() {
        return memory.heldBytes();
    }

    @Override
    public void close() {
        publications.forEach(SimulatedPublication::dispose);
        subscriptions.forEach(SimulatedSubscription::close);
    }
}
