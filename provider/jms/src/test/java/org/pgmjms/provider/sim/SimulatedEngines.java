package org.pgmjms.provider.sim;

import java.util.ArrayList;
import java.util.List;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.provider.link.EngineDoor;
import org.pgmjms.provider.link.EngineFactory;

/** Engines of one process on simulated networks, one for each group. Each half of a channel has a host of its own. */
final class SimulatedEngines implements EngineFactory {
    private final List<SimNetwork> networks;
    private final String process;
    private final List<SimulatedEngine> engines = new ArrayList<>();
    private final List<SimNode> hosts = new ArrayList<>();

    SimulatedEngines(List<SimNetwork> networks, String process) {
        this.networks = networks;
        this.process = process;
    }

    @Override
    public EngineDoor open() {
        SimulatedEngine engine = new SimulatedEngine(this::network, this::newHost);
        engines.add(engine);
        return engine;
    }

    /** The last byte of a group, from 1, tells its network. */
    private SimNetwork network(ChannelConfig channel) {
        byte[] group = channel.group().getAddress();
        return networks.get(group[group.length - 1] - 1);
    }

    private SimNode newHost(SimNetwork network) {
        SimNode host = network.host(process + "-" + hosts.size());
        hosts.add(host);
        return host;
    }

    /** Where its halves are. */
    List<SimNode> hosts() {
        return hosts;
    }

    /** What all of them hold in windows and buffers. */
    long heldBytes() {
        return engines.stream().mapToLong(SimulatedEngine::heldBytes).sum();
    }
}
