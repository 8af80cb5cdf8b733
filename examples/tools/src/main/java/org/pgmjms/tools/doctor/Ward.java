package org.pgmjms.tools.doctor;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.net.LocalInterface;

/** The two sockets of a doctor: the group's, and one of its own, as receivers and sources have them. One owner. */
final class Ward implements AutoCloseable {
    private static final int MAX_DATAGRAM = 65_535;

    private final ChannelConfig channel;
    private final int destinationPort;
    private final InetSocketAddress group;
    private final DatagramChannel groupSocket;
    private final DatagramChannel ownSocket;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);

    /** A packet of another doctor. */
    record Heard(DoctorPacket packet, InetSocketAddress from, boolean byGroup) {}

    Ward(ChannelConfig channel, LocalInterface on) throws IOException {
        this.channel = channel;
        this.destinationPort = DoctorPacket.port(channel);
        this.group = new InetSocketAddress(channel.group(), channel.udpPort());
        this.selector = Selector.open();
        this.groupSocket = DatagramChannel.open(family());
        this.ownSocket = DatagramChannel.open(family());
        try {
            openGroup(on);
            ownSocket.setOption(StandardSocketOptions.IP_MULTICAST_IF, on.device());
            ownSocket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            ownSocket.bind(new InetSocketAddress(on.address(), 0));
            setTtl(channel.ttl());
            ownSocket.configureBlocking(false);
            ownSocket.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private StandardProtocolFamily family() {
        return channel.group() instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private void openGroup(LocalInterface on) throws IOException {
        groupSocket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        if (groupSocket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            groupSocket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        groupSocket.setOption(StandardSocketOptions.SO_RCVBUF, channel.receiveBufferBytes());
        boolean isWindows = System.getProperty("os.name", "").startsWith("Windows");
        groupSocket.bind(isWindows ? new InetSocketAddress(channel.udpPort()) : group);
        groupSocket.join(channel.group(), on.device());
        groupSocket.configureBlocking(false);
        groupSocket.register(selector, SelectionKey.OP_READ);
    }

    /** Hops that multicasts may go from now on. */
    void setTtl(int ttl) throws IOException {
        ownSocket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, ttl);
    }

    /** What the kernel granted for the group's socket, in bytes. */
    int receiveBufferBytes() throws IOException {
        return groupSocket.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    /** Where its own socket is. */
    InetSocketAddress own() throws IOException {
        return (InetSocketAddress) ownSocket.getLocalAddress();
    }

    void toGroup(DoctorPacket packet, int leastBytes) throws IOException {
        ownSocket.send(ByteBuffer.wrap(packet.encode(destinationPort, leastBytes)), group);
    }

    void toHost(DoctorPacket packet, InetSocketAddress host) throws IOException {
        ownSocket.send(ByteBuffer.wrap(packet.encode(destinationPort, 0)), host);
    }

    /** The next packet of a doctor, this one included; empty when none comes in this time. */
    Optional<Heard> receive(long waitMs) throws IOException {
        long deadlineNs = System.nanoTime() + waitMs * 1_000_000;
        do {
            Optional<Heard> heard = receive();
            if (heard.isPresent()) {
                return heard;
            }
            long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            if (leftMs > 0) {
                selector.select(leftMs);
                selector.selectedKeys().clear();
            }
        } while (deadlineNs - System.nanoTime() > 0);
        return receive();
    }

    private Optional<Heard> receive() throws IOException {
        for (DatagramChannel socket : new DatagramChannel[] {groupSocket, ownSocket}) {
            InetSocketAddress from = (InetSocketAddress) socket.receive(buffer.clear());
            while (from != null) {
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                Optional<DoctorPacket> packet = DoctorPacket.decode(bytes, destinationPort);
                if (packet.isPresent()) {
                    return Optional.of(new Heard(packet.get(), from, socket.equals(groupSocket)));
                }
                from = (InetSocketAddress) socket.receive(buffer.clear());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        groupSocket.close();
        ownSocket.close();
    }
}
