package org.pgmjms.engine.channel;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.pgmjms.engine.net.DatagramPort;
import org.pgmjms.engine.net.SendBatch;
import org.pgmjms.engine.protocol.PacketSink;
import org.pgmjms.engine.wire.Nla;

/**
 * Sends a protocol half's packets through a port: neighbours with the same destination leave as one batch. Owned by
 * whoever owns the half.
 */
final class PortSink implements PacketSink {
    private static final int CAPACITY = 128;

    private final DatagramPort port;
    private final DatagramPort oneHopPort;
    private final InetSocketAddress group;
    private final InetSocketAddress controlGroup;
    private final Targets targets;
    private final SendBatch batch = new SendBatch(CAPACITY);

    private DatagramPort batchPort;
    private InetSocketAddress batchTarget;
    private int refused;
    private long bytes;

    /**
     * A sink for one channel.
     *
     * @param port sends with the channel's time to live
     * @param oneHopPort sends one hop only; may be the same
     */
    PortSink(
            DatagramPort port,
            DatagramPort oneHopPort,
            InetSocketAddress group,
            InetSocketAddress controlGroup,
            Targets targets) {
        this.port = port;
        this.oneHopPort = oneHopPort;
        this.group = group;
        this.controlGroup = controlGroup;
        this.targets = targets;
        this.batchPort = port;
        this.batchTarget = group;
    }

    @Override
    public void toGroup(ByteBuf buffer, int at, int length) {
        collect(port, group, buffer, at, length);
    }

    @Override
    public void toNeighbours(ByteBuf buffer, int at, int length) {
        collect(oneHopPort, group, buffer, at, length);
    }

    @Override
    public void toControlGroup(ByteBuf buffer, int at, int length) {
        collect(port, controlGroup, buffer, at, length);
    }

    @Override
    public void toHost(Nla host, int udpPort, ByteBuf buffer, int at, int length) {
        collect(port, targets.socket(host, udpPort), buffer, at, length);
    }

    private void collect(DatagramPort by, InetSocketAddress to, ByteBuf buffer, int at, int length) {
        if (batch.isFull() || !by.equals(batchPort) || !to.equals(batchTarget)) {
            sendBatch();
        }
        if (refused > 0) {
            refused++;
            return;
        }
        if (batch.size() == 0) {
            batchPort = by;
            batchTarget = to;
        }
        batch.add(buffer, at, length);
        bytes += length;
    }

    /** Bytes of all packets given to the ports. */
    long bytes() {
        return bytes;
    }

    private void sendBatch() {
        if (batch.size() > 0) {
            refused += batch.size() - batchPort.send(batch, batchTarget);
            batch.clear();
        }
    }

    @Override
    public boolean sendsRuns() {
        return port.sendsRuns();
    }

    @Override
    public int flush() {
        sendBatch();
        int count = refused;
        refused = 0;
        return count;
    }
}
