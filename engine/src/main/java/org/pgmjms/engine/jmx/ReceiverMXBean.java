package org.pgmjms.engine.jmx;

import java.util.List;
import java.util.Map;

/**
 * One receiver of a channel, with all sessions that it hears: {@code org.pgmjms:type=Receiver,engine=N,group=G,port=P}.
 * Subscriptions that want the same share one; others, as late joiners, have their own, with another {@code copy}. There as
 * long as anybody subscribes, unless {@code pgm.jmx} is false. Safe for any thread.
 */
public interface ReceiverMXBean {

    /** Name, address or CIDR of the interface. */
    String getNetworkInterface();

    /** The multicast group. */
    String getGroup();

    /** The PGM data-destination port. */
    int getPort();

    /** Subscriptions that it serves. */
    int getSubscriptions();

    /** What Windows' RM_RECEIVER_STATISTICS tells, over all sessions. */
    ReceiverStatistics getStatistics();

    /** All counters, by the names of {@link org.pgmjms.engine.api.ReceiverCounter} in lower case. */
    Map<String, Long> getCounters();

    /** Packets dropped by the parser, by the name of the verdict. */
    Map<String, Long> getRejects();

    /** The sessions that are heard, established ones first. */
    List<SessionState> getSessions();
}
