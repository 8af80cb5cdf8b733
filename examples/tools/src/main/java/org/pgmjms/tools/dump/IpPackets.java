package org.pgmjms.tools.dump;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Finds UDP datagrams and packets of IP protocol 113 in captured frames. Never throws for what a frame holds. */
final class IpPackets {
    private static final int PGM = 113;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int VLAN = 0x8100;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int MORE_OR_OFFSET = 0x3FFF;

    /** How frames of a capture begin; the numbers are those of the capture formats. */
    enum LinkType {
        NULL(0),
        ETHERNET(1),
        RAW(101),
        LINUX_SLL(113),
        IPV4_ONLY(228),
        IPV6_ONLY(229),
        LINUX_SLL2(276);

        private final int number;

        LinkType(int number) {
            this.number = number;
        }

        static Optional<LinkType> of(int number) {
            for (LinkType type : values()) {
                if (type.number == number) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }

    private IpPackets() {}

    /** The packet in a frame that was captured whole; empty when there is none of ours, or only a part of one. */
    static Optional<Datagram> find(LinkType link, long nanos, byte[] frame) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(frame);
            int ip = networkOffset(link, bytes);
            if (ip < 0 || ip >= frame.length) {
                return Optional.empty();
            }
            return switch (frame[ip] >>> 4 & 0xF) {
                case 4 -> ipv4(nanos, bytes, ip);
                case 6 -> ipv6(nanos, bytes, ip);
                default -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Where the IP header begins, or -1 when there is none. */
    private static int networkOffset(LinkType link, ByteBuffer frame) {
        return switch (link) {
            case RAW, IPV4_ONLY, IPV6_ONLY -> 0;
            case NULL -> 4;
            case ETHERNET -> behindType(frame, 12);
            case LINUX_SLL -> behindType(frame, 14);
            case LINUX_SLL2 -> isIp(unsignedShort(frame, 0)) ? 20 : -1;
        };
    }

    private static int behindType(ByteBuffer frame, int typeAt) {
        int at = typeAt;
        while (unsignedShort(frame, at) == VLAN) {
            at += 4;
        }
        return isIp(unsignedShort(frame, at)) ? at + Short.BYTES : -1;
    }

    private static boolean isIp(int etherType) {
        return etherType == IPV4 || etherType == IPV6;
    }

    private static Optional<Datagram> ipv4(long nanos, ByteBuffer frame, int ip) throws UnknownHostException {
        int header = (frame.get(ip) & 0xF) * Integer.BYTES;
        int total = unsignedShort(frame, ip + 2);
        boolean isFragment = (unsignedShort(frame, ip + 6) & MORE_OR_OFFSET) != 0;
        if (header < IPV4_HEADER || isFragment) {
            return Optional.empty();
        }
        InetAddress source = address(frame, ip + 12, 4);
        InetAddress destination = address(frame, ip + 16, 4);
        return transport(nanos, source, destination, frame.get(ip + 9) & 0xFF, slice(frame, ip + header, ip + total));
    }

    private static Optional<Datagram> ipv6(long nanos, ByteBuffer frame, int ip) throws UnknownHostException {
        int content = ip + IPV6_HEADER;
        InetAddress source = address(frame, ip + 8, 16);
        InetAddress destination = address(frame, ip + 24, 16);
        return transport(
                nanos,
                source,
                destination,
                frame.get(ip + 6) & 0xFF,
                slice(frame, content, content + unsignedShort(frame, ip + 4)));
    }

    private static Optional<Datagram> transport(
            long nanos, InetAddress source, InetAddress destination, int protocol, byte[] content) {
        if (protocol == PGM) {
            return Optional.of(new Datagram(nanos, source, -1, destination, -1, content));
        }
        if (protocol != UDP) {
            return Optional.empty();
        }
        ByteBuffer udp = ByteBuffer.wrap(content);
        return Optional.of(new Datagram(
                nanos,
                source,
                unsignedShort(udp, 0),
                destination,
                unsignedShort(udp, 2),
                slice(udp, UDP_HEADER, unsignedShort(udp, 4))));
    }

    private static int unsignedShort(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    private static InetAddress address(ByteBuffer frame, int at, int length) throws UnknownHostException {
        return InetAddress.getByAddress(slice(frame, at, at + length));
    }

    private static byte[] slice(ByteBuffer from, int begin, int end) {
        if (end < begin) {
            throw new IndexOutOfBoundsException();
        }
        byte[] bytes = new byte[end - begin];
        from.get(begin, bytes);
        return bytes;
    }
}
