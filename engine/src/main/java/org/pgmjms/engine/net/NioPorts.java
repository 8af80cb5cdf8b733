package org.pgmjms.engine.net;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;

/** Ports over {@link DatagramChannel}: everywhere, without native code. */
final class NioPorts implements Ports {
    private static final int SEND_BUFFER_BYTES = 1 << 20;
    private static final int UNICAST_RECEIVE_BUFFER_BYTES = 1 << 20;

    /** Windows refuses to bind to a group. */
    private static final boolean BIND_TO_GROUP = !Interfaces.osIs("windows");

    @Override
    public String kind() {
        return "nio";
    }

    @Override
    public DatagramPort group(InetAddress group, int udpPort, int receiveBufferBytes) throws PgmException {
        return open(group, udpPort, channel -> {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            channel.bind(BIND_TO_GROUP ? new InetSocketAddress(group, udpPort) : new InetSocketAddress(udpPort));
        });
    }

    @Override
    public DatagramPort unicast(LocalInterface on, int udpPort, int hops) throws PgmException {
        return open(on.address(), udpPort, channel -> {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, UNICAST_RECEIVE_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, on.device());
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, hops);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.bind(new InetSocketAddress(on.address(), udpPort));
        });
    }

    @Override
    public PortPoller poller() throws PgmException {
        try {
            return new NioPortPoller(Selector.open());
        } catch (IOException e) {
            throw new PgmException(Code.SOCKET, "no selector: " + e.getMessage(), e);
        }
    }

    private DatagramPort open(InetAddress local, int udpPort, Setup setup) throws PgmException {
        ProtocolFamily family =
                local instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        try {
            DatagramChannel channel = DatagramChannel.open(family);
            try {
                channel.configureBlocking(false);
                setup.apply(channel);
                return new NioDatagramPort(channel, kind());
            } catch (IOException e) {
                closeAfter(channel, e);
                throw e;
            }
        } catch (IOException e) {
            throw translate(e, local, udpPort);
        }
    }

    private static void closeAfter(DatagramChannel channel, IOException cause) {
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static PgmException translate(IOException e, InetAddress local, int udpPort) {
        boolean taken = e instanceof BindException
                && (e.getMessage() == null || !e.getMessage().contains("assign"));
        return taken ? SocketErrors.portInUse(local, udpPort, e) : SocketErrors.noSocket(local, udpPort, e);
    }

    private interface Setup {
        void apply(DatagramChannel channel) throws IOException;
    }
}
