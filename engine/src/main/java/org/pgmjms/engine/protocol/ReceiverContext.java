package org.pgmjms.engine.protocol;

import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.wire.Nla;

/**
 * Where a receiver is.
 *
 * @param config how it behaves
 * @param destinationPort the PGM data-destination port
 * @param group the multicast group, as it stands in NAKs
 * @param commonUdpPort where requests go to sources that announce no port of their own
 * @param localAddress the address of the receiving interface
 * @param packetBytes the largest packet to expect
 * @param bufferBytes what the receiving socket keeps
 */
public record ReceiverContext(
        ReceiverConfig config,
        int destinationPort,
        Nla group,
        int commonUdpPort,
        Nla localAddress,
        int packetBytes,
        int bufferBytes) {

    /** Packets that fit into the socket's buffer whatever the kernel adds to them. */
    int bufferPackets() {
        return bufferBytes / packetBytes / 3 * 2;
    }
}
