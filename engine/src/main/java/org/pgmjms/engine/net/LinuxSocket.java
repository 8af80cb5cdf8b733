package org.pgmjms.engine.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;

/** Options and names of a UDP socket. One thread at a time; whoever calls holds the descriptor. */
final class LinuxSocket {
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;

    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;

    private static final int IPPROTO_IP = 0;
    private static final int IP_MULTICAST_IF = 32;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int IP_DROP_MEMBERSHIP = 36;
    private static final int IP_MULTICAST_ALL = 49;

    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_MULTICAST_IF = 17;
    private static final int IPV6_MULTICAST_HOPS = 18;
    private static final int IPV6_MULTICAST_LOOP = 19;
    private static final int IPV6_JOIN_GROUP = 20;
    private static final int IPV6_LEAVE_GROUP = 21;
    private static final int IPV6_MULTICAST_ALL = 29;

    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;

    private static final int IPV4_MEMBERSHIP_LENGTH = 12;
    private static final int IPV4_INTERFACE_ADDRESS = 4;
    private static final int IPV4_INTERFACE_INDEX = 8;
    private static final int IPV6_MEMBERSHIP_LENGTH = 20;
    private static final int IPV6_INTERFACE_INDEX = 16;

    private final Libc libc;
    private final Descriptor descriptor;
    private final boolean ipv6;
    private final Struct scratch;

    /** A call that failed. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        private final int errno;

        Failure(String call, int errno) {
            super(call + ": " + Errno.text(errno));
            this.errno = errno;
        }

        /** The error number. */
        int errno() {
            return errno;
        }
    }

    private LinuxSocket(Libc libc, Descriptor descriptor, boolean ipv6) {
        this.libc = libc;
        this.descriptor = descriptor;
        this.ipv6 = ipv6;
        this.scratch = Struct.of(libc, LinuxAddress.MAX_LENGTH);
    }

    /** A new socket of the family of an address, non-blocking, that hears only the groups that it joined itself. */
    static LinuxSocket open(Libc libc, InetAddress like) throws Failure {
        int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
        int number = check("socket", libc.socket(LinuxAddress.family(like), type, 0));
        LinuxSocket socket = new LinuxSocket(libc, new Descriptor(libc, number), like instanceof Inet6Address);
        try {
            socket.set(IPPROTO_IP, IP_MULTICAST_ALL, 0);
            if (socket.ipv6) {
                socket.set(IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
            }
            return socket;
        } catch (Failure e) {
            socket.descriptor.close();
            throw e;
        }
    }

    Descriptor descriptor() {
        return descriptor;
    }

    void share() throws Failure {
        set(SOL_SOCKET, SO_REUSEADDR, 1);
        set(SOL_SOCKET, SO_REUSEPORT, 1);
    }

    void sendBuffer(int bytes) throws Failure {
        set(SOL_SOCKET, SO_SNDBUF, bytes);
    }

    void receiveBuffer(int bytes) throws Failure {
        set(SOL_SOCKET, SO_RCVBUF, bytes);
    }

    /** What was granted: the kernel doubles the number for its own needs. */
    int receiveBuffer() throws Failure {
        scratch.bytes().putInt(0, 0);
        Struct length = length(Integer.BYTES);
        check(
                "getsockopt",
                libc.getsockopt(descriptor.number(), SOL_SOCKET, SO_RCVBUF, scratch.address(), length.address()));
        return scratch.bytes().getInt(0) / 2;
    }

    /** What is sent to groups leaves there, goes so far, and comes back to members on this host. */
    void multicast(LocalInterface on, int hops) throws Failure {
        if (ipv6) {
            set(IPPROTO_IPV6, IPV6_MULTICAST_IF, on.device().getIndex());
            set(IPPROTO_IPV6, IPV6_MULTICAST_HOPS, hops);
            set(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 1);
        } else {
            scratch.bytes().putInt(0, 0);
            scratch.bytes().put(IPV4_INTERFACE_ADDRESS, on.address().getAddress());
            scratch.bytes().putInt(IPV4_INTERFACE_INDEX, on.device().getIndex());
            setScratch(IPPROTO_IP, IP_MULTICAST_IF, IPV4_MEMBERSHIP_LENGTH);
            set(IPPROTO_IP, IP_MULTICAST_TTL, hops);
            set(IPPROTO_IP, IP_MULTICAST_LOOP, 1);
        }
    }

    /** Whether the kernel cuts runs on sending and hands them out whole on receiving. */
    boolean knowsSegments() throws Failure {
        try {
            set(SOL_UDP, UDP_SEGMENT, 0);
            set(SOL_UDP, UDP_GRO, 1);
            return true;
        } catch (Failure e) {
            if (e.errno() == Errno.ENOPROTOOPT || e.errno() == Errno.EINVAL) {
                return false;
            }
            throw e;
        }
    }

    /** Asks for runs of equal datagrams as one. */
    void receiveRuns() throws Failure {
        set(SOL_UDP, UDP_GRO, 1);
    }

    void bind(InetAddress address, int port) throws Failure {
        int length = LinuxAddress.write(scratch.bytes(), address, port);
        check("bind", libc.bind(descriptor.number(), scratch.address(), length));
    }

    /** Where it is bound. */
    InetSocketAddress local() throws Failure {
        Struct length = length(LinuxAddress.MAX_LENGTH);
        check("getsockname", libc.getsockname(descriptor.number(), scratch.address(), length.address()));
        return LinuxAddress.read(scratch.bytes());
    }

    void join(InetAddress group, NetworkInterface on) throws Failure {
        membership(group, on, ipv6 ? IPV6_JOIN_GROUP : IP_ADD_MEMBERSHIP);
    }

    void leave(InetAddress group, NetworkInterface on) throws Failure {
        membership(group, on, ipv6 ? IPV6_LEAVE_GROUP : IP_DROP_MEMBERSHIP);
    }

    private void membership(InetAddress group, NetworkInterface on, int option) throws Failure {
        scratch.bytes().put(0, group.getAddress());
        if (ipv6) {
            scratch.bytes().putInt(IPV6_INTERFACE_INDEX, on.getIndex());
            setScratch(IPPROTO_IPV6, option, IPV6_MEMBERSHIP_LENGTH);
        } else {
            scratch.bytes().putInt(IPV4_INTERFACE_ADDRESS, 0);
            scratch.bytes().putInt(IPV4_INTERFACE_INDEX, on.getIndex());
            setScratch(IPPROTO_IP, option, IPV4_MEMBERSHIP_LENGTH);
        }
    }

    private Struct length(int bytes) {
        Struct length = Struct.of(libc, Integer.BYTES);
        length.bytes().putInt(0, bytes);
        return length;
    }

    private void set(int level, int option, int value) throws Failure {
        scratch.bytes().putInt(0, value);
        setScratch(level, option, Integer.BYTES);
    }

    private void setScratch(int level, int option, int length) throws Failure {
        check(
                "setsockopt " + level + ":" + option,
                libc.setsockopt(descriptor.number(), level, option, scratch.address(), length));
    }

    private static int check(String call, int result) throws Failure {
        if (result < 0) {
            throw new Failure(call, -result);
        }
        return result;
    }
}
