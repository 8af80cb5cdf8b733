package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;

import org.pgmjms.engine.window.ReceiveWindow;

/** Makes room in a session's window at the cost of what is needed last: its newest packets. Not thread-safe. */
final class Eviction {
    private static final int MOST_STEPS = 256;

    private final ReceiveWindow window;
    private final Gaps gaps;
    private final BackOff backOff;

    Eviction(ReceiveWindow window, Gaps gaps, BackOff backOff) {
        this.window = window;
        this.gaps = gaps;
        this.backOff = backOff;
    }

    /** Drops the newest packet after a number, which becomes missing; answers whether there was one not far from the lead. */
    boolean evictNewest(long nowNs, int lead, int after) {
        window.trim();
        int sqn = lead;
        for (int step = 0; step < MOST_STEPS && after(sqn, after); step++) {
            Gap gap = gaps.find(sqn);
            if (gap != null) {
                sqn = gap.first() - 1;
            } else if (window.isStored(sqn)) {
                window.drop(sqn);
                gaps.reopen(sqn, nowNs, nowNs, backOff.nextNs());
                return true;
            } else {
                sqn--;
            }
        }
        return false;
    }
}
