package org.pgmjms.tools.dump;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Instant;

/** Hears what a group is sent: all that sources send, and what receivers tell the group. One owner. */
public final class LiveGroup implements AutoCloseable {
    private static final int MAX_DATAGRAM = 65_535;
    private static final long NANOS = 1_000_000_000L;

    private final InetSocketAddress group;
    private final DatagramChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);

    /**
     * Joins.
     *
     * @param bufferBytes asked of the kernel for what waits to be read
     */
    public LiveGroup(InetAddress group, int udpPort, NetworkInterface on, int bufferBytes) throws IOException {
        this.group = new InetSocketAddress(group, udpPort);
        this.selector = Selector.open();
        this.channel = DatagramChannel.open(
                group instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.bind(isWindows() ? new InetSocketAddress(udpPort) : this.group);
            channel.join(group, on);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Windows refuses to bind to a group. */
    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    /** The next datagram, or null when none comes in this time. */
    public Datagram receive(long waitMs) throws IOException {
        buffer.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
        if (from == null && waitMs > 0) {
            selector.select(waitMs);
            selector.selectedKeys().clear();
            from = (InetSocketAddress) channel.receive(buffer);
        }
        if (from == null) {
            return null;
        }
        Instant now = Instant.now();
        byte[] payload = new byte[buffer.flip().remaining()];
        buffer.get(payload);
        return new Datagram(
                now.getEpochSecond() * NANOS + now.getNano(),
                from.getAddress(),
                from.getPort(),
                group.getAddress(),
                group.getPort(),
                payload);
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
