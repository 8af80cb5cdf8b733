package org.pgmjms.engine.protocol;

/**
 * Holds back a jump that is larger than the window until a second packet confirms it within a second, or the next SPM
 * whenever it comes: one forged packet must not make a receiver give up everything it waits for. Not thread-safe.
 */
final class JumpGuard {
    private static final long PATIENCE_NS = 1_000_000_000L;

    private final int reach;
    private boolean isSuspicious;
    private boolean isFromSpm;
    private int suspect;
    private long sinceNs;

    /**
     * Suspects nothing.
     *
     * @param reach how far apart two numbers may be that confirm each other
     */
    JumpGuard(int reach) {
        this.reach = reach;
    }

    /** A number far ahead was seen; answers whether it is the second one there. */
    boolean isConfirmed(long nowNs, int sqn, boolean fromSpm) {
        int distance = Math.abs(sqn - suspect);
        boolean isOther = fromSpm || isFromSpm || sqn != suspect;
        boolean isInTime = fromSpm && isFromSpm || nowNs - sinceNs <= PATIENCE_NS;
        if (isSuspicious && isOther && isInTime && distance >= 0 && distance < reach) {
            isSuspicious = false;
            return true;
        }
        isSuspicious = true;
        isFromSpm = fromSpm;
        suspect = sqn;
        sinceNs = nowNs;
        return false;
    }

    /** The stream goes on where it was. */
    void clear() {
        isSuspicious = false;
    }
}
