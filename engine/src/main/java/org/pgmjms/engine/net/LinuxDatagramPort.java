package org.pgmjms.engine.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.engine.api.PgmException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port over a socket of Linux, used without the detour through the class library: docs/adr/0019. */
final class LinuxDatagramPort implements DatagramPort {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxDatagramPort.class);

    private final LinuxSocket socket;
    private final Descriptor descriptor;
    private final String kind;
    private final InetSocketAddress local;
    private final int receiveBufferBytes;
    private final AtomicLong transientErrors = new AtomicLong();
    private final LinuxSender sender;
    private final LinuxReceiver receiver;

    private final ReentrantLock joining = new ReentrantLock();
    private final Set<Membership> memberships = new HashSet<>();

    private record Membership(InetAddress group, int interfaceIndex) {}

    /** Over a socket that is bound, and is closed by the port. */
    LinuxDatagramPort(LinuxSocket socket, Libc.Access access, String kind) throws LinuxSocket.Failure {
        this.socket = socket;
        this.descriptor = socket.descriptor();
        this.kind = kind;
        this.local = socket.local();
        this.receiveBufferBytes = socket.receiveBuffer();
        this.sender = new LinuxSender(access.open(), transientErrors);
        this.receiver = new LinuxReceiver(access.open(), transientErrors);
    }

    /** For the poller. */
    Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public int send(SendBatch batch, InetSocketAddress to) {
        if (!descriptor.tryHold()) {
            transientErrors.getAndAdd(batch.size());
            return batch.size();
        }
        try {
            return sender.send(descriptor.number(), batch, to);
        } finally {
            descriptor.release();
        }
    }

    @Override
    public boolean sendsRuns() {
        return sender.sendsRuns();
    }

    @Override
    public int receive(ReceiveBatch batch) {
        if (!descriptor.tryHold()) {
            batch.clear();
            return 0;
        }
        try {
            return receiver.receive(descriptor.number(), batch);
        } finally {
            descriptor.release();
        }
    }

    @Override
    public void join(InetAddress group, NetworkInterface on) throws PgmException {
        Membership membership = new Membership(group, on.getIndex());
        if (!group.isMulticastAddress()) {
            throw SocketErrors.cannotJoin(group, on, "Not a multicast address");
        }
        if (!descriptor.tryHold()) {
            throw SocketErrors.cannotJoin(group, on, "the port is closed");
        }
        joining.lock();
        try {
            if (!memberships.contains(membership)) {
                socket.join(group, on);
                memberships.add(membership);
            }
        } catch (LinuxSocket.Failure e) {
            throw SocketErrors.notJoined(group, on, e);
        } finally {
            joining.unlock();
            descriptor.release();
        }
    }

    @Override
    public void leave(InetAddress group, NetworkInterface on) {
        if (!descriptor.tryHold()) {
            return;
        }
        joining.lock();
        try {
            if (memberships.remove(new Membership(group, on.getIndex()))) {
                socket.leave(group, on);
            }
        } catch (LinuxSocket.Failure e) {
            LOG.warn("socket {} did not leave {}: {}", local, group, e.getMessage());
        } finally {
            joining.unlock();
            descriptor.release();
        }
    }

    @Override
    public PortInfo info() {
        return new PortInfo(kind, local, receiveBufferBytes, transientErrors.get());
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
