package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.before;
import static org.pgmjms.engine.wire.SequenceNumber.max;

/**
 * Where a session's stream stands: the first number of interest, the edge before which everything is resolved, the highest
 * number known, and the highest one that more than a single SPM or NCF vouches for. Mutable; one owner.
 */
final class StreamBounds {
    private static final int FAR = 1 << 30;

    int start;
    int edge;
    int lead;
    int seenLead;
    /** The highest number heard of, in reach or not; never before the lead. */
    private int heardLead;

    void begin(int first) {
        start = first;
        edge = first;
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
        }
    }

    boolean isBeforeStart(int sqn) {
        return before(sqn, start);
    }
}
