package org.pgmjms.engine.protocol;

/**
 * When a receiver asks for the SPM of a session that it knows by its data only: at once, then after 500 ms doubling to 5 s;
 * the request of another receiver counts as ours. RFC 3208, section 13.3. Not thread-safe.
 */
final class SpmrSchedule {
    private static final long FIRST_INTERVAL_NS = 500_000_000L;
    private static final long MAX_INTERVAL_NS = 5_000_000_000L;

    private long deadlineNs = ProtocolHalf.NONE;
    private long intervalNs = FIRST_INTERVAL_NS;
    private boolean isDone;

    /** Data came and no SPM is known. */
    void onData(long nowNs) {
        if (!isDone && deadlineNs == ProtocolHalf.NONE) {
            deadlineNs = nowNs;
        }
    }

    /** An SPM came. */
    void onSpm() {
        isDone = true;
        deadlineNs = ProtocolHalf.NONE;
    }

    /** Another receiver asked. */
    void onPeerSpmr(long nowNs) {
        if (!isDone) {
            onSent(nowNs);
        }
    }

    /** The request has gone. */
    void onSent(long nowNs) {
        deadlineNs = nowNs + intervalNs;
        intervalNs = Math.min(2 * intervalNs, MAX_INTERVAL_NS);
    }

    /** The request has to wait. */
    void postpone(long untilNs) {
        deadlineNs = untilNs;
    }

    long nextDeadlineNs() {
        return deadlineNs;
    }
}
