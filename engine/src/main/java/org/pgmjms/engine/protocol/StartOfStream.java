package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;
import static org.pgmjms.engine.wire.SequenceNumber.before;
import static org.pgmjms.engine.wire.SequenceNumber.max;

import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.OptionView;
import org.pgmjms.engine.wire.SpmDecoder;

/**
 * Where a receiver starts in a session, as the first SPM tells: after its lead; with our option and a receiver that is older
 * than the session at the session's first number; for a late joiner where OPT_JOIN allows. RFC 3208, sections 6.1 and 9.4.
 *
 * @param kind what it is called
 * @param wanted the first number that the receiver should have got
 * @param first the first number that it can still get
 * @param cause why it cannot get those between
 */
record StartOfStream(SessionStart kind, int wanted, int first, LossCause cause) {
    private static final int MAX_HISTORY = StreamBounds.FAR >> 1;
    private static final long MILLI_NS = 1_000_000;
    private static final int MOST_SKEW_SHARE = 2_000;
    private static final long MAX_SLACK_NS = 100 * MILLI_NS;

    /**
     * Decides.
     *
     * @param joinedNs since when the receiver listens
     * @param lateJoin whether it wants history
     * @param reach the numbers that its window can have open
     */
    static StartOfStream of(
            SpmDecoder spm, OptionView options, long nowNs, long joinedNs, boolean lateJoin, int reach) {
        int next = spm.lead() + 1;
        if (options.has(OptionType.SESSION)) {
            int birth = options.session().firstSqn();
            long ageNs = options.session().ageMillis() * MILLI_NS;
            long bornNs = nowNs - ageNs;
            if (joinedNs - bornNs <= slackNs(ageNs) && isHistory(birth, next)) {
                return from(SessionStart.FROM_BIRTH, birth, spm, reach);
            }
        }
        if (lateJoin && options.has(OptionType.JOIN) && isHistory(options.joinSqn(), next)) {
            return from(SessionStart.FROM_JOIN, options.joinSqn(), spm, reach);
        }
        return from(SessionStart.FROM_LEAD, next, spm, reach);
    }

    /** By how much two clocks can disagree about an age: better a message too many than one that is missed. */
    private static long slackNs(long ageNs) {
        return Math.min(ageNs / MOST_SKEW_SHARE, MAX_SLACK_NS);
    }

    /** For a session that was given up as silent and is back: where it was left. */
    static StartOfStream resumed(SpmDecoder spm, int resolvedTo, int reach) {
        int next = spm.lead() + 1;
        return from(SessionStart.FROM_LEAD, isHistory(resolvedTo, next) ? resolvedTo : next, spm, reach);
    }

    /** Whether packets that should have come are gone. */
    boolean isShort() {
        return after(first, wanted);
    }

    private static StartOfStream from(SessionStart kind, int wanted, SpmDecoder spm, int reach) {
        int oldest = spm.lead() + 1 - reach;
        int first = max(wanted, max(spm.trail(), oldest));
        LossCause cause = kind == SessionStart.FROM_JOIN
                ? LossCause.HISTORY_GONE
                : before(spm.trail(), oldest) ? LossCause.WINDOW_OVERFLOW : LossCause.TRAIL_PASSED;
        return new StartOfStream(kind, wanted, first, cause);
    }

    private static boolean isHistory(int sqn, int next) {
        int distance = next - sqn;
        return distance >= 0 && distance <= MAX_HISTORY;
    }
}
