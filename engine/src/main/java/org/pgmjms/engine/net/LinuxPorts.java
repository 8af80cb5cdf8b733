package org.pgmjms.engine.net;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;

/** Ports over sockets of Linux, through the C library. */
final class LinuxPorts implements Ports {
    private static final int SEND_BUFFER_BYTES = 1 << 20;
    private static final int UNICAST_RECEIVE_BUFFER_BYTES = 1 << 20;

    private final Libc.Access access;

    /** With access that has no obstacle. */
    LinuxPorts(Libc.Access access) {
        this.access = access;
    }

    /** Why this kernel is not served, or null when it is. */
    static @Nullable String obstacle(Libc.Access access) {
        try {
            LinuxSocket probe = LinuxSocket.open(access.open(), InetAddress.getLoopbackAddress());
            try {
                return probe.knowsSegments() ? null : "the kernel knows no UDP_SEGMENT and UDP_GRO";
            } finally {
                probe.descriptor().close();
            }
        } catch (LinuxSocket.Failure e) {
            return "a trial failed, " + e.getMessage();
        }
    }

    @Override
    public String kind() {
        return "native";
    }

    @Override
    public DatagramPort group(InetAddress group, int udpPort, int receiveBufferBytes) throws PgmException {
        return open(group, udpPort, socket -> {
            socket.share();
            socket.receiveBuffer(receiveBufferBytes);
            socket.receiveRuns();
            socket.bind(group, udpPort);
        });
    }

    @Override
    public DatagramPort unicast(LocalInterface on, int udpPort, int hops) throws PgmException {
        return open(on.address(), udpPort, socket -> {
            socket.sendBuffer(SEND_BUFFER_BYTES);
            socket.receiveBuffer(UNICAST_RECEIVE_BUFFER_BYTES);
            socket.multicast(on, hops);
            socket.bind(on.address(), udpPort);
        });
    }

    @Override
    public PortPoller poller() throws PgmException {
        try {
            return new LinuxPoller(access.open());
        } catch (LinuxSocket.Failure e) {
            throw new PgmException(Code.SOCKET, "no poller: " + e.getMessage(), e);
        }
    }

    private DatagramPort open(InetAddress local, int udpPort, Setup setup) throws PgmException {
        try {
            LinuxSocket socket = LinuxSocket.open(access.open(), local);
            try {
                setup.apply(socket);
                return new LinuxDatagramPort(socket, access, kind());
            } catch (LinuxSocket.Failure e) {
                socket.descriptor().close();
                throw e;
            }
        } catch (LinuxSocket.Failure e) {
            throw e.errno() == Errno.EADDRINUSE
                    ? SocketErrors.portInUse(local, udpPort, e)
                    : SocketErrors.noSocket(local, udpPort, e);
        }
    }

    private interface Setup {
        void apply(LinuxSocket socket) throws LinuxSocket.Failure;
    }
}
