package org.pgmjms.engine.channel;

import java.util.List;
import java.util.Map;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.api.SourceStats;
import org.pgmjms.engine.jmx.NakSender;
import org.pgmjms.engine.jmx.SenderStatistics;
import org.pgmjms.engine.jmx.SourceMXBean;
import org.pgmjms.engine.protocol.NakSenderStats;

/** Shows a source to management tools. Safe for any thread. */
final class SourceBean implements SourceMXBean {
    private final ChannelConfig channel;
    private final SourceAgent agent;
    private final SourceHalf half;
    private final RateMeter rate;

    /** What a source has beside its counters. */
    record Levels(long totalBytes, long freeBytes, int queuedRepairs) {}

    SourceBean(ChannelConfig channel, SourceAgent agent, SourceHalf half) {
        this.channel = channel;
        this.agent = agent;
        this.half = half;
        this.rate = new RateMeter(agent.nowNs());
    }

    @Override
    public String getNetworkInterface() {
        return channel.networkInterface();
    }

    @Override
    public String getGroup() {
        return channel.group().getHostAddress();
    }

    @Override
    public int getPort() {
        return channel.destinationPort();
    }

    @Override
    public String getTsi() {
        return half.tsi().toString();
    }

    @Override
    public SenderStatistics getStatistics() {
        SourceStats stats = half.stats();
        Levels levels = half.levels();
        long nowNs = agent.nowNs();
        return new Statistics(
                stats, levels, rate.overall(levels.totalBytes(), nowNs), rate.recent(levels.totalBytes(), nowNs));
    }

    @Override
    public Map<String, Long> getCounters() {
        return BeanNames.lowerCase(half.stats().counters());
    }

    @Override
    public Map<String, Long> getRejects() {
        return agent.rejects();
    }

    @Override
    public List<NakSender> getWorstNakSenders() {
        return half.nakSenders().stream().<NakSender>map(Asker::new).toList();
    }

    private record Asker(NakSenderStats stats) implements NakSender {
        @Override
        public String getAddress() {
            return stats.address().toString();
        }

        @Override
        public int getPort() {
            return stats.port();
        }

        @Override
        public long getPackets() {
            return stats.packets();
        }

        @Override
        public long getNumbers() {
            return stats.numbers();
        }
    }

    private record Statistics(SourceStats stats, Levels levels, long overallRate, long recentRate)
            implements SenderStatistics {
        @Override
        public long getDataBytesSent() {
            return stats.get(SourceCounter.ODATA_BYTES);
        }

        @Override
        public long getTotalBytesSent() {
            return levels.totalBytes();
        }

        @Override
        public long getNaksReceived() {
            return stats.get(SourceCounter.NAKS_RECEIVED);
        }

        @Override
        public long getNaksReceivedTooLate() {
            return stats.get(SourceCounter.NAKS_TOO_LATE);
        }

        @Override
        public long getNumOutstandingNaks() {
            return levels.queuedRepairs();
        }

        @Override
        public long getNumNaksAfterRData() {
            return stats.get(SourceCounter.NAK_DUPLICATES);
        }

        @Override
        public long getRepairPacketsSent() {
            return stats.get(SourceCounter.RDATA_SENT);
        }

        @Override
        public long getBufferSpaceAvailable() {
            return levels.freeBytes();
        }

        @Override
        public long getTrailingEdgeSeqId() {
            return Integer.toUnsignedLong(stats.trail());
        }

        @Override
        public long getLeadingEdgeSeqId() {
            return Integer.toUnsignedLong(stats.lead());
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
        public long getTotalODataPacketsSent() {
            return stats.get(SourceCounter.ODATA_SENT);
        }
    }
}
