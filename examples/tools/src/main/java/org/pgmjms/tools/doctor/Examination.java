package org.pgmjms.tools.doctor;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.net.Interfaces;
import org.pgmjms.engine.net.LocalInterface;

/**
 * Examines this host, then the way to others: {@link #listen} on some hosts answers what {@link #probe} on another one
 * asks. One owner.
 */
public final class Examination implements AutoCloseable {
    private static final long SELF_WAIT_MS = 1000;
    private static final int BUFFERS_PER_SECOND = 50;
    private static final int UDP_HEADERS_IPV4 = 28;
    private static final int UDP_HEADERS_IPV6 = 48;
    private static final int LINK_LOCAL_GROUPS = 0xE00000;

    private final ChannelConfig channel;
    private final Findings findings;
    private final LocalInterface on;
    private final Ward ward;
    private final String host;

    /** Joins the group. */
    public Examination(ChannelConfig channel, Findings findings) throws PgmException, IOException {
        this.channel = channel;
        this.findings = findings;
        this.on = Interfaces.resolve(channel.networkInterface(), channel.group());
        examineInterface();
        this.ward = new Ward(channel, on);
        this.host = hostName();
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        return name == null || name.isBlank() ? "pid-" + ProcessHandle.current().pid() : name;
    }

    private void examineInterface() throws IOException {
        NetworkInterface device = on.device();
        if (!device.supportsMulticast() && !device.isLoopback()) {
            findings.fail("interface", "%s does no multicast: ip link set dev %s multicast on", on, device.getName());
        } else if (device.isLoopback()) {
            findings.warn("interface", "%s reaches this host only", on);
        } else {
            findings.ok("interface", "%s is up and does multicast", on);
        }
        if (channel.tpduBytes() > device.getMTU()) {
            findings.fail(
                    "mtu", "pgm.tpdu=%d does not fit the MTU of %d; lower it", channel.tpduBytes(), device.getMTU());
        } else {
            findings.ok("mtu", "packets of %d bytes fit the MTU of %d", channel.tpduBytes(), device.getMTU());
        }
    }

    /** What can be seen without another host. */
    public void examine() throws IOException {
        examineGroup();
        examineTtl();
        examineBuffer();
        examineMembership();
        examineSelf();
    }

    private void examineGroup() {
        InetAddress group = channel.group();
        byte[] bytes = group.getAddress();
        int start = (bytes[0] & 0xFF) << 16 | (bytes[1] & 0xFF) << 8 | bytes[2] & 0xFF;
        if (bytes.length == 4 && start == LINK_LOCAL_GROUPS) {
            findings.warn("group", "%s is reserved, and never leaves a network", group.getHostAddress());
        } else {
            findings.ok("group", "%s, UDP port %d", group.getHostAddress(), channel.udpPort());
        }
    }

    private void examineTtl() {
        switch (channel.ttl()) {
            case 0 -> findings.warn("ttl", "pgm.ttl=0: nothing leaves this host");
            case 1 -> findings.ok("ttl", "pgm.ttl=1: as far as this network, not through routers");
            default -> findings.ok("ttl", "pgm.ttl=%d: through at most %d routers", channel.ttl(), channel.ttl() - 1);
        }
    }

    private void examineBuffer() throws IOException {
        int granted = ward.receiveBufferBytes();
        long wanted = Math.min(channel.receiveBufferBytes(), channel.maxRateBytesPerSecond() / BUFFERS_PER_SECOND);
        if (granted < wanted) {
            findings.warn(
                    "buffer",
                    "%d bytes granted of %d: bursts may be lost and repaired; sysctl -w net.core.rmem_max=%d",
                    granted,
                    channel.receiveBufferBytes(),
                    channel.receiveBufferBytes());
        } else {
            findings.ok("buffer", "%d bytes granted of %d", granted, channel.receiveBufferBytes());
        }
    }

    private void examineMembership() throws IOException {
        boolean isIpv6 = channel.group() instanceof Inet6Address;
        Path table = Path.of(isIpv6 ? "/proc/net/igmp6" : "/proc/net/igmp");
        if (!Files.isReadable(table)) {
            findings.ok("igmp", "joined, as far as this system says");
            return;
        }
        boolean isMember =
                Memberships.has(Files.readAllLines(table), on.device().getName(), channel.group());
        if (isMember) {
            findings.ok("igmp", "member of the group on %s", on.device().getName());
        } else {
            findings.fail(
                    "igmp",
                    "%s does not list the group for %s",
                    table,
                    on.device().getName());
        }
    }

    private void examineSelf() throws IOException {
        long probe = new SplittableRandom().nextLong() >>> Short.SIZE;
        try {
            ward.toGroup(new DoctorPacket(DoctorPacket.Kind.PROBE, false, probe, 0, 0, host), 0);
        } catch (IOException e) {
            findings.fail("self", "sending to the group fails: %s; a firewall, or no route", e.getMessage());
            return;
        }
        long deadlineNs = System.nanoTime() + SELF_WAIT_MS * 1_000_000;
        while (deadlineNs - System.nanoTime() > 0) {
            Optional<Ward.Heard> heard = ward.receive(SELF_WAIT_MS);
            if (heard.isPresent() && heard.get().packet().probe() == probe) {
                findings.ok("self", "this host hears what it sends to the group");
                return;
            }
        }
        findings.fail(
                "self",
                "this host does not hear what it sends to the group: a firewall on UDP port %d, or no route for"
                        + " multicast on %s",
                channel.udpPort(),
                on.device().getName());
    }

    /** Answers probes for as long as it should. */
    public void listen(BooleanSupplier isOver) throws IOException {
        new Answers(ward, host, findings).run(isOver);
    }

    /** Asks who listens, and says how well each can be reached and reaches this host. */
    public void probe(int count, long waitMs) throws IOException {
        int headers = channel.group() instanceof Inet6Address ? UDP_HEADERS_IPV6 : UDP_HEADERS_IPV4;
        int largest = Math.min(channel.tpduBytes(), on.device().getMTU());
        try {
            new Probes(ward, host, findings, largest - headers).run(count, waitMs, channel.ttl());
        } catch (IOException e) {
            findings.fail("reach", "probing ended: %s", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        ward.close();
    }
}
