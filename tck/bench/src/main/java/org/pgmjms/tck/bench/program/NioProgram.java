package org.pgmjms.tck.bench.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** What a bare {@code DatagramChannel} does: a packet for each message, a connected sender, a selecting receiver. */
final class NioProgram implements Program {
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int LARGEST_BYTES = 65_536;
    private static final int BATCH = 64;
    private static final long SELECT_MS = 100;

    @Override
    public void send(Arguments arguments, Governor governor) throws IOException {
        try (DatagramChannel channel = open(arguments)) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.connect(group(arguments));
            ByteBuffer packet = ByteBuffer.allocateDirect(arguments.number("size"));
            for (long sequence = 0; governor.admit(sequence); sequence++) {
                packet.clear();
                packet.putLong(0, sequence).putLong(Long.BYTES, governor.stampNs());
                channel.write(packet);
                governor.sent(sequence + 1);
            }
        }
    }

    @Override
    public void receive(Arguments arguments, Receipts receipts) throws IOException {
        try (DatagramChannel channel = open(arguments);
                Selector selector = Selector.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            InetSocketAddress group = group(arguments);
            channel.bind(group);
            channel.join(group.getAddress(), networkInterface(arguments));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            receipts.ready();
            ByteBuffer packet = ByteBuffer.allocateDirect(LARGEST_BYTES);
            while (!receipts.isStopped()) {
                if (selector.select(SELECT_MS) > 0) {
                    selector.selectedKeys().clear();
                    drain(channel, packet, receipts);
                }
            }
        }
    }

    private static void drain(DatagramChannel channel, ByteBuffer packet, Receipts receipts) throws IOException {
        for (int i = 0; i < BATCH; i++) {
            packet.clear();
            if (channel.receive(packet) == null) {
                return;
            }
            receipts.onMessage(packet.getLong(0), packet.getLong(Long.BYTES));
            receipts.publish();
        }
    }

    private static DatagramChannel open(Arguments arguments) throws IOException {
        return DatagramChannel.open(StandardProtocolFamily.INET)
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .setOption(StandardSocketOptions.IP_MULTICAST_IF, networkInterface(arguments));
    }

    private static NetworkInterface networkInterface(Arguments arguments) throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getByName(arguments.text("address")));
    }

    private static InetSocketAddress group(Arguments arguments) {
        return new InetSocketAddress(arguments.text("group"), arguments.number("port"));
    }
}
