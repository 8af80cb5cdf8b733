package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.before;
import static org.pgmjms.engine.wire.SequenceNumber.max;
import static org.pgmjms.engine.wire.SequenceNumber.min;

import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.window.ReceiveWindow;

/**
 * Turns missing numbers into lost ones, together with everything that was received of the same APDU. RFC 3208, section
 * 6.3. A loss is reported once: at once when APDUs are handed out as they become whole, in stream position otherwise.
 * Numbers of an APDU that began before the start are lost without a cause and without a report, unless something between
 * was reported. Not thread-safe.
 */
final class StreamLosses {
    private final StreamBounds bounds;
    private final Gaps gaps;
    private final ReceiveWindow window;
    private final Audience audience;
    private final Counters<ReceiverCounter> counters;
    private final int maxFragments;
    private final boolean isContiguous;
    private boolean isOpen;

    private boolean hasPassed;
    private @Nullable LossCause passedCause;

    StreamLosses(
            StreamBounds bounds,
            Gaps gaps,
            ReceiveWindow window,
            Audience audience,
            ReceiverParts parts,
            boolean isContiguous) {
        this.bounds = bounds;
        this.gaps = gaps;
        this.window = window;
        this.audience = audience;
        this.counters = parts.counters();
        this.maxFragments = parts.config().maxFragments();
        this.isContiguous = isContiguous;
    }

    /** From now on losses are reported. */
    void open() {
        isOpen = true;
        for (int i = 0; i < gaps.size() && !isContiguous; i++) {
            Gap gap = gaps.get(i);
            if (gap.isLost) {
                report(gap.first(), gap.count(), gap.cause);
            }
        }
    }

    /** These numbers are lost, and with them their APDUs as far as they are known. */
    void lose(int first, int end, @Nullable LossCause cause) {
        loseOnly(first, end, cause);
        int left = first - 1;
        if (!before(left, bounds.edge) && window.isFragment(left) && isUnfinished(left)) {
            loseApdu(window.apduFirst(left), cause);
        }
        if (!before(bounds.lead, end) && window.isFragment(end) && before(window.apduFirst(end), end)) {
            loseApdu(window.apduFirst(end), cause);
            if (window.isFragment(end)) {
                loseOnly(end, end + 1, LossCause.MALFORMED);
            }
        }
    }

    /** Everything missing is lost. */
    void loseMissing(LossCause cause) {
        for (int i = 0; i < gaps.size(); i++) {
            Gap gap = gaps.get(i);
            if (!gap.isLost) {
                int end = gap.end();
                lose(gap.first(), end, cause);
                i = gaps.indexFrom(end) - 1;
            }
        }
    }

    /** The whole APDU that starts with this number is lost, as far as it is known. */
    void loseApdu(int first, @Nullable LossCause cause) {
        int from = max(first, bounds.edge);
        int end = from;
        int sqn = from;
        while (!before(bounds.lead, sqn) && sqn - first < maxFragments) {
            Gap gap = gaps.find(sqn);
            if (gap != null) {
                sqn = gap.end();
            } else if (isPart(sqn, first)) {
                end = ++sqn;
            } else {
                break;
            }
        }
        if (end != from) {
            loseOnly(from, end, cause);
        }
    }

    /** A fragment came of an APDU that cannot become whole any more. */
    void loseRest(int first, int sqn) {
        LossCause cause = restCause(first, sqn);
        int from = max(first, bounds.edge);
        if (isOneApdu(first, from, sqn)) {
            lose(from, sqn + 1, cause);
        } else {
            lose(sqn, sqn + 1, cause == null ? LossCause.MALFORMED : cause);
        }
    }

    /** Whether a number of the APDU before this one is known to be lost. */
    boolean isHopeless(int first, int sqn) {
        return before(first, bounds.edge) || gaps.hasLost() && lostWithin(first, sqn) != null;
    }

    /** Why the rest of an APDU, of which a fragment came, is lost. */
    @Nullable LossCause restCause(int first, int sqn) {
        Gap lost = lostWithin(first, sqn);
        if (lost != null) {
            return lost.cause;
        }
        if (hasPassed && before(max(first, bounds.start), bounds.passedEnd)) {
            return passedCause;
        }
        return bounds.isBeforeStart(first) ? null : LossCause.MALFORMED;
    }

    /** Reports a lost range, unless it is nobody's loss. */
    void report(int first, int count, @Nullable LossCause cause) {
        if (cause != null) {
            counters.add(ReceiverCounter.LOST, count);
            audience.onLost(first, count, cause);
        }
    }

    /** The edge has passed what was lost; for fragments that come later of an APDU which began there. */
    void passed(int end, @Nullable LossCause cause) {
        hasPassed = true;
        bounds.passedEnd = end;
        passedCause = cause;
    }

    /** Exactly these numbers are lost; packets among them are dropped. */
    private void loseOnly(int first, int end, @Nullable LossCause cause) {
        int freshFirst = first;
        int sqn = first;
        while (before(sqn, end)) {
            int index = gaps.indexFrom(sqn);
            Gap gap = index < gaps.size() ? gaps.get(index) : null;
            int next;
            if (gap != null && gap.contains(sqn)) {
                next = min(gap.end(), end);
                if (gap.isLost) {
                    reportFresh(freshFirst, sqn, cause);
                    freshFirst = next;
                }
            } else {
                next = gap == null ? end : min(gap.first(), end);
                window.drop(sqn, min(next, bounds.lead + 1));
            }
            sqn = next;
        }
        gaps.lose(first, end, cause);
        reportFresh(freshFirst, end, cause);
    }

    private void reportFresh(int first, int end, @Nullable LossCause cause) {
        if (isOpen && !isContiguous && first != end) {
            report(first, end - first, cause);
        }
    }

    private @Nullable Gap lostWithin(int first, int sqn) {
        for (int i = gaps.indexFrom(first); i < gaps.size(); i++) {
            Gap gap = gaps.get(i);
            if (!before(gap.first(), sqn)) {
                return null;
            }
            if (gap.isLost) {
                return gap;
            }
        }
        return null;
    }

    /** Whether nothing between contradicts that these numbers belong to one APDU. */
    private boolean isOneApdu(int first, int from, int end) {
        int sqn = from;
        while (before(sqn, end)) {
            Gap gap = gaps.find(sqn);
            if (gap == null && !isPart(sqn, first)) {
                return false;
            }
            sqn = gap == null ? sqn + 1 : gap.end();
        }
        return true;
    }

    private boolean isPart(int sqn, int first) {
        return window.isFragment(sqn) && window.apduFirst(sqn) == first;
    }

    private boolean isUnfinished(int sqn) {
        int first = window.apduFirst(sqn);
        return before(first, bounds.edge) || window.apduOffset(sqn) + window.length(sqn) < window.apduLength(first);
    }
}
