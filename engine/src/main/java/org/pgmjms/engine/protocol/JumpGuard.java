package org.pgmjms.engine.protocol;

/**
 * Holds back a jump that is larger than the window until a second packet confirms it within a second, or the next SPM
 * whenever it comes: one forged packet must not make a receiver give up everything it waits for. Sources that announce
 * themselves have to confirm it by an SPM: the data may be that of another session under the same identifier. Not thread-safe.
 */
final class JumpGuard {
    private static final long PATIENCE_NS = 1_000_000_000L;

    private final int reach;
    private boolean isSuspicious;
    private boolean isFromSpm;
    private boolean isAnnounced;
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

    /** From now on an SPM has to be among the two. */
    void onAnnounced() {
        isAnnounced = true;
    }

    /** A number far ahead was seen; answers whether it is the second one there. */
    boolean isConfirmed(long nowNs, int sqn, boolean fromSpm) {
        int distance = Math.abs(sqn - suspect);
        boolean isOther = fromSpm || isFromSpm || !isAnnounced && sqn != suspect;
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

    /** Whether only an SPM can confirm what was seen. */
    boolean wantsSpm() {
        return isSuspicious && isAnnounced;
    }

    /** The stream goes on where it was. */
    void clear() {
        isSuspicious = false;
    }
}
