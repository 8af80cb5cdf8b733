package org.pgmjms.engine.protocol;

import org.pgmjms.engine.wire.Nla;

/**
 * Tells a source that asks for it how far it may go: as far as socket buffer and receive window reach, and the application
 * has room for. A status leaves whenever a quarter of that is free again, in small steps while the source is close to its
 * limit, and on a timer, so that one lost is made up for. RFC 3208 has no such thing; the layout is that of PGMCC's ACK.
 *
 * <p>Owned by one {@link ReceiverPeer}; not thread-safe.
 */
final class StatusReporter {
    private static final long MILLI_NS = 1_000_000;
    private static final long MIN_INTERVAL_NS = 10 * MILLI_NS;
    private static final long MAX_INTERVAL_NS = 10_000 * MILLI_NS;
    private static final long FIRST_SPREAD_NS = 5 * MILLI_NS;
    private static final long REPEAT_NS = 20 * MILLI_NS;
    private static final long POLL_NS = 2 * MILLI_NS;
    private static final long MAX_POLL_NS = 64 * MILLI_NS;
    private static final int MIN_WINDOW = 16;
    private static final int STEPS = 4;

    private final long tsi;
    private final ReceiverParts parts;
    private final ReceiveStream stream;
    private final Gaps gaps;
    private final Audience audience;
    private final UpstreamSender.Report report = new UpstreamSender.Report();

    private long intervalNs;
    private boolean hasSent;
    private long sentNs;
    private long dueNs = ProtocolHalf.NONE;
    private long pollNs = ProtocolHalf.NONE;
    private long pollIntervalNs = POLL_NS;

    StatusReporter(long tsi, ReceiverParts parts, ReceiveStream stream, Gaps gaps, Audience audience) {
        this.tsi = tsi;
        this.parts = parts;
        this.stream = stream;
        this.gaps = gaps;
        this.audience = audience;
    }

    /** An SPM says how often the source wants to hear; 0 for never. */
    void onAsked(long nowNs, long intervalMillis) {
        if (intervalMillis == 0) {
            intervalNs = 0;
            dueNs = ProtocolHalf.NONE;
            pollNs = ProtocolHalf.NONE;
            return;
        }
        boolean isFirst = intervalNs == 0 && !hasSent;
        intervalNs = Math.max(MIN_INTERVAL_NS, Math.min(intervalMillis * MILLI_NS, MAX_INTERVAL_NS));
        if (isFirst) {
            report.receiverId = parts.random().nextInt();
            dueNs = nowNs + parts.random().nextLong(FIRST_SPREAD_NS);
        } else if (!hasSent || nowNs - sentNs >= REPEAT_NS) {
            dueNs = Deadlines.earlier(dueNs, nowNs);
        }
    }

    /** After a batch of packets or a timeout of an established session: reports if there is something to say. */
    void step(long nowNs, Nla source, int udpPort, int sessions) {
        if (intervalNs == 0) {
            return;
        }
        int window = Math.max(MIN_WINDOW, parts.context().bufferPackets() / Math.max(1, sessions));
        int wanted = limit(window);
        int gain = hasSent ? wanted - report.limitSqn : window;
        boolean isNear = report.limitSqn - stream.lead() <= window / STEPS;
        boolean isDue = Deadlines.isDue(dueNs, nowNs);
        if (isDue || hasSent && (gain >= window / STEPS || gain > 0 && isNear && nowNs - sentNs >= POLL_NS)) {
            send(nowNs, source, udpPort, gain > 0 ? wanted : report.limitSqn);
        }
        schedulePoll(nowNs, gain, isNear);
    }

    /** The last word to a source that counts on this receiver. */
    void leave(Nla source, int udpPort) {
        if (hasSent && intervalNs != 0) {
            report.takenSqn = takenSqn();
            report.isLeaving = true;
            parts.sender().status(tsi, source, udpPort, report);
        }
    }

    /** When {@link #step} is wanted. */
    long nextDeadlineNs() {
        return Deadlines.earlier(dueNs, pollNs);
    }

    private void send(long nowNs, Nla source, int udpPort, int newLimitSqn) {
        report.limitSqn = newLimitSqn;
        report.takenSqn = takenSqn();
        hasSent = true;
        sentNs = nowNs;
        dueNs = nowNs + intervalNs;
        parts.sender().status(tsi, source, udpPort, report);
    }

    /** Close to the limit, what the application takes and no packet tells of has to be looked for. */
    private void schedulePoll(long nowNs, int gain, boolean isNear) {
        if (!isNear || !hasSent) {
            pollNs = ProtocolHalf.NONE;
        } else if (pollNs == ProtocolHalf.NONE || Deadlines.isDue(pollNs, nowNs)) {
            pollIntervalNs = gain > 0 ? POLL_NS : Math.min(2 * pollIntervalNs, MAX_POLL_NS);
            pollNs = nowNs + pollIntervalNs;
        }
    }

    private int limit(int window) {
        int lead = stream.lead();
        long ahead = Math.min(window, takenSqn() + parts.config().windowPackets() / 2 - lead);
        int roomBytes = audience.roomBytes(stream.chargedBytes());
        report.roomBytes = roomBytes;
        if (roomBytes != Integer.MAX_VALUE) {
            ahead = Math.min(ahead, roomBytes / parts.context().packetBytes() - gaps.missing());
        }
        return lead + (int) ahead;
    }

    /** Everything up to this number is here, or lost. */
    private int takenSqn() {
        return gaps.firstMissing(stream.lead() + 1) - 1;
    }
}
