package org.pgmjms.engine.jmx;

import java.util.List;
import java.util.Map;

/**
 * One source on a channel: {@code org.pgmjms:type=Source,engine=N,group=G,port=P,tsi=T}. There as long as its session
 * is, unless {@code pgm.jmx} is false. Safe for any thread; all sequence numbers are unsigned.
 */
public interface SourceMXBean {

    /** Name, address or CIDR of the interface. */
    String getNetworkInterface();

    /** The multicast group. */
    String getGroup();

    /** The PGM data-destination port. */
    int getPort();

    /** The session, as other implementations print it. */
    String getTsi();

    /** What Windows' RM_SENDER_STATISTICS tells. */
    SenderStatistics getStatistics();

    /** All counters, by the names of {@link org.pgmjms.engine.api.SourceCounter} in lower case. */
    Map<String, Long> getCounters();

    /** Packets dropped by the parser of this engine's sources, by the name of the verdict. */
    Map<String, Long> getRejects();

    /** Who asked for most numbers again, most first; at most 32. */
    List<NakSender> getWorstNakSenders();
}
