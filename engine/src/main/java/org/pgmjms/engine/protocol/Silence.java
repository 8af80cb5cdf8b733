package org.pgmjms.engine.protocol;

/**
 * Notices when a source that is established falls silent, and when it is heard again. A source that is there sends ambient
 * SPMs, so that silence means that it, or the way to it, is gone. Owned by its peer.
 */
final class Silence {
    /** The part of the peer expiry after which a source counts as silent. */
    private static final int PART_OF_EXPIRY = 10;

    private final long afterNs;
    private final Audience audience;
    private long deadlineNs = ProtocolHalf.NONE;
    private boolean isSilent;

    Silence(long peerExpiryNs, Audience audience) {
        this.afterNs = peerExpiryNs / PART_OF_EXPIRY;
        this.audience = audience;
    }

    /** The source is established: from now on it counts. */
    void begin(long heardNs) {
        deadlineNs = heardNs + afterNs;
    }

    /** Looks whether there was something to hear. */
    void check(long nowNs, long heardNs) {
        boolean isOver = nowNs - heardNs - afterNs < 0;
        if (isSilent && isOver) {
            isSilent = false;
            deadlineNs = heardNs + afterNs;
            audience.onSilence(false);
        } else if (Deadlines.isDue(deadlineNs, nowNs)) {
            isSilent = !isOver;
            deadlineNs = isOver ? heardNs + afterNs : ProtocolHalf.NONE;
            if (isSilent) {
                audience.onSilence(true);
            }
        }
    }

    /** When {@link #check} is wanted. */
    long nextDeadlineNs() {
        return deadlineNs;
    }
}
