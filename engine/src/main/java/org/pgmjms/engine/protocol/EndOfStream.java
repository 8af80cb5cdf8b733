package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;

import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.EndReason;

/**
 * The announced end of a session, OPT_FIN or OPT_RST. One SPM can be forged: the end is believed when a second SPM says the
 * same, or after a while without data beyond it; data or an SPM without the option call it off. RFC 3208, sections 9.7.6
 * and 9.7.7. Not thread-safe.
 */
final class EndOfStream {
    static final long PATIENCE_NS = 10_000_000_000L;

    private @Nullable EndReason reason;
    private int lead;
    private long sinceNs;
    private boolean isConfirmed;

    /** An SPM with FIN or RST was taken. */
    void onEnd(long nowNs, EndReason announced, int announcedLead) {
        if (reason == announced) {
            isConfirmed = true;
        } else {
            reason = announced;
            sinceNs = nowNs;
            isConfirmed = false;
        }
        lead = announcedLead;
    }

    /** An SPM without them was taken; answers whether it called off an end. */
    boolean onOtherSpm() {
        return cancel();
    }

    /** Data came; answers whether it called off an end. */
    boolean onData(int sqn) {
        return reason != null && after(sqn, lead) && cancel();
    }

    /** What was announced and is to be believed, or null. */
    @Nullable EndReason confirmed(long nowNs) {
        isConfirmed |= Deadlines.isDue(nextDeadlineNs(), nowNs);
        return isConfirmed ? reason : null;
    }

    /** The last number of the session that ends. */
    int lead() {
        return lead;
    }

    long nextDeadlineNs() {
        return reason == null || isConfirmed ? ProtocolHalf.NONE : sinceNs + PATIENCE_NS;
    }

    private boolean cancel() {
        boolean wasEnding = reason != null;
        reason = null;
        isConfirmed = false;
        return wasEnding;
    }
}
