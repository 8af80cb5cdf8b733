package org.pgmjms.tck.frameworks;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.pgmjms.tck.kit.Malformed;
import org.pgmjms.tck.kit.PgmBytes;

/** Every packet of a group on the loopback interface, as a plain socket sees it. Its thread ends at close. */
final class Capture implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 8 << 20;

    private final MulticastSocket socket;
    private final Sink sink;
    private final Thread reader = new Thread(this::read, "capture");
    private final List<Exception> failures = new CopyOnWriteArrayList<>();

    private Capture(MulticastSocket socket, Sink sink) {
        this.socket = socket;
        this.sink = sink;
    }

    /** Hands every packet to {@code sink} until closed. */
    static Capture of(String group, int port, Sink sink) throws IOException {
        MulticastSocket socket = new MulticastSocket(null);
        socket.setReuseAddress(true);
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        InetAddress address = InetAddress.getByName(group);
        socket.bind(new InetSocketAddress(address, port));
        socket.joinGroup(
                new InetSocketAddress(address, port),
                NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
        Capture capture = new Capture(socket, sink);
        capture.reader.start();
        return capture;
    }

    private void read() {
        byte[] buffer = new byte[1 << 16];
        while (!socket.isClosed()) {
            try {
                DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
                socket.receive(datagram);
                sink.take(Arrays.copyOf(buffer, datagram.getLength()));
            } catch (IOException | Malformed e) {
                if (!socket.isClosed()) {
                    failures.add(e);
                }
            }
        }
    }

    /** What went wrong while reading. */
    List<Exception> failures() {
        return failures;
    }

    /** The transport session identifiers of these packets: GSI and source port. */
    static Set<String> sessions(List<PgmBytes> packets) {
        return packets.stream()
                .map(packet -> Long.toHexString(packet.gsi()) + "." + packet.sourcePort())
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        socket.close();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes packets on the capture's thread. */
    interface Sink {
        void take(byte[] packet) throws IOException, Malformed;
    }
}
