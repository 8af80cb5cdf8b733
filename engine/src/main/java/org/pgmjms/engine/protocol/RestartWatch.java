package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.before;

import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.OptionView;

/**
 * Notices a source that has started over under the identifier of the session before: what it sends would pass for old copies
 * for ever. Its SPMs tell of another first number, or of a lead behind what came, or so far ahead that it is none of the same
 * stream ({@link StreamBounds}). So do recorded SPMs that somebody sends again;
 * therefore several have to come, for longer than the session that is known is ever silent, and nothing of that session
 * between. Ages tell nothing: the clock of a machine that slept is behind. Not thread-safe.
 */
final class RestartWatch {
    private static final int ENOUGH = 3;
    private static final long QUIET_NS = 3_000_000_000L;

    private boolean hasFirst;
    private int first;
    private int strange;
    private boolean isSuspected;
    private long sinceNs;
    private int leadThen;

    /** The stream has jumped, and may have become another session's: the next SPM tells its first number. */
    void onJump() {
        hasFirst = false;
        strange = 0;
        isSuspected = false;
    }

    /** An SPM came that was not taken, for its number: the first ones of another session are not. */
    void onStray(long nowNs, OptionView options, int seenLead) {
        if (hasFirst && hasOtherFirst(options)) {
            if (!isSuspected || seenLead != leadThen) {
                sinceNs = nowNs;
            }
            isSuspected = true;
            leadThen = seenLead;
        }
    }

    /**
     * An SPM was taken.
     *
     * @param lead its lead
     * @param seenLead the newest number that data, or two SPMs, spoke of
     * @param edge where the stream stands
     * @return whether this is another session
     */
    boolean isOther(long nowNs, OptionView options, int lead, int seenLead, int edge) {
        boolean isStrange = hasOtherFirst(options) || before(lead, seenLead) || lead - edge >= StreamBounds.FAR;
        if (!isStrange || seenLead != leadThen) {
            strange = 0;
            isSuspected = false;
        }
        leadThen = seenLead;
        if (isStrange && strange++ == 0 && !isSuspected) {
            sinceNs = nowNs;
        }
        return strange >= ENOUGH && nowNs - sinceNs >= QUIET_NS;
    }

    /** Whether the last SPM may be of another session, so that neither its window nor data far ahead say anything about this one. */
    boolean isDoubtful() {
        return strange > 0 || isSuspected;
    }

    private boolean hasOtherFirst(OptionView options) {
        if (!options.has(OptionType.SESSION)) {
            return false;
        }
        int announced = options.session().firstSqn();
        first = hasFirst ? first : announced;
        hasFirst = true;
        return announced != first;
    }
}
