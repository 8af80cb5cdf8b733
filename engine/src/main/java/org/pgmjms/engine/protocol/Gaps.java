package org.pgmjms.engine.protocol;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.window.RangeList;

/**
 * What is not there between a session's edge and its lead: ranges of missing and of lost numbers in order, with one timer
 * per range. An outage of any length is one object; a range is split when its numbers meet different fates. Not
 * thread-safe.
 */
final class Gaps {
    private static final int POOL_SIZE = 256;

    private final NakTimes times;
    private final RangeList<Gap> list = new RangeList<>();
    private final DeadlineHeap<Gap> timers = new DeadlineHeap<>();
    private final ArrayDeque<Gap> pool = new ArrayDeque<>();
    private long missing;
    private long requested;
    private int lostRanges;
    private int wantedRanges;

    Gaps(NakTimes times) {
        this.times = times;
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    int size() {
        return list.size();
    }

    Gap get(int index) {
        return list.get(index);
    }

    @Nullable Gap firstOrNull() {
        return list.firstOrNull();
    }

    @Nullable Gap find(int sqn) {
        return list.find(sqn);
    }

    /** The first number that is missing and not lost; that one behind all others when there is none. */
    int firstMissing(int end) {
        for (int i = 0; missing > 0 && i < list.size(); i++) {
            if (!list.get(i).isLost) {
                return list.get(i).first();
            }
        }
        return end;
    }

    /** The index of the first range that ends after the number; the size when there is none. */
    int indexFrom(int sqn) {
        int floor = list.floor(sqn);
        return floor >= 0 && list.get(floor).contains(sqn) ? floor : floor + 1;
    }

    /** Numbers that may still come. */
    long missing() {
        return missing;
    }

    /** Missing numbers that somebody asked for. */
    long requested() {
        return requested;
    }

    boolean hasLost() {
        return lostRanges > 0;
    }

    /** Whether NAKs are due. */
    boolean hasWanted() {
        return wantedRanges > 0;
    }

    long nextDeadlineNs() {
        return timers.nextDeadlineNs();
    }

    /** A range whose timer has run out, or null. */
    @Nullable Gap due(long nowNs) {
        return timers.isDue(nowNs) ? timers.peek() : null;
    }

    /** Numbers were found missing behind all others. */
    void open(int first, int count, long nowNs, long backOffNs) {
        insert(list.size(), first, count).nak.start(nowNs, backOffNs);
        attach(list.get(list.size() - 1));
    }

    /** Numbers before all others are of interest as well. */
    void openBefore(int first, int count, long nowNs, long backOffNs) {
        insert(0, first, count).nak.start(nowNs, backOffNs);
        attach(list.get(0));
    }

    /** A number was here, but there was no room for it. It joins a neighbour in the same situation. */
    void reopen(int sqn, long bornNs, long nowNs, long backOffNs) {
        int index = list.floor(sqn) + 1;
        Gap before = index > 0 ? list.get(index - 1) : null;
        Gap after = index < list.size() ? list.get(index) : null;
        if (before != null && before.end() == sqn && isWithoutRoom(before)) {
            detach(before);
            before.set(before.first(), before.count() + 1);
            attach(before);
        } else if (after != null && after.first() == sqn + 1 && isWithoutRoom(after)) {
            detach(after);
            after.set(sqn, after.count() + 1);
            attach(after);
        } else {
            Gap gap = insert(index, sqn, 1);
            gap.hadNoRoom = true;
            gap.nak.start(nowNs, backOffNs);
            gap.nak.bornAt(bornNs);
            attach(gap);
        }
    }

    /** A missing number came. */
    void fill(int sqn) {
        int index = list.floor(sqn);
        Gap gap = list.get(index);
        detach(gap);
        if (gap.count() == 1) {
            list.remove(index);
            recycle(gap);
            return;
        }
        if (gap.first() == sqn) {
            gap.set(sqn + 1, gap.count() - 1);
        } else {
            int end = gap.end();
            gap.set(gap.first(), sqn - gap.first());
            if (end != sqn + 1) {
                attach(copy(index + 1, sqn + 1, end - sqn - 1, gap));
            }
        }
        attach(gap);
    }

    /** Splits ranges so that none goes across either end of these numbers; answers the index of the first one within. */
    int isolate(int first, int end) {
        splitAt(end);
        splitAt(first);
        return list.floor(first - 1) + 1;
    }

    /** Makes all these numbers one lost range, which joins neighbours with the same cause. */
    void lose(int first, int end, @Nullable LossCause cause) {
        int index = isolate(first, end);
        while (index < list.size() && list.get(index).first() - end < 0) {
            removeAt(index);
        }
        int from = first;
        int to = end;
        if (index < list.size()
                && joins(list.get(index), cause)
                && list.get(index).first() == end) {
            to = list.get(index).end();
            removeAt(index);
        }
        if (index > 0
                && joins(list.get(index - 1), cause)
                && list.get(index - 1).end() == first) {
            from = list.get(index - 1).first();
            removeAt(--index);
        }
        Gap lost = insert(index, from, to - from);
        lost.isLost = true;
        lost.cause = cause;
        attach(lost);
    }

    /** The start has moved: what was nobody's loss may be part of an APDU of interest. */
    void revive(long nowNs, long backOffNs) {
        for (int i = 0; hasLost() && i < list.size(); i++) {
            Gap gap = list.get(i);
            if (gap.isLost && gap.cause == null) {
                detach(gap);
                gap.isLost = false;
                gap.nak.start(nowNs, backOffNs);
                attach(gap);
            }
        }
    }

    /** Forgets everything before the number. */
    void dropBefore(int edge) {
        if (list.isEmpty() || list.get(0).first() - edge >= 0) {
            return;
        }
        splitAt(edge);
        while (!list.isEmpty() && list.get(0).first() - edge < 0) {
            removeAt(0);
        }
    }

    /** Forgets the number and everything after it. */
    void dropFrom(int sqn) {
        splitAt(sqn);
        while (!list.isEmpty() && list.get(list.size() - 1).first() - sqn >= 0) {
            removeAt(list.size() - 1);
        }
    }

    void clear() {
        while (!list.isEmpty()) {
            removeAt(list.size() - 1);
        }
    }

    /** NCFs for these numbers were heard; answers how many numbers need no NAK for that. */
    int onNcf(int first, int end, long nowNs) {
        return onHeard(first, end, nowNs, true);
    }

    /** NAKs of another receiver for these numbers were heard; answers how many numbers need no NAK for that. */
    int onPeerNak(int first, int end, long nowNs) {
        return onHeard(first, end, nowNs, false);
    }

    /** The timer of a range has run out. */
    NakState.Action onTimeout(Gap gap, long nowNs, long backOffNs) {
        detach(gap);
        NakState.Action action = gap.nak.onTimeout(nowNs, backOffNs, times);
        gap.isWanted |= action == NakState.Action.SEND_NAK;
        attach(gap);
        return action;
    }

    /** Whether a range is older than gaps may get. */
    boolean isTooOld(Gap gap, long nowNs) {
        return times.gapDeadlineNs() > 0 && nowNs - gap.nak.bornNs() >= times.gapDeadlineNs();
    }

    /** The NAK for the first numbers of a wanted range has gone; the rest stays wanted. */
    void onNakSent(int index, int count, long nowNs) {
        Gap gap = list.get(index);
        splitAt(gap.first() + count);
        detach(gap);
        gap.isWanted = false;
        gap.hadNoRoom = false;
        gap.nak.onNakSent(nowNs, times);
        attach(gap);
    }

    /** The NAK cannot be sent now. */
    void postpone(Gap gap, long nowNs, long backOffNs) {
        detach(gap);
        gap.isWanted = false;
        gap.nak.postpone(nowNs, backOffNs);
        attach(gap);
    }

    private int onHeard(int first, int end, long nowNs, boolean isNcf) {
        int suppressed = 0;
        int index = indexFrom(first);
        if (index == list.size() || list.get(index).first() - end >= 0) {
            return 0;
        }
        for (index = isolate(first, end); index < list.size(); index++) {
            Gap gap = list.get(index);
            if (gap.first() - end >= 0) {
                break;
            }
            if (!gap.isLost) {
                detach(gap);
                boolean saved = isNcf ? gap.nak.onNcf(nowNs, times) : gap.nak.onPeerNak(nowNs, times);
                if (saved) {
                    suppressed += gap.count();
                    gap.isWanted = false;
                }
                attach(gap);
            }
        }
        return suppressed;
    }

    private static boolean isWithoutRoom(Gap gap) {
        return gap.hadNoRoom && !gap.isLost && !gap.isWanted && gap.nak.state() == NakState.State.BACK_OFF;
    }

    private static boolean joins(Gap gap, @Nullable LossCause cause) {
        return gap.isLost && gap.cause == cause;
    }

    private void splitAt(int sqn) {
        int index = list.floor(sqn);
        if (index < 0) {
            return;
        }
        Gap gap = list.get(index);
        if (gap.first() == sqn || !gap.contains(sqn)) {
            return;
        }
        int end = gap.end();
        detach(gap);
        gap.set(gap.first(), sqn - gap.first());
        attach(gap);
        attach(copy(index + 1, sqn, end - sqn, gap));
    }

    private Gap copy(int index, int first, int count, Gap original) {
        Gap gap = insert(index, first, count);
        gap.nak.copyFrom(original.nak);
        gap.isLost = original.isLost;
        gap.isWanted = original.isWanted;
        gap.hadNoRoom = original.hadNoRoom;
        gap.cause = original.cause;
        return gap;
    }

    private Gap insert(int index, int first, int count) {
        Gap gap = pool.pollLast();
        if (gap == null) {
            gap = new Gap(first, count);
        } else {
            gap.set(first, count);
            gap.isLost = false;
            gap.isWanted = false;
            gap.hadNoRoom = false;
            gap.cause = null;
        }
        list.add(index, gap);
        return gap;
    }

    private void removeAt(int index) {
        Gap gap = list.remove(index);
        detach(gap);
        recycle(gap);
    }

    private void recycle(Gap gap) {
        if (pool.size() < POOL_SIZE) {
            pool.addLast(gap);
        }
    }

    private void attach(Gap gap) {
        count(gap, 1);
        if (gap.isLost) {
            return;
        }
        long latestNs = times.gapDeadlineNs() > 0 ? gap.nak.bornNs() + times.gapDeadlineNs() : ProtocolHalf.NONE;
        if (!gap.isWanted) {
            gap.deadlineNs = Deadlines.earlier(gap.nak.deadlineNs(), latestNs);
            timers.put(gap);
        } else if (latestNs != ProtocolHalf.NONE) {
            gap.deadlineNs = latestNs;
            timers.put(gap);
        }
    }

    private void detach(Gap gap) {
        count(gap, -1);
        timers.remove(gap);
    }

    private void count(Gap gap, int sign) {
        if (gap.isLost) {
            lostRanges += sign;
            return;
        }
        missing += (long) sign * gap.count();
        requested += gap.isRequested() ? (long) sign * gap.count() : 0;
        wantedRanges += gap.isWanted ? sign : 0;
    }
}
