package org.pgmjms.tck.frameworks;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.pgmjms.tck.kit.Malformed;
import org.pgmjms.tck.kit.PgmBytes;

/**
 * Hands the packets of one group on to another, each time they come, but for data that holds {@link #LOST}: no repair
 * brings that back.
 */
final class Relay implements AutoCloseable {
    /** What a text has to contain to be lost on the way. */
    static final String LOST = "<lost>";

    private final DatagramSocket out = new DatagramSocket();
    private final InetSocketAddress to;
    private final Capture capture;
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    Relay(String fromGroup, String toGroup, int port) throws IOException {
        out.setOption(
                StandardSocketOptions.IP_MULTICAST_IF,
                NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
        to = new InetSocketAddress(InetAddress.getByName(toGroup), port);
        capture = Capture.of(fromGroup, port, this::handOn);
    }

    private void handOn(byte[] packet) throws IOException, Malformed {
        PgmBytes parsed = PgmBytes.parse(packet);
        String payload = new String(parsed.payload(), StandardCharsets.UTF_8);
        if (!parsed.isData() || !payload.contains(LOST)) {
            out.send(new DatagramPacket(packet, packet.length, to));
        }
        if (parsed.type() == PgmBytes.ODATA) {
            seen.add(payload);
        }
    }

    /** Returns once a packet with this text came by, so that what is sent next lies in a packet of its own. */
    void awaitPassing(String text) throws InterruptedException {
        while (!seen.take().contains(text)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        capture.close();
        out.close();
    }
}
