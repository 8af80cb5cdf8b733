package org.pgmjms.engine.channel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The group where receivers look for sources, and where one source of a host hands requests to the others. */
final class ControlGroup {
    private static final InetAddress IPV4 = address("239.255.75.1");
    private static final InetAddress IPV6 = address("ff15::4b01");

    private ControlGroup() {}

    /** In the family of another group. */
    static InetAddress like(InetAddress group) {
        return group instanceof Inet6Address ? IPV6 : IPV4;
    }

    /** On a UDP port. */
    static InetSocketAddress like(InetAddress group, int udpPort) {
        return new InetSocketAddress(like(group), udpPort);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
