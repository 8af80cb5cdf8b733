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

    /** Moves the edge; the start follows at a distance, so that it never comes to lie ahead. */
    void moveEdge(int newEdge) {
        edge = newEdge;
        if (edge - start > FAR) {
            start = edge - (FAR >> 1);
        }
    }

    boolean isBeforeStart(int sqn) {
        return before(sqn, start);
    }
}
