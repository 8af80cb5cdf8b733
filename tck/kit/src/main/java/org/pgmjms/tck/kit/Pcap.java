package org.pgmjms.tck.kit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads captures in the classic pcap format, little-endian, of Ethernet frames, and takes UDP datagrams and packets of
 * IP protocol 113 out of them. Other frames are left out but counted. IP fragments are reported, not put together.
 */
public final class Pcap {
    /** The protocol number of PGM. */
    public static final int PGM = 113;

    /** The protocol number of UDP. */
    public static final int UDP = 17;

    private static final int MICROSECONDS = 0xA1B2C3D4;
    private static final int NANOSECONDS = 0xA1B23C4D;
    private static final int FILE_HEADER = 24;
    private static final int LINK_OFFSET = 20;
    private static final int ETHERNET = 1;
    private static final int ETHERNET_HEADER = 14;
    private static final int ETHER_TYPE_OFFSET = 12;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int MORE_OR_OFFSET = 0x3FFF;

    private Pcap() {}

    /**
     * One datagram.
     *
     * @param number of the frame in the file, from 1
     * @param nanos when it was captured, since the epoch
     * @param source network address of the sender
     * @param destination network address it went to
     * @param ttl time to live or hop limit
     * @param ipOptions options of the IPv4 header, mostly none
     * @param protocol {@link #UDP} or {@link #PGM}
     * @param sourcePort UDP port, or -1
     * @param destinationPort UDP port, or -1
     * @param fragment whether it is only a part of an IP datagram
     * @param payload what the protocol carries
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Frame(
            int number,
            long nanos,
            InetAddress source,
            InetAddress destination,
            int ttl,
            byte[] ipOptions,
            int protocol,
            int sourcePort,
            int destinationPort,
            boolean fragment,
            byte[] payload) {}

    /** Reads a whole file. */
    public static List<Frame> read(InputStream file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        int magic = bytes.getInt(0);
        if (magic != MICROSECONDS && magic != NANOSECONDS || bytes.getInt(LINK_OFFSET) != ETHERNET) {
            throw new IOException("not a little-endian pcap of Ethernet frames");
        }
        long unit = magic == MICROSECONDS ? 1000 : 1;
        List<Frame> frames = new ArrayList<>();
        bytes.position(FILE_HEADER);
        for (int number = 1; bytes.hasRemaining(); number++) {
            long nanos = bytes.getInt() * 1_000_000_000L + bytes.getInt() * unit;
            byte[] frame = new byte[bytes.getInt()];
            if (bytes.getInt() != frame.length) {
                throw new IOException("frame " + number + " was cut when it was captured");
            }
            bytes.get(frame);
            Frame datagram = ethernet(number, nanos, ByteBuffer.wrap(frame));
            if (datagram != null) {
                frames.add(datagram);
            }
        }
        return frames;
    }

    private static @Nullable Frame ethernet(int number, long nanos, ByteBuffer frame) throws IOException {
        return switch (frame.getShort(ETHER_TYPE_OFFSET) & 0xFFFF) {
            case IPV4 -> ipv4(number, nanos, frame);
            case IPV6 -> ipv6(number, nanos, frame);
            default -> null;
        };
    }

    private static @Nullable Frame ipv4(int number, long nanos, ByteBuffer frame) throws IOException {
        int ip = ETHERNET_HEADER;
        int header = (frame.get(ip) & 0xF) * Integer.BYTES;
        int total = frame.getShort(ip + 2) & 0xFFFF;
        boolean fragment = (frame.getShort(ip + 6) & MORE_OR_OFFSET) != 0;
        int protocol = frame.get(ip + 9) & 0xFF;
        InetAddress source = address(frame, ip + 12, 4);
        InetAddress destination = address(frame, ip + 16, 4);
        byte[] options = slice(frame, ip + IPV4_HEADER, ip + header);
        byte[] content = slice(frame, ip + header, ip + total);
        int ttl = frame.get(ip + 8) & 0xFF;
        return transport(
                new Frame(number, nanos, source, destination, ttl, options, protocol, -1, -1, fragment, content));
    }

    private static @Nullable Frame ipv6(int number, long nanos, ByteBuffer frame) throws IOException {
        int ip = ETHERNET_HEADER;
        int length = frame.getShort(ip + 4) & 0xFFFF;
        int protocol = frame.get(ip + 6) & 0xFF;
        int ttl = frame.get(ip + 7) & 0xFF;
        InetAddress source = address(frame, ip + 8, 16);
        InetAddress destination = address(frame, ip + 24, 16);
        byte[] content = slice(frame, ip + IPV6_HEADER, ip + IPV6_HEADER + length);
        return transport(
                new Frame(number, nanos, source, destination, ttl, new byte[0], protocol, -1, -1, false, content));
    }

    private static @Nullable Frame transport(Frame ip) {
        if (ip.protocol == PGM || ip.fragment && ip.protocol == UDP) {
            return ip;
        }
        if (ip.protocol != UDP) {
            return null;
        }
        ByteBuffer udp = ByteBuffer.wrap(ip.payload);
        return new Frame(
                ip.number,
                ip.nanos,
                ip.source,
                ip.destination,
                ip.ttl,
                ip.ipOptions,
                UDP,
                udp.getShort(0) & 0xFFFF,
                udp.getShort(2) & 0xFFFF,
                false,
                slice(udp, UDP_HEADER, udp.getShort(4) & 0xFFFF));
    }

    private static InetAddress address(ByteBuffer frame, int at, int length) throws IOException {
        return InetAddress.getByAddress(slice(frame, at, at + length));
    }

    private static byte[] slice(ByteBuffer frame, int from, int to) {
        byte[] bytes = new byte[to - from];
        frame.get(from, bytes);
        return bytes;
    }
}
