package org.pgmjms.engine.channel;

import java.util.List;
import java.util.LongSummaryStatistics;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.ReceiverStats;
import org.pgmjms.engine.jmx.ReceiverStatistics;
import org.pgmjms.engine.protocol.SessionStats;

/** A receiver's statistics at one moment. Immutable. */
final class ReceiverSnapshot implements ReceiverStatistics {
    private final ReceiverStats stats;
    private final List<SessionStats> sessions;
    private final @Nullable SessionStats latest;
    private final LongSummaryStatistics open;
    private final long missing;
    private final long requested;
    private final long overallRate;
    private final long recentRate;

    ReceiverSnapshot(ReceiverStats stats, List<SessionStats> sessions, RateMeter rate, long nowNs) {
        this.stats = stats;
        this.sessions = sessions;
        this.latest = sessions.stream()
                .reduce((one, other) -> other.heardNs() - one.heardNs() > 0 ? other : one)
                .orElse(null);
        this.open = sessions.stream().mapToLong(ReceiverSnapshot::openNumbers).summaryStatistics();
        this.missing = sessions.stream().mapToLong(SessionStats::missing).sum();
        this.requested = sessions.stream().mapToLong(SessionStats::requested).sum();
        this.overallRate = rate.overall(getTotalBytesReceived(), nowNs);
        this.recentRate = rate.recent(getTotalBytesReceived(), nowNs);
    }

    private static long openNumbers(SessionStats session) {
        int numbers = session.lead() - session.edge() + 1; // they wrap
        return numbers;
    }

    @Override
    public long getNumODataPacketsReceived() {
        return stats.get(ReceiverCounter.ODATA_RECEIVED);
    }

    @Override
    public long getNumRDataPacketsReceived() {
        return stats.get(ReceiverCounter.RDATA_RECEIVED);
    }

    @Override
    public long getNumDuplicateDataPackets() {
        return stats.get(ReceiverCounter.DUPLICATES);
    }

    @Override
    public long getDataBytesReceived() {
        return stats.get(ReceiverCounter.DATA_BYTES);
    }

    @Override
    public long getTotalBytesReceived() {
        return stats.get(ReceiverCounter.TOTAL_BYTES);
    }

    @Override
    public long getRateKBitsPerSecOverall() {
        return overallRate;
    }

    @Override
    public long getRateKBitsPerSecLast() {
        return recentRate;
    }

    @Override
    public long getTrailingEdgeSeqId() {
        return latest == null ? 0 : Integer.toUnsignedLong(latest.edge());
    }

    @Override
    public long getLeadingEdgeSeqId() {
        return latest == null ? 0 : Integer.toUnsignedLong(latest.lead());
    }

    @Override
    public long getAverageSequencesInWindow() {
        return Math.round(open.getAverage());
    }

    @Override
    public long getMinSequencesInWindow() {
        return sessions.isEmpty() ? 0 : open.getMin();
    }

    @Override
    public long getMaxSequencesInWindow() {
        return sessions.isEmpty() ? 0 : open.getMax();
    }

    @Override
    public long getFirstNakSequenceNumber() {
        return latest == null ? 0 : Integer.toUnsignedLong(latest.firstMissing());
    }

    @Override
    public long getNumPendingNaks() {
        return missing - requested;
    }

    @Override
    public long getNumOutstandingNaks() {
        return requested;
    }

    @Override
    public long getNumDataPacketsBuffered() {
        return open.getSum() - missing;
    }

    @Override
    public long getTotalSelectiveNaksSent() {
        return stats.get(ReceiverCounter.NAKS_SENT);
    }

    @Override
    public long getTotalParityNaksSent() {
        return 0;
    }
}
