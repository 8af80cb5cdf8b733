package org.pgmjms.provider.stats;

import java.util.Map;

/** Something that counts; connections of this provider implement it. Safe for any thread. */
public interface StatisticsSource {

    /**
     * Counters of the transports, summed up, by name: {@code source.odata_sent}, {@code receiver.lost}, and
     * {@code rejects.bad_checksum} for packets that were not well formed. Empty before anything was sent or subscribed to.
     */
    Map<String, Long> statistics();
}
