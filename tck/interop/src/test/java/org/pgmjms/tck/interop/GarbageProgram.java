package org.pgmjms.tck.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends datagrams to a group that are no good: random ones, copies of live packets with some bytes changed that fail
 * their checksum, and such copies with the checksum repaired under a fresh session. The same seed sends the same.
 */
final class GarbageProgram {
    private static final int KEPT = 256;
    private static final int MAX_DATAGRAM = 1500;
    private static final int CHECKSUM_OFFSET = 6;
    private static final int GSI_OFFSET = 8;
    private static final int GSI_LENGTH = 6;
    private static final int MAX_CHANGES = 8;

    private final List<byte[]> live = new ArrayList<>();
    private final Random random;
    private final DatagramChannel channel;
    private final InetSocketAddress group;

    private GarbageProgram(long seed, DatagramChannel channel, InetSocketAddress group) {
        this.random = new Random(seed);
        this.channel = channel;
        this.group = group;
    }

    /** Arguments: interface, group, port, datagrams a second, seconds, seed. */
    public static void main(String[] arguments) throws IOException {
        NetworkInterface on = NetworkInterface.getByName(arguments[0]);
        InetSocketAddress group =
                new InetSocketAddress(InetAddress.getByName(arguments[1]), Integer.parseInt(arguments[2]));
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, on);
            channel.bind(group);
            channel.join(group.getAddress(), on);
            channel.configureBlocking(false);
            GarbageProgram program = new GarbageProgram(Long.parseLong(arguments[5]), channel, group);
            program.run(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        }
    }

    private void run(int rate, int seconds) throws IOException {
        long count = (long) rate * seconds;
        long[] kinds = new long[3];
        long startNs = System.nanoTime();
        for (long sent = 0; sent < count; sent++) {
            long dueNs = startNs + sent * 1_000_000_000L / rate;
            for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
            listen();
            int kind = live.isEmpty() ? 0 : (int) (sent % 3);
            kinds[kind]++;
            channel.send(ByteBuffer.wrap(garbage(kind)), group);
        }
        System.out.printf(Locale.ROOT, "random=%d broken=%d repaired=%d%n", kinds[0], kinds[1], kinds[2]);
    }

    /** Keeps some of the packets that the group carries, but not those that were sent from here. */
    private void listen() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);
        for (InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                from != null;
                from = (InetSocketAddress) channel.receive(buffer)) {
            if (from.getPort() != group.getPort() && buffer.position() > GSI_OFFSET + GSI_LENGTH) {
                byte[] packet = new byte[buffer.position()];
                buffer.flip().get(packet);
                keep(packet);
            }
            buffer.clear();
        }
    }

    private void keep(byte[] packet) {
        if (live.size() < KEPT) {
            live.add(packet);
        } else {
            live.set(random.nextInt(KEPT), packet);
        }
    }

    private byte[] garbage(int kind) {
        if (kind == 0) {
            byte[] noise = new byte[random.nextInt(MAX_DATAGRAM)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] copy = live.get(random.nextInt(live.size())).clone();
        if (kind == 2) {
            byte[] gsi = new byte[GSI_LENGTH];
            random.nextBytes(gsi);
            System.arraycopy(gsi, 0, copy, GSI_OFFSET, GSI_LENGTH);
        }
        do {
            for (int changes = random.nextInt(1, MAX_CHANGES + 1); changes > 0; changes--) {
                int at = random.nextInt(copy.length);
                if (kind == 1 || at < GSI_OFFSET || at >= GSI_OFFSET + GSI_LENGTH) {
                    copy[at] ^= (byte) random.nextInt(1, 256);
                }
            }
        } while (kind == 1 && (sum(copy) == 0xFFFF || copy[CHECKSUM_OFFSET] == 0 && copy[CHECKSUM_OFFSET + 1] == 0));
        if (kind == 2) {
            repairChecksum(copy);
        }
        return copy;
    }

    private static void repairChecksum(byte[] packet) {
        packet[CHECKSUM_OFFSET] = 0;
        packet[CHECKSUM_OFFSET + 1] = 0;
        int checksum = ~sum(packet) & 0xFFFF;
        int written = checksum == 0 ? 0xFFFF : checksum;
        packet[CHECKSUM_OFFSET] = (byte) (written >>> Byte.SIZE);
        packet[CHECKSUM_OFFSET + 1] = (byte) written;
    }

    private static int sum(byte[] packet) {
        long sum = 0;
        for (int i = 0; i < packet.length; i++) {
            sum += (packet[i] & 0xFF) << (i % 2 == 0 ? Byte.SIZE : 0);
        }
        while (sum >> Short.SIZE != 0) {
            sum = (sum & 0xFFFF) + (sum >> Short.SIZE);
        }
        return (int) sum;
    }
}
