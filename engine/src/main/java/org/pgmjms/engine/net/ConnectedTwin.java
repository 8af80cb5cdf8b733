package org.pgmjms.engine.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second socket with the address and port of another, connected to a group: a packet leaves by it without its address
 * being handed to the kernel and looked at each time (docs/adr/0029). It never receives, since nothing comes from a group's
 * address. Linux only; systems differ in what such a pair receives.
 */
final class ConnectedTwin implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectedTwin.class);

    private final DatagramChannel channel;
    private final InetSocketAddress group;

    private ConnectedTwin(DatagramChannel channel, InetSocketAddress group) {
        this.channel = channel;
        this.group = group;
    }

    /** The twin of a channel that is bound, or null where there can be none. */
    static @Nullable ConnectedTwin of(DatagramChannel first, InetSocketAddress group) {
        if (!Interfaces.osIs("linux")) {
            return null;
        }
        try {
            InetSocketAddress local = (InetSocketAddress) first.getLocalAddress();
            DatagramChannel twin = DatagramChannel.open(
                    local.getAddress() instanceof Inet6Address
                            ? StandardProtocolFamily.INET6
                            : StandardProtocolFamily.INET);
            try {
                bind(first, twin, local);
                twin.connect(group);
                return new ConnectedTwin(twin, group);
            } catch (IOException e) {
                twin.close();
                throw e;
            }
        } catch (IOException e) {
            LOG.debug("packets to {} leave by a socket that is not connected: {}", group, e.toString());
            return null;
        }
    }

    /** The port is shared only while both are bound to it, so that nobody else gets it. */
    private static void bind(DatagramChannel first, DatagramChannel twin, InetSocketAddress local) throws IOException {
        twin.configureBlocking(false);
        copy(StandardSocketOptions.SO_SNDBUF, first, twin);
        copy(StandardSocketOptions.IP_MULTICAST_IF, first, twin);
        copy(StandardSocketOptions.IP_MULTICAST_TTL, first, twin);
        copy(StandardSocketOptions.IP_MULTICAST_LOOP, first, twin);
        first.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            twin.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            twin.bind(local);
            twin.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        } finally {
            first.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        }
    }

    private static <T> void copy(SocketOption<T> option, DatagramChannel from, DatagramChannel to) throws IOException {
        to.setOption(option, from.getOption(option));
    }

    /** Whether it sends there. */
    boolean serves(InetSocketAddress to) {
        return group.equals(to);
    }

    /** Sends a packet to the group; answers how many bytes were taken. */
    int send(ByteBuffer packet) throws IOException {
        return channel.write(packet);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
