package org.pgmjms.engine.protocol;

import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.wire.Nla;

/**
 * The repair of one session's gaps: runs their timers, and sends NAKs for what is due, oldest first, as lists. It keeps
 * below what a source takes from one receiver, and below a number of open requests. RFC 3208, section 6.3. Not thread-safe.
 */
final class NakScheduler {
    private static final int PACKETS_PER_SECOND = 400;
    private static final int BURST = 64;
    private static final int MOST_STEPS = 4096;
    private static final long BLOCKED_NS = 2_000_000;
    private static final long FULL_RETRY_NS = 20_000_000;
    private static final long FULL_PATIENCE_NS = 10_000_000_000L;

    private final long tsi;
    private final Gaps gaps;
    private final BackOff backOff;
    private final UpstreamSender sender;
    private final PacketGate gate;
    private final int[] batch = new int[UpstreamSender.MAX_NUMBERS];
    private int batched;
    private @Nullable Nla path;
    private int udpPort;
    private long gateNs = ProtocolHalf.NONE;

    NakScheduler(long tsi, Gaps gaps, BackOff backOff, UpstreamSender sender, long nowNs) {
        this.tsi = tsi;
        this.gaps = gaps;
        this.backOff = backOff;
        this.sender = sender;
        this.gate = new PacketGate(PACKETS_PER_SECOND, BURST, nowNs);
    }

    /** Where NAKs go from now on. Before that none is sent. */
    void target(Nla newPath, int newUdpPort) {
        path = newPath;
        udpPort = newUdpPort;
    }

    long nextDeadlineNs() {
        return Deadlines.earlier(gaps.nextDeadlineNs(), gaps.hasWanted() ? gateNs : ProtocolHalf.NONE);
    }

    /**
     * Runs the timers.
     *
     * @param stream told of what is given up
     * @param allowance the most numbers that may be under request
     * @param hasRoom whether repairs beyond the edge would find room
     */
    void onTimeout(long nowNs, ReceiveStream stream, long allowance, boolean hasRoom) {
        if (Deadlines.isDue(gaps.nextDeadlineNs(), nowNs)) {
            runTimers(nowNs, stream);
        }
        if (gaps.hasWanted()) {
            holdBack(nowNs, stream, hasRoom);
            send(nowNs, allowance);
        }
    }

    /**
     * One delay for all that expires together, so that what was asked for in one list stays in one list. What is not done after
     * so many steps is due still, and packets come first.
     */
    private void runTimers(long nowNs, ReceiveStream stream) {
        long delayNs = backOff.nextNs();
        Gap gap = gaps.due(nowNs);
        for (int i = 0; i < MOST_STEPS && gap != null; i++) {
            if (gaps.isTooOld(gap, nowNs)) {
                stream.giveUp(gap, LossCause.DEADLINE);
            } else if (gaps.onTimeout(gap, nowNs, delayNs) == NakState.Action.GIVE_UP) {
                stream.giveUp(gap, gap.nak.cause());
            }
            gap = gaps.due(nowNs);
        }
    }

    /** Nothing is asked for while nobody knows whom to ask, or while there is no room for it; but not for ever. */
    private void holdBack(long nowNs, ReceiveStream stream, boolean hasRoom) {
        int givenUp = 0;
        for (int i = 0; i < gaps.size() && gaps.hasWanted() && givenUp < MOST_STEPS; i++) {
            Gap gap = gaps.get(i);
            if (!gap.isWanted) {
                continue;
            }
            boolean isFull = gap.hadNoRoom && !hasRoom && gap.first() != stream.edge();
            if (isFull && nowNs - gap.nak.bornNs() >= FULL_PATIENCE_NS) {
                stream.giveUp(gap, LossCause.WINDOW_OVERFLOW);
                givenUp++;
                i = -1;
            } else if (path == null || isFull) {
                gaps.postpone(gap, nowNs, path == null ? backOff.nextNs() : FULL_RETRY_NS);
            }
        }
    }

    private void send(long nowNs, long allowance) {
        long open = allowance - gaps.requested();
        int packets = gate.available(nowNs);
        long numbers = Math.min(open, (long) packets * UpstreamSender.MAX_NUMBERS);
        for (int i = 0; i < gaps.size() && gaps.hasWanted(); i++) {
            Gap gap = gaps.get(i);
            if (!gap.isWanted) {
                continue;
            }
            int count = (int) Math.min(gap.count(), numbers);
            if (count <= 0) {
                gateNs = packets > 0 ? nowNs + BLOCKED_NS : gate.nextNs();
                break;
            }
            request(gap.first(), count, nowNs);
            gaps.onNakSent(i, count, nowNs);
            numbers -= count;
        }
        flush(nowNs);
        if (gaps.hasWanted() && !(gateNs != ProtocolHalf.NONE && gateNs - nowNs > 0)) {
            gateNs = nowNs + BLOCKED_NS;
        }
    }

    private void request(int first, int count, long nowNs) {
        for (int i = 0; i < count; i++) {
            batch[batched++] = first + i;
            if (batched == batch.length) {
                flush(nowNs);
            }
        }
    }

    private void flush(long nowNs) {
        if (batched > 0 && path != null) {
            sender.nak(tsi, path, udpPort, batch, batched);
            gate.take(1, nowNs);
            batched = 0;
        }
    }
}
