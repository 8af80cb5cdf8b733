package org.pgmjms.provider.stats;

import java.util.Map;

/**
 * What connections with equal settings share: {@code org.pgmjms:type=Transport,group=G,port=P}. There from the first
 * message or consumer until its publisher has lingered, unless {@code pgm.jmx} is false. Safe for any thread.
 */
public interface TransportMXBean {

    /** Name, address or CIDR of the interface. */
    String getNetworkInterface();

    /** The multicast group. */
    String getGroup();

    /** The PGM data-destination port. */
    int getPort();

    /**
     * What it has counted, by names such as {@code source.odata_sent}, {@code receiver.lost} and {@code
     * link.gaps_given_up}: the engine's counters, and those of what lies between packets and messages.
     */
    Map<String, Long> getStatistics();
}
