package org.pgmjms.engine.sim;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;

/** One network segment: every packet to a group reaches every other host, over that host's inbound link. */
public final class SimNetwork {
    /** The group of every simulated channel. */
    public static final Nla GROUP = Nla.ipv4(0xEFC0_0001);

    /** The data-destination port and the common UDP port of every simulated channel. */
    public static final int PORT = 7500;

    private static final int FIRST_ADDRESS = 0x0A4D_0000;
    private static final int FIRST_UNICAST_PORT = 40_000;

    private final SimWorld world;
    private final RandomGenerator seeds;
    private final List<SimNode> hosts = new ArrayList<>();
    private final PacketView view = new PacketView();

    public SimNetwork(SimWorld world, RandomGenerator seeds) {
        this.world = world;
        this.seeds = seeds;
    }

    public SimWorld world() {
        return world;
    }

    /** A generator of its own for a part of the world, so that one part's draws do not shift another's. */
    public RandomGenerator fork() {
        return RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seeds.nextLong());
    }

    /** A new host with an address of its own. */
    public SimNode host(String name) {
        return host(name, new Faults(fork()), fork());
    }

    /** A new host that draws nothing from what others draw from, for those who came later than known seeds. */
    SimNode outsider(String name, long seed) {
        RandomGenerator own =
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
        return host(name, new Faults(own), own);
    }

    private SimNode host(String name, Faults inbound, RandomGenerator random) {
        int number = hosts.size() + 1;
        SimNode host =
                new SimNode(this, name, Nla.ipv4(FIRST_ADDRESS + number), FIRST_UNICAST_PORT + number, inbound, random);
        hosts.add(host);
        world.add(host);
        return host;
    }

    /** All hosts. */
    public List<SimNode> hosts() {
        return hosts;
    }

    /** Puts bytes on the network as if this host had sent them to the group; nobody checks them. */
    public void inject(SimNode as, byte[] bytes) {
        carry(as, SimNode.Target.GROUP, null, 0, bytes);
    }

    /** Puts bytes on the network as if one host had sent them to another; nobody checks them. */
    public void inject(SimNode as, SimNode to, byte[] bytes) {
        carry(as, SimNode.Target.HOST, to.address(), to.port(), bytes);
    }

    void carry(SimNode from, SimNode.Target target, @Nullable Nla to, int port, byte[] bytes) {
        boolean wellFormed = view.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length) == DecodeResult.OK;
        for (SimNode host : hosts) {
            boolean wanted = target == SimNode.Target.HOST
                    ? host.address().equals(to) && (port == host.port() || port == PORT)
                    : host != from;
            if (wanted && !(wellFormed && host.inbound().drops(view))) {
                deliver(from, host, bytes);
            }
        }
    }

    private void deliver(SimNode from, SimNode to, byte[] bytes) {
        for (int copies = to.inbound().copies(); copies > 0; copies--) {
            byte[] copy = to.inbound().maybeCorrupt(bytes);
            world.after(to.inbound().transitNs(), () -> to.onDatagram(copy, from.address(), from.port()));
        }
        if (to.inbound().replays()) {
            world.after(to.inbound().replayNs(), () -> to.onDatagram(bytes, from.address(), from.port()));
        }
    }
}
