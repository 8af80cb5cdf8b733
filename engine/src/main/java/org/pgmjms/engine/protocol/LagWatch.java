package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;
import static org.pgmjms.engine.wire.SequenceNumber.min;

/**
 * Decides what becomes of a stream whose window is full. What finds no room is asked for again, which is no loss as long as
 * repairs come faster than data. If they do not, the receiver falls back until the source's trail passes it, and loses
 * nearly everything from then on for as long as the source stays busy. So the distance to the newest packet is watched from the
 * first packet without room on. Who falls further back, or makes no headway for long, goes on with what is sent now, and for
 * a while gives up the oldest gap as soon as the window is full. Not thread-safe.
 */
final class LagWatch {
    private static final int MOST_WORSE = 2;
    private static final int MOST_WITHOUT_HEADWAY = 10;
    private static final int SILENT_INTERVALS = 4;
    private static final int FAR_WINDOWS = 2;
    private static final int NOTICEABLE = 8;
    private static final long MEMORY_NS = 60_000_000_000L;

    /** What to do about a packet without room. */
    enum Choice {
        /** Ask for it again. */
        CATCH_UP,
        /** Give up the oldest gap, to make room. */
        GIVE_WAY,
        /** Give up everything before {@link #target}. */
        SKIP
    }

    private final int window;
    private final long intervalNs;

    private boolean isLagging;
    private boolean isBurnt;
    private long lastNs;
    private int newest;
    private int secondNewest;
    private long sinceNs;
    private int least;
    private int leastBefore;
    private int leastEver;
    private boolean isPassed;
    private int worse;
    private int withoutHeadway;

    /**
     * Watches a stream.
     *
     * @param window how many packets its window holds, about
     * @param intervalNs longer than a repair takes that is lost on its way
     */
    LagWatch(int window, long intervalNs) {
        this.window = window;
        this.intervalNs = intervalNs;
    }

    /** A packet found no room. */
    Choice onNoRoom(long nowNs, int sqn, int edge) {
        isBurnt &= nowNs - lastNs < MEMORY_NS;
        lastNs = nowNs;
        if (isBurnt) {
            return Choice.GIVE_WAY;
        }
        if (!isLagging || after(edge, newest) || nowNs - sinceNs > SILENT_INTERVALS * intervalNs) {
            begin(nowNs, sqn, edge);
            return Choice.CATCH_UP;
        }
        if (after(sqn, newest)) {
            secondNewest = newest;
            newest = sqn;
        } else {
            secondNewest = sqn;
        }
        least = Math.min(least, newest - edge);
        if (nowNs - sinceNs >= intervalNs && isHopeless(nowNs)) {
            isLagging = false;
            isBurnt = true;
            return Choice.SKIP;
        }
        return Choice.CATCH_UP;
    }

    /** The source's trail has made packets lost. */
    void onPassed() {
        isPassed = true;
    }

    /** The number to go on with: as far as two packets have come. */
    int target() {
        return min(newest, secondNewest) + 1;
    }

    private void begin(long nowNs, int sqn, int edge) {
        isLagging = true;
        newest = sqn;
        secondNewest = sqn;
        sinceNs = nowNs;
        least = sqn - edge;
        leastBefore = least;
        leastEver = least;
        isPassed = false;
        worse = 0;
        withoutHeadway = 0;
    }

    /** An interval is over. */
    private boolean isHopeless(long nowNs) {
        boolean isFar = least / FAR_WINDOWS > window;
        boolean isWorse = isPassed || least - leastBefore > leastBefore / NOTICEABLE;
        worse = isFar && isWorse ? worse + 1 : 0;
        withoutHeadway = isFar && least >= leastEver ? withoutHeadway + 1 : 0;
        sinceNs = nowNs;
        leastBefore = least;
        leastEver = Math.min(leastEver, least);
        least = Integer.MAX_VALUE;
        isPassed = false;
        return worse >= MOST_WORSE || withoutHeadway >= MOST_WITHOUT_HEADWAY;
    }
}
