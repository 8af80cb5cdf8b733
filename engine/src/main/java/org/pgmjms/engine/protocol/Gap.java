package org.pgmjms.engine.protocol;

import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.window.Range;

/**
 * Consecutive numbers that are not there and share one fate: missing and under repair, or lost. {@link Gaps} makes,
 * splits and changes them; nobody else does.
 */
final class Gap implements Range, Timed {
    final NakState nak = new NakState();
    long deadlineNs;
    boolean isLost;

    /** Whether a NAK for it is due and waits for its turn. */
    boolean isWanted;

    /** Whether it was here and found no room. */
    boolean hadNoRoom;

    /** Why it is lost; null for numbers that are nobody's loss, as they belong to an APDU from before the start. */
    @Nullable LossCause cause;

    private int first;
    private int count;
    private int heapIndex = NOWHERE;

    Gap(int first, int count) {
        set(first, count);
    }

    /** Makes it other numbers, in the same order among its neighbours. */
    void set(int newFirst, int newCount) {
        first = newFirst;
        count = newCount;
    }

    @Override
    public int first() {
        return first;
    }

    @Override
    public int count() {
        return count;
    }

    /** Whether its repair is under way: somebody asked. */
    boolean isRequested() {
        return !isLost && nak.state() != NakState.State.BACK_OFF;
    }

    @Override
    public long deadlineNs() {
        return deadlineNs;
    }

    @Override
    public int heapIndex() {
        return heapIndex;
    }

    @Override
    public void heapIndex(int index) {
        heapIndex = index;
    }
}
