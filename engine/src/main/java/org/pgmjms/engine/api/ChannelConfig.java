package org.pgmjms.engine.api;

import java.net.InetAddress;
import java.util.Objects;

/**
 * Where a channel is and how its sockets are set. Immutable.
 *
 * @param networkInterface name, address or CIDR of the interface; {@code lo} and {@code loopback} name the loopback
 * @param group the multicast group
 * @param destinationPort PGM data-destination port, 1 to 65,535
 * @param udpPort UDP encapsulation port, 1 to 65,535
 * @param ttl hops that multicast may go, 0 to 255
 * @param tpduBytes the largest IP datagram, headers included
 * @param loop whether other sockets of this host hear what is sent here
 * @param receiveBufferBytes what is asked of the kernel for each group socket
 * @param maxRateBytesPerSecond what is expected on the channel at most, to judge what the kernel granted
 * @param napNs how long the channel lets an agent nap while packets come thick, 0 for never
 * @param spinNs how long after a packet the receive agent looks for the next without sleeping, 0 for never
 * @param simulatedLossPercent received downstream packets to drop, 0 to 100
 * @param simulatedLossSeed the seed of what is dropped
 * @param jmx whether sources and receivers are registered as MBeans
 */
public record ChannelConfig(
        String networkInterface,
        InetAddress group,
        int destinationPort,
        int udpPort,
        int ttl,
        int tpduBytes,
        boolean loop,
        int receiveBufferBytes,
        long maxRateBytesPerSecond,
        long napNs,
        long spinNs,
        double simulatedLossPercent,
        long simulatedLossSeed,
        boolean jmx) {
    /** Refuses nulls; ranges are the business of {@link Setting}. */
    public ChannelConfig {
        Objects.requireNonNull(networkInterface, "networkInterface");
        Objects.requireNonNull(group, "group");
    }
}
