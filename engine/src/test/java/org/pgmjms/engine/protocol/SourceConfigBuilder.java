package org.pgmjms.engine.protocol;

import org.pgmjms.engine.api.SendLimitConfig;
import org.pgmjms.engine.api.SourceConfig;

/** The settings of a source under test: fast, small, changed one by one. */
final class SourceConfigBuilder {
    static final long MS = 1_000_000;
    static final long GSI = 0x0A0B_0C0D_0E0FL;
    static final int SOURCE_PORT = 20001;

    private long windowNs = 10_000 * MS;
    private long windowBytes = 4 << 20;
    private int windowPackets = 4096;
    private long rate = 100_000_000;
    private int bucketBytes = 400_000;
    private double repairShare = 0.5;
    private int lateJoinPercent;
    private int maxFragments = 64;
    private int maxApduBytes = 1 << 20;
    private int naksPerSender = 500;
    private int naksInAll = 20_000;
    private SendLimitConfig sendLimit = SendLimitConfig.NONE;
    private boolean announce = true;
    private int firstSqn;

    SourceConfigBuilder window(long bytes, int packets, long ns) {
        windowBytes = bytes;
        windowPackets = packets;
        windowNs = ns;
        return this;
    }

    SourceConfigBuilder rate(long bytesPerSecond, int bucket) {
        rate = bytesPerSecond;
        bucketBytes = bucket;
        return this;
    }

    SourceConfigBuilder repairShare(double share) {
        repairShare = share;
        return this;
    }

    SourceConfigBuilder lateJoinPercent(int percent) {
        lateJoinPercent = percent;
        return this;
    }

    SourceConfigBuilder apdu(int fragments, int bytes) {
        maxFragments = fragments;
        maxApduBytes = bytes;
        return this;
    }

    SourceConfigBuilder naks(int perSender, int inAll) {
        naksPerSender = perSender;
        naksInAll = inAll;
        return this;
    }

    /** Follows the slowest receiver. */
    SourceConfigBuilder slowest(int receivers, long silenceNs, long patienceNs) {
        sendLimit = new SendLimitConfig(true, receivers, silenceNs, patienceNs);
        return this;
    }

    SourceConfigBuilder quiet() {
        announce = false;
        return this;
    }

    SourceConfigBuilder firstSqn(int sqn) {
        firstSqn = sqn;
        return this;
    }

    SourceConfig build() {
        return new SourceConfig(
                windowNs,
                windowBytes,
                windowPackets,
                rate,
                bucketBytes,
                repairShare,
                0.05,
                2_000 * MS,
                50 * MS,
                2_000 * MS,
                lateJoinPercent,
                maxFragments,
                maxApduBytes,
                25_000,
                naksPerSender,
                naksInAll,
                2 * MS,
                sendLimit,
                announce,
                false,
                GSI,
                SOURCE_PORT,
                firstSqn);
    }
}
