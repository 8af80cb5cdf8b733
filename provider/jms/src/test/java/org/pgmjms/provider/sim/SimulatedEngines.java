package org.pgmjms.provider.sim;

import java.util.ArrayList;
import java.util.List;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.provider.link.EngineDoor;
import org.pgmjms.provider.link.EngineFactory;

/** Engines of one process on a simulated network. Each half of a channel has a host of its own there. */
final class SimulatedEngines implements EngineFactory {
    private final SimNetwork network;
    private final String process;
    private final List<SimulatedEngine> engines = new ArrayList<>();
    private final List<SimNode> hosts = new ArrayList<>();

    SimulatedEngines(SimNetwork network, String process) {
        this.network = network;
        this.process = process;
    }

    @Override
    public EngineDoor open() {
        SimulatedEngine engine = new SimulatedEngine(network, this::newHost);
        engines.add(engine);
        return engine;
    }

    private SimNode newHost() {
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
