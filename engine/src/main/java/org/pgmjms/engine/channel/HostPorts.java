package org.pgmjms.engine.channel;

import io.netty.buffer.ByteBuf;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.net.DatagramPort;
import org.pgmjms.engine.net.Interfaces;
import org.pgmjms.engine.net.LocalInterface;
import org.pgmjms.engine.net.PortPoller;
import org.pgmjms.engine.net.Ports;
import org.pgmjms.engine.net.SendBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all sources of an engine share on one interface and UDP port, beside their own unicast ports: membership in the
 * control group, and, if no other process of the host has it, the common port to which foreign receivers send their
 * requests. What is for another process goes to the control group, without leaving the host. Nothing that came from the
 * control group is sent there again.
 *
 * <p>Opened by any thread, then owned by the source agent.
 */
final class HostPorts {
    private static final Logger LOG = LoggerFactory.getLogger(HostPorts.class);
    private static final long RETRY_NS = 1_000_000_000;
    private static final int CONTROL_BUFFER_BYTES = 1 << 20;
    private static final int OWN_HOST_ONLY = 0;

    private final Key key;
    private final Ports ports;
    private final LocalInterface on;
    private final DatagramPort control;
    private final DatagramPort forwarder;
    private final InetSocketAddress controlGroup;
    private final SendBatch forwarded = new SendBatch(1);

    private @Nullable DatagramPort common;
    private @Nullable PortPoller poller;
    private long retryAtNs;
    private int users;

    /** What they are shared by. */
    record Key(InetAddress address, int udpPort) {}

    /** Takes what comes in at one of the ports. */
    interface Reader {
        void onReadable(DatagramPort port, HostPorts from, boolean isForwarding);
    }

    private HostPorts(
            Key key, Ports ports, LocalInterface on, DatagramPort control, DatagramPort forwarder, long nowNs) {
        this.key = key;
        this.ports = ports;
        this.on = on;
        this.control = control;
        this.forwarder = forwarder;
        this.controlGroup = ControlGroup.like(on.address(), key.udpPort());
        this.retryAtNs = nowNs;
    }

    /** Joins the control group; fails when somebody holds the UDP port exclusively. */
    static HostPorts open(Ports ports, LocalInterface on, int udpPort, long nowNs) throws PgmException {
        InetAddress group = ControlGroup.like(on.address());
        DatagramPort control = ports.group(group, udpPort, CONTROL_BUFFER_BYTES);
        try {
            control.join(group, on.device());
            LocalInterface local = on;
            if (!(group instanceof Inet6Address) && !on.isLoopback()) {
                local = Interfaces.loopback(group);
                control.join(group, local.device());
            }
            DatagramPort forwarder = ports.unicast(local, 0, OWN_HOST_ONLY);
            return new HostPorts(new Key(on.address(), udpPort), ports, on, control, forwarder, nowNs);
        } catch (PgmException e) {
            control.close();
            throw e;
        }
    }

    Key key() {
        return key;
    }

    /** Counts users; the last one closes. Guarded by the agent's lock for opening. */
    void retain() {
        users++;
    }

    /** Whether that was the last user. */
    boolean release() {
        users--;
        return users == 0;
    }

    /** Starts reading. Again does nothing. */
    void register(PortPoller newPoller, Reader reader, long nowNs) {
        if (poller == null) {
            poller = newPoller;
            newPoller.add(control, () -> reader.onReadable(control, this, false));
            tryOwnCommonPort(reader, nowNs);
        }
    }

    /** When the common port is to be tried again, or {@link AgentThread#NEVER}. */
    long retryAtNs() {
        return common == null ? retryAtNs : AgentThread.NEVER;
    }

    /** Takes the common port if it is free and time to try. */
    void tryOwnCommonPort(Reader reader, long nowNs) {
        PortPoller polled = poller;
        if (common != null || polled == null || nowNs - retryAtNs < 0) {
            return;
        }
        retryAtNs = nowNs + RETRY_NS;
        try {
            DatagramPort owned = ports.unicast(on, key.udpPort(), 1);
            common = owned;
            polled.add(owned, () -> reader.onReadable(owned, this, true));
            LOG.info("takes requests of foreign receivers at {}", owned.info().local());
        } catch (PgmException e) {
            LOG.debug("leaves {} to another process: {}", key, e.getMessage());
        }
    }

    /** Hands a packet to the other processes of this host. */
    void forward(ByteBuf buffer, int at, int length) {
        forwarded.add(buffer, at, length);
        forwarder.send(forwarded, controlGroup);
        forwarded.clear();
    }

    /** Closes all ports. */
    void close() {
        close(control);
        forwarder.close();
        DatagramPort owned = common;
        if (owned != null) {
            close(owned);
        }
    }

    private void close(DatagramPort port) {
        if (poller != null) {
            poller.remove(port);
        }
        port.close();
    }
}
