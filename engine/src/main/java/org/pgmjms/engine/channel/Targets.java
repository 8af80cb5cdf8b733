package org.pgmjms.engine.channel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.wire.Nla;

/** The sockets of hosts to send to. Remembers the last ones, so that repeated requests make no objects. One owner. */
final class Targets {
    private static final int SLOTS = 256;

    private final NetworkInterface device;
    private final @Nullable InetSocketAddress[] sockets = new InetSocketAddress[SLOTS];
    private final @Nullable Nla[] hosts = new Nla[SLOTS];

    /**
     * Without any host yet.
     *
     * @param device the scope of link-local addresses
     */
    Targets(NetworkInterface device) {
        this.device = device;
    }

    /** A socket at an address. */
    InetSocketAddress socket(Nla host, int udpPort) {
        int hash = host.hashCode() * 31 + udpPort;
        int slot = (hash ^ hash >>> 16 ^ hash >>> 8) & SLOTS - 1;
        InetSocketAddress known = sockets[slot];
        if (known == null || known.getPort() != udpPort || !host.equals(hosts[slot])) {
            known = new InetSocketAddress(address(host), udpPort);
            sockets[slot] = known;
            hosts[slot] = host;
        }
        return known;
    }

    private InetAddress address(Nla host) {
        byte[] bytes = host.bytes();
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return address instanceof Inet6Address && address.isLinkLocalAddress()
                    ? Inet6Address.getByAddress(null, bytes, device)
                    : address;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(host.toString(), e);
        }
    }
}
