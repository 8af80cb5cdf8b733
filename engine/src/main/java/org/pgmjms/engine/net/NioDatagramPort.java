package org.pgmjms.engine.net;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.PgmException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port over a non-blocking {@link DatagramChannel}. Packets go through each buffer's cached NIO view, so that nothing
 * is allocated for them here.
 */
final class NioDatagramPort implements DatagramPort {
    /** Room that a packet is given, so that none is cut off. */
    static final int MAX_DATAGRAM_BYTES = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(NioDatagramPort.class);
    private static final int ALIGNMENT = Long.BYTES;

    private final DatagramChannel channel;
    private final String kind;
    private final InetSocketAddress local;
    private final int receiveBufferBytes;
    private final AtomicLong transientErrors = new AtomicLong();
    private final Map<InetSocketAddress, MembershipKey> memberships = new ConcurrentHashMap<>();
    private volatile @Nullable ConnectedTwin twin;

    /** Over a channel that is bound and non-blocking, and is closed by the port. */
    NioDatagramPort(DatagramChannel channel, String kind) throws IOException {
        this.channel = channel;
        this.kind = kind;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.receiveBufferBytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    /** For the poller. */
    DatagramChannel channel() {
        return channel;
    }

    @Override
    public void prefer(InetSocketAddress group) {
        twin = ConnectedTwin.of(channel, group);
    }

    @Override
    public int send(SendBatch batch, InetSocketAddress to) {
        ConnectedTwin known = twin;
        ConnectedTwin by = known != null && known.serves(to) ? known : null;
        int sent = 0;
        while (sent < batch.size() && trySend(batch, sent, to, by)) {
            sent++;
        }
        return sent;
    }

    private boolean trySend(SendBatch batch, int index, InetSocketAddress to, @Nullable ConnectedTwin by) {
        ByteBuffer packet = batch.buffer(index).internalNioBuffer(batch.offset(index), batch.length(index));
        try {
            return (by == null ? channel.send(packet, to) : by.send(packet)) > 0;
        } catch (IOException e) {
            count(e);
            return true;
        }
    }

    @Override
    public int receive(ReceiveBatch batch) {
        batch.clear();
        ByteBuf buffer = batch.buffer();
        int at = 0;
        while (batch.size() < batch.capacity() && at + MAX_DATAGRAM_BYTES <= buffer.capacity()) {
            ByteBuffer room = buffer.internalNioBuffer(at, MAX_DATAGRAM_BYTES);
            InetSocketAddress sender = tryReceive(room);
            if (sender == null) {
                break;
            }
            batch.add(at, room.position() - at, sender);
            at = room.position() + ALIGNMENT - 1 & -ALIGNMENT;
        }
        return batch.size();
    }

    private @Nullable InetSocketAddress tryReceive(ByteBuffer room) {
        try {
            return (InetSocketAddress) channel.receive(room);
        } catch (IOException e) {
            count(e);
            return null;
        }
    }

    private void count(IOException e) {
        if (transientErrors.getAndIncrement() == 0 && channel.isOpen()) {
            LOG.warn("socket {}: {}; the packet counts as lost, as any others from now on", local, e.toString());
        }
    }

    @Override
    public void join(InetAddress group, NetworkInterface on) throws PgmException {
        try {
            memberships.put(key(group, on), channel.join(group, on));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw SocketErrors.notJoined(group, on, e);
        }
    }

    @Override
    public void leave(InetAddress group, NetworkInterface on) {
        MembershipKey membership = memberships.remove(key(group, on));
        if (membership != null) {
            membership.drop();
        }
    }

    private static InetSocketAddress key(InetAddress group, NetworkInterface on) {
        return new InetSocketAddress(group, on.getIndex());
    }

    @Override
    public PortInfo info() {
        return new PortInfo(kind, local, receiveBufferBytes, transientErrors.get());
    }

    @Override
    public void close() {
        ConnectedTwin closing = twin;
        if (closing != null) {
            close(closing);
        }
        close(channel);
    }

    private void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn("socket {} did not close: {}", local, e.toString());
        }
    }
}
