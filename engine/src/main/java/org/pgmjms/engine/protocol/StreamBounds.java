package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.before;
import static org.pgmjms.engine.wire.SequenceNumber.max;

/**
 * Where a session's stream stands: the first number of interest, the edge before which everything is resolved, the highest
 * number known, and the highest one that more than a single SPM or NCF vouches for.
 *
 * <pre>
 *   edge - FAR .. start &lt;= edge &lt;= seenLead + 1 &lt;= lead + 1 &lt;= heardLead + 1 .. edge + FAR
 * </pre>
 *
 * <p>All are within {@link #FAR} of the edge, and numbers are compared with the edge first: so whichever two of them are
 * compared, serial arithmetic is right. Numbers enter in three places, which let none in that is farther away:
 * {@link StreamGuard} for those that come with SPMs and data, {@link HeardRequests} for those a little beyond the lead, and {@link #begin}, which
 * sets all of them together. What is farther ahead belongs to another session, which {@link RestartWatch} decides. Mutable; one owner.
 */
final class StreamBounds {
    /** The farthest that a number of a stream may be from its edge: a quarter of the number space. */
    static final int FAR = 1 << 30;

    int start;
    int edge;
    int lead;
    int seenLead;
    /** What the edge passed last and was lost ended here; long ago, it is where everything of interest starts. */
    int passedEnd;
    /** The highest number heard of, in reach or not; never before the lead. */
    private int heardLead;

    void begin(int first) {
        start = first;
        edge = first;
        passedEnd = first;
        lead = first - 1;
        seenLead = lead;
        heardLead = lead;
    }

    /** The stream starts later than it did; what is known beyond stays known. */
    void skipTo(int first) {
        start = first;
        edge = first;
        lead = max(lead, first - 1);
        seenLead = max(seenLead, first - 1);
        heardLead = heardLead();
    }

    void hear(int sqn) {
        heardLead = max(heardLead, sqn);
    }

    int heardLead() {
        return max(heardLead, lead);
    }

    /** What was heard of beyond this number may have been a forgery. */
    void forget(int newLead) {
        lead = newLead;
        heardLead = newLead;
    }

    /** Moves the edge; the others follow at a distance, so that none of them ever comes to lie on its other side. */
    void moveEdge(int newEdge) {
        edge = newEdge;
        seenLead = max(seenLead, newEdge - 1);
        heardLead = max(heardLead, newEdge - 1);
        if (Integer.compareUnsigned(edge - start, FAR) > 0) {
            start = edge - (FAR >> 1);
            passedEnd = max(passedEnd, start);
        }
    }

    /** A number before an edge, or the farthest one that may be, if it is farther. */
    static int farthest(int sqn, int edge) {
        return Integer.compareUnsigned(edge - sqn, FAR) > 0 ? edge - FAR : sqn;
    }

    boolean isBeforeStart(int sqn) {
        return before(sqn, start);
    }
}
