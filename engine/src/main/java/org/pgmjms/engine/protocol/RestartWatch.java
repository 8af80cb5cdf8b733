package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.before;

import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.OptionView;

/**
 * Notices a source that has started over under the identifier of the session before: what it sends would pass for old copies
 * for ever. Its SPMs tell of another first number, or of a lead behind what came. So do recorded SPMs that somebody sends again;
 * therefore several have to come, for longer than the session that is known is ever silent, and nothing of that session
 * between. Ages tell nothing: the clock of a machine that slept is behind. Not thread-safe.
 */
final class RestartWatch {
    private static final int ENOUGH = 3;
    private static final int AGREED = 2;
    private static final int NEAR = 1 << 16;
    private static final long QUIET_NS = 3_000_000_000L;

    private int firstTold;
    private int first;
    private int strange;
    private long sinceNs;
    private int leadThen;

    /** An SPM of a session that is not established was taken. */
    void learn(OptionView options) {
        if (options.has(OptionType.SESSION)) {
            hasOtherFirst(options, true);
        }
    }

    /**
     * An SPM was taken.
     *
     * @param lead its lead
     * @param seenLead the newest number that data, or two SPMs, spoke of
     * @return whether this is another session
     */
    boolean isOther(long nowNs, OptionView options, int lead, int seenLead) {
        boolean isNear = Math.abs(lead - seenLead) <= NEAR;
        boolean isStrange = hasOtherFirst(options, isNear) || before(lead, seenLead);
        if (!isStrange || seenLead != leadThen) {
            strange = 0;
        }
        leadThen = seenLead;
        if (isStrange && strange++ == 0) {
            sinceNs = nowNs;
        }
        return strange >= ENOUGH && nowNs - sinceNs >= QUIET_NS;
    }

    /** Whether the last SPM may be of another session, so that its window says nothing about this one. */
    boolean isDoubtful() {
        return strange > 0;
    }

    /** What is told of the session is learned until it was told twice; what is far from what came is no news of this session. */
    private boolean hasOtherFirst(OptionView options, boolean isNear) {
        if (!options.has(OptionType.SESSION)) {
            return false;
        }
        int announced = options.session().firstSqn();
        if (announced == first) {
            firstTold++;
        } else if (firstTold < AGREED && isNear) {
            first = announced;
            firstTold = 1;
        }
        return announced != first;
    }
}
