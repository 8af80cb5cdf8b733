package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.before;
import static org.pgmjms.engine.wire.SequenceNumber.max;
import static org.pgmjms.engine.wire.SequenceNumber.min;

import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverCounter;

/**
 * What a session's packets say about its window, taken with caution: one packet alone never makes a number lost. The trail
 * is what two packets in a row agree on; a jump beyond the window needs a second packet; what is farther ahead of the edge than
 * {@link StreamBounds#FAR} is refused, so that all that a stream knows can be compared. Not thread-safe.
 */
final class StreamGuard {
    private final ReceiveStream stream;
    private final RestartWatch restarts;
    private final Counters<ReceiverCounter> counters;
    private final int reach;
    private final JumpGuard jumps;
    private int lastTrail;
    private int lastSpmLead;

    /**
     * Guards a stream.
     *
     * @param restarts asked whether data far ahead may be of a session that has started over
     * @param reach the numbers that its window can have open
     */
    StreamGuard(ReceiveStream stream, RestartWatch restarts, Counters<ReceiverCounter> counters, int reach) {
        this.stream = stream;
        this.restarts = restarts;
        this.counters = counters;
        this.reach = reach;
        this.jumps = new JumpGuard(reach);
    }

    /** The first packet with a trail. */
    void begin(int trail, int lead) {
        lastTrail = trail;
        lastSpmLead = lead;
    }

    /** An SPM tells the window. */
    void onSpm(long nowNs, int trail, int lead) {
        int ahead = lead - stream.edge();
        if (ahead < -1 || ahead >= StreamBounds.FAR) {
            lastTrail = stream.edge();
            return;
        }
        if (lead - stream.heardLead() > reach) {
            counters.increment(ReceiverCounter.DISCONTINUITIES);
            if (!jumps.isConfirmed(nowNs, lead, true)) {
                return;
            }
            jump(trail, lead);
        } else {
            jumps.clear();
        }
        stream.onLead(nowNs, lead);
        stream.confirmLead(min(lead, lastSpmLead));
        lastSpmLead = lead;
        onTrail(nowNs, trail);
    }

    /** A data packet tells its trail; answers whether its number is within reach. */
    boolean onData(long nowNs, int sqn, int trail) {
        int ahead = sqn - stream.edge();
        if (ahead < -1 || ahead >= StreamBounds.FAR) {
            return isOld(ahead);
        }
        if (!before(sqn, stream.limit())) {
            if (sqn - stream.heardLead() <= reach) {
                boolean isWithinReach = stream.onBeyond(nowNs, sqn);
                onTrail(nowNs, trail);
                return isWithinReach;
            }
            counters.increment(ReceiverCounter.DISCONTINUITIES);
            if (restarts.isDoubtful() || !jumps.isConfirmed(nowNs, sqn, false)) {
                return false;
            }
            jump(trail, sqn);
        } else if (!before(sqn, stream.edge())) {
            jumps.clear();
        }
        onTrail(nowNs, trail);
        return true;
    }

    /** Data is not of the stream's numbers; answers whether that is so because it is old. Its trail says nothing. */
    private boolean isOld(int ahead) {
        lastTrail = stream.edge();
        if (ahead < 0) {
            return true;
        }
        counters.increment(ReceiverCounter.OUT_OF_WINDOW);
        return false;
    }

    /** A trail that is not ahead of the edge, or too far, says as much as the edge. */
    private void onTrail(long nowNs, int trail) {
        int edge = stream.edge();
        int ahead = trail - edge;
        if (ahead <= 0 || ahead >= StreamBounds.FAR) {
            lastTrail = edge;
            return;
        }
        int lastAhead = lastTrail - edge;
        lastTrail = trail;
        if (lastAhead > 0 && lastAhead < StreamBounds.FAR) {
            stream.onTrail(nowNs, edge + Math.min(ahead, lastAhead));
        }
    }

    private void jump(int trail, int lead) {
        int oldest = lead - reach + 1;
        boolean isGone = !before(trail, oldest);
        stream.jump(max(trail, oldest), isGone ? LossCause.TRAIL_PASSED : LossCause.WINDOW_OVERFLOW);
        lastTrail = trail;
        restarts.onJump();
    }
}
