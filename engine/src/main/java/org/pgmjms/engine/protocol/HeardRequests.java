package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;
import static org.pgmjms.engine.wire.SequenceNumber.before;
import static org.pgmjms.engine.wire.SequenceNumber.max;
import static org.pgmjms.engine.wire.SequenceNumber.min;

import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.wire.NakDecoder;

/** What a session learns from NAKs of other receivers and their confirmations. RFC 3208, section 6.3. Not thread-safe. */
final class HeardRequests {
    private static final int NCF_AHEAD_MAX = 1024;

    private final ReceiveStream stream;
    private final Gaps gaps;
    private final Counters<ReceiverCounter> counters;

    HeardRequests(ReceiveStream stream, Gaps gaps, Counters<ReceiverCounter> counters) {
        this.stream = stream;
        this.gaps = gaps;
        this.counters = counters;
    }

    /** These numbers will be repaired. */
    void onNcf(long nowNs, NakDecoder ncf) {
        forRuns(nowNs, ncf, true);
    }

    /** Another receiver asked for these numbers. */
    void onPeerNak(long nowNs, NakDecoder nak) {
        forRuns(nowNs, nak, false);
    }

    /** Applies what was heard to runs of consecutive numbers. */
    private void forRuns(long nowNs, NakDecoder packet, boolean isNcf) {
        int count = packet.count();
        int first = packet.sqn(0);
        for (int i = 1; i <= count; i++) {
            int end = packet.sqn(i - 1) + 1;
            if (i == count || packet.sqn(i) != end) {
                onHeard(nowNs, first, end, isNcf);
                first = i < count ? packet.sqn(i) : end;
            }
        }
    }

    private void onHeard(long nowNs, int first, int end, boolean isNcf) {
        int last = end - 1;
        int ahead = last - stream.edge();
        if (ahead < 0 || ahead >= StreamBounds.FAR) {
            return;
        }
        if (after(last, stream.lead()) && last - stream.lead() <= NCF_AHEAD_MAX) {
            stream.onLead(nowNs, last);
        }
        int from = max(first, stream.edge());
        int to = min(end, stream.lead() + 1);
        if (before(from, to)) {
            int saved = isNcf ? gaps.onNcf(from, to, nowNs) : gaps.onPeerNak(from, to, nowNs);
            counters.add(ReceiverCounter.NAKS_SUPPRESSED, saved);
        }
    }
}
