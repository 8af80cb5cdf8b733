package org.pgmjms.engine.protocol;

import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.Nla;

/**
 * Where a source is and how it behaves. Immutable.
 *
 * @param config how it behaves
 * @param destinationPort the data-destination port of its channel
 * @param group the group it sends to; NAK_GRP has to name it
 * @param path its own address; SPM_PATH, and what NAK_SRC has to name
 * @param unicastPort the UDP port where it listens for upstream packets, announced in SPMs
 * @param maxTpduPayload the longest PGM packet: TPDU less IP and UDP headers
 * @param ipUdpHeaderBytes what IP and UDP add to each packet, counted by the rate
 */
public record SourceContext(
        SourceConfig config,
        int destinationPort,
        Nla group,
        Nla path,
        int unicastPort,
        int maxTpduPayload,
        int ipUdpHeaderBytes) {
    /** Refuses packets that have no room for data. */
    public SourceContext {
        if (maxTpduPayload <= DataEncoder.headerLength(true)) {
            throw new IllegalArgumentException("no room for data in " + maxTpduPayload + " bytes");
        }
    }

    /** What a PGM packet of this length takes of the rate. */
    int cost(int length) {
        return length + ipUdpHeaderBytes;
    }
}
