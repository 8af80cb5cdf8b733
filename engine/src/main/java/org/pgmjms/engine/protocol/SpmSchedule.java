package org.pgmjms.engine.protocol;

/**
 * When SPMs are due. RFC 3208, sections 5.1.4 and 5.1.5.
 *
 * <pre>
 *   opening    at once, 10 and 50 ms later
 *   ambient    one interval after the last SPM of any kind
 *   heartbeat  IHB_MIN after data, then doubling to IHB_MAX; data starts it over
 *   on request at a time somebody asked for
 *   ending     a series of its own; nothing else counts then
 * </pre>
 *
 * <p>One SPM serves everything that is due. Owned by its source; not thread-safe.
 */
final class SpmSchedule {
    private static final long MS = 1_000_000;
    private static final long[] OPENING_NS = {0, 10 * MS, 40 * MS};

    private final long ambientNs;
    private final long heartbeatMinNs;
    private final long heartbeatMaxNs;

    private boolean open;
    private int openingStep;
    private long openingDueNs;
    private long ambientDueNs;

    private boolean heartbeats;
    private long heartbeatNs;
    private long heartbeatDueNs;
    private boolean idle;

    private boolean requested;
    private long requestDueNs;

    private long[] ending = {};
    private int endingStep;
    private long endingDueNs;

    private boolean everSent;
    private long lastSentNs;

    SpmSchedule(long ambientNs, long heartbeatMinNs, long heartbeatMaxNs) {
        this.ambientNs = ambientNs;
        this.heartbeatMinNs = heartbeatMinNs;
        this.heartbeatMaxNs = heartbeatMaxNs;
    }

    /** The session opens: the first SPM is due now. */
    void open(long nowNs) {
        open = true;
        openingDueNs = nowNs + OPENING_NS[0];
        ambientDueNs = nowNs + ambientNs;
    }

    /** Data was sent; {@code heads} when it only repeats, at the beginning of an idle period, what is known. */
    void onData(boolean heads, long nowNs) {
        heartbeats = true;
        heartbeatNs = heartbeatMinNs;
        heartbeatDueNs = nowNs + heartbeatNs;
        idle = heads;
    }

    /** Asks for an SPM at this time, or earlier if one was asked for already. */
    void request(long atNs) {
        if (!requested || atNs - requestDueNs < 0) {
            requestDueNs = atNs;
        }
        requested = true;
    }

    /** Asks for an SPM as soon as the interval between answers has passed. */
    void requestSpaced(long atNs) {
        long earliestNs = lastSentNs + heartbeatMinNs;
        request(everSent && earliestNs - atNs > 0 ? earliestNs : atNs);
    }

    /** Whether an SPM left less than this long ago. */
    boolean sentWithin(long ns, long nowNs) {
        return everSent && nowNs - lastSentNs < ns;
    }

    /** Whether the first heartbeat of an idle period is due. */
    boolean isFirstHeartbeatDue(long nowNs) {
        return !isEnding() && heartbeats && !idle && nowNs - heartbeatDueNs >= 0;
    }

    /** The owner was told that the source is idle. */
    void markIdle() {
        idle = true;
    }

    /** Ends the session with a series of SPMs: the first after the first interval, and so on. */
    void end(long[] intervalsNs, long nowNs) {
        ending = intervalsNs;
        endingStep = 0;
        endingDueNs = nowNs + intervalsNs[0];
    }

    boolean isEnding() {
        return ending.length > 0;
    }

    /** How many SPMs of the ending were sent. */
    int endingStep() {
        return endingStep;
    }

    boolean isDue(long nowNs) {
        long deadlineNs = deadlineNs();
        return deadlineNs != ProtocolHalf.NONE && nowNs - deadlineNs >= 0;
    }

    /** An SPM was sent. */
    void onSpm(long nowNs) {
        everSent = true;
        lastSentNs = nowNs;
        if (isEnding()) {
            endingStep++;
            endingDueNs = nowNs + (endingStep < ending.length ? ending[endingStep] : 0);
            return;
        }
        requested = false;
        ambientDueNs = nowNs + ambientNs;
        if (openingStep < OPENING_NS.length && nowNs - openingDueNs >= 0) {
            openingStep++;
            openingDueNs = nowNs + (openingStep < OPENING_NS.length ? OPENING_NS[openingStep] : 0);
        }
        if (heartbeats && nowNs - heartbeatDueNs >= 0) {
            heartbeatNs = Math.min(2 * heartbeatNs, heartbeatMaxNs);
            heartbeatDueNs = nowNs + heartbeatNs;
        }
    }

    /** When the next SPM is due, or {@link ProtocolHalf#NONE}. */
    long deadlineNs() {
        if (isEnding()) {
            return endingStep < ending.length ? endingDueNs : ProtocolHalf.NONE;
        }
        if (!open) {
            return ProtocolHalf.NONE;
        }
        long deadlineNs = ambientDueNs;
        if (openingStep < OPENING_NS.length) {
            deadlineNs = earlier(deadlineNs, openingDueNs);
        }
        if (heartbeats) {
            deadlineNs = earlier(deadlineNs, heartbeatDueNs);
        }
        return requested ? earlier(deadlineNs, requestDueNs) : deadlineNs;
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
