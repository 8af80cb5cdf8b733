package org.pgmjms.engine.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Socket addresses as the kernel has them.
 *
 * <pre>
 *           sockaddr_in              sockaddr_in6
 *   0       family, uint16           family, uint16
 *   2       port, big-endian         port, big-endian
 *   4       address, 4 bytes         flow label, 4 bytes
 *   8       8 zeroes                 address, 16 bytes
 *   24                               scope, uint32
 * </pre>
 */
final class LinuxAddress {
    static final int MAX_LENGTH = 28;
    static final int INET = 2;
    static final int INET6 = 10;

    static final int PORT_OFFSET = 2;
    static final int IPV4_OFFSET = 4;
    static final int IPV6_OFFSET = 8;
    static final int SCOPE_OFFSET = 24;

    private static final int IPV4_LENGTH = 16;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private LinuxAddress() {}

    /** The address family of sockets for an address. */
    static int family(InetAddress address) {
        return address instanceof Inet6Address ? INET6 : INET;
    }

    /** Writes an address and answers its length. */
    static int write(ByteBuffer to, InetAddress address, int port) {
        for (int at = 0; at < MAX_LENGTH; at += Integer.BYTES) {
            to.putInt(at, 0);
        }
        to.putShort(0, (short) family(address));
        to.put(PORT_OFFSET, (byte) (port >> Byte.SIZE));
        to.put(PORT_OFFSET + 1, (byte) port);
        if (address instanceof Inet6Address ipv6) {
            to.put(IPV6_OFFSET, ipv6.getAddress());
            to.putInt(SCOPE_OFFSET, ipv6.getScopeId());
            return MAX_LENGTH;
        }
        to.put(IPV4_OFFSET, address.getAddress());
        return IPV4_LENGTH;
    }

    /** Reads an address. */
    static InetSocketAddress read(ByteBuffer from) {
        int port = Short.toUnsignedInt(
                from.order() == ByteOrder.BIG_ENDIAN
                        ? from.getShort(PORT_OFFSET)
                        : Short.reverseBytes(from.getShort(PORT_OFFSET)));
        boolean ipv6 = from.getShort(0) == INET6;
        byte[] bytes = new byte[ipv6 ? IPV6_BYTES : IPV4_BYTES];
        from.get(ipv6 ? IPV6_OFFSET : IPV4_OFFSET, bytes);
        int scope = ipv6 ? from.getInt(SCOPE_OFFSET) : 0;
        try {
            InetAddress address =
                    scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
