package org.pgmjms.engine.protocol;

import org.pgmjms.engine.api.LossCause;

/**
 * The repair of missing packets that share one fate. RFC 3208, section 6.3.
 *
 * <pre>
 *   BACK_OFF --timeout: a NAK is wanted; once sent--> WAIT_NCF
 *   BACK_OFF --NAK of another receiver--------------> WAIT_NCF
 *   BACK_OFF, WAIT_NCF --NCF------------------------> WAIT_DATA
 *   WAIT_NCF, WAIT_DATA --timeout, retries left-----> BACK_OFF
 *   WAIT_NCF, WAIT_DATA --timeout, no retries left--> given up
 * </pre>
 *
 * <p>For another receiver's NAK heard during back-off the diagram of the RFC is followed, not its text: it proves nothing
 * about the source having heard it. Against forged confirmations, a round that others suppressed is not made longer, and if
 * it brought nothing it is followed by one that nobody can suppress; other waits grow by at most their own length.
 */
final class NakState {
    enum State {
        /** Waiting a random time before asking. */
        BACK_OFF,
        /** Somebody asked. */
        WAIT_NCF,
        /** The request was confirmed. */
        WAIT_DATA
    }

    enum Action {
        NONE,
        SEND_NAK,
        GIVE_UP
    }

    private State state = State.BACK_OFF;
    private long bornNs;
    private long deadlineNs;
    private long latestNs;
    private int ncfRetries;
    private int dataRetries;
    private boolean isSuppressed;
    private boolean isStubborn;

    /** Starts the repair of numbers just found missing. */
    void start(long nowNs, long backOffNs) {
        bornNs = nowNs;
        ncfRetries = 0;
        dataRetries = 0;
        isSuppressed = false;
        isStubborn = false;
        enter(State.BACK_OFF, nowNs, backOffNs);
    }

    /** Says that the numbers were found missing before the repair was started over. */
    void bornAt(long earlierNs) {
        bornNs = earlierNs;
    }

    /** Takes over the state of the gap that this one was part of. */
    void copyFrom(NakState other) {
        state = other.state;
        bornNs = other.bornNs;
        deadlineNs = other.deadlineNs;
        latestNs = other.latestNs;
        ncfRetries = other.ncfRetries;
        dataRetries = other.dataRetries;
        isSuppressed = other.isSuppressed;
        isStubborn = other.isStubborn;
    }

    /**
     * A confirmation was heard: somebody upstream is about to send the data.
     *
     * @return whether it saved a NAK
     */
    boolean onNcf(long nowNs, NakTimes times) {
        switch (state) {
            case BACK_OFF -> {
                if (isStubborn) {
                    return false;
                }
                isSuppressed = true;
                ncfRetries = 0;
                enter(State.WAIT_DATA, nowNs, times.rdataNs(dataRetries));
                return true;
            }
            case WAIT_NCF -> {
                ncfRetries = 0;
                enter(State.WAIT_DATA, nowNs, times.rdataNs(dataRetries));
            }
            case WAIT_DATA -> extend(nowNs, times.rdataNs(dataRetries));
        }
        return false;
    }

    /**
     * Another receiver asked for it.
     *
     * @return whether it saved a NAK
     */
    boolean onPeerNak(long nowNs, NakTimes times) {
        switch (state) {
            case BACK_OFF -> {
                if (isStubborn) {
                    return false;
                }
                isSuppressed = true;
                enter(State.WAIT_NCF, nowNs, times.repeatNs(ncfRetries));
                return true;
            }
            case WAIT_NCF -> extend(nowNs, times.repeatNs(ncfRetries));
            case WAIT_DATA -> extend(nowNs, times.rdataNs(dataRetries));
        }
        return false;
    }

    /** The NAK that was wanted has gone. */
    void onNakSent(long nowNs, NakTimes times) {
        assert state == State.BACK_OFF : state;
        isSuppressed = false;
        isStubborn = false;
        enter(State.WAIT_NCF, nowNs, times.repeatNs(ncfRetries));
    }

    /** The NAK cannot be sent: nobody knows where to, or there is no room for the answer. */
    void postpone(long nowNs, long backOffNs) {
        enter(State.BACK_OFF, nowNs, backOffNs);
    }

    /** Takes the timer as expired, if it is; a wanted NAK is wanted until {@link #onNakSent} or {@link #postpone}. */
    Action onTimeout(long nowNs, long backOffNs, NakTimes times) {
        if (deadlineNs - nowNs > 0) {
            return Action.NONE;
        }
        return switch (state) {
            case BACK_OFF -> Action.SEND_NAK;
            case WAIT_NCF -> startOver(++ncfRetries >= times.ncfRetries(), nowNs, backOffNs);
            case WAIT_DATA -> startOver(++dataRetries >= times.dataRetries(), nowNs, backOffNs);
        };
    }

    State state() {
        return state;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    /** Whether one request was not enough. */
    boolean isRepeated() {
        return ncfRetries + dataRetries > 0;
    }

    /** When the numbers were found missing. */
    long bornNs() {
        return bornNs;
    }

    /** Why it was given up. */
    LossCause cause() {
        return state == State.WAIT_NCF ? LossCause.NAK_RETRIES : LossCause.RDATA_RETRIES;
    }

    private Action startOver(boolean isLast, long nowNs, long backOffNs) {
        if (isLast) {
            return Action.GIVE_UP;
        }
        isStubborn |= isSuppressed;
        enter(State.BACK_OFF, nowNs, backOffNs);
        return Action.NONE;
    }

    private void extend(long nowNs, long intervalNs) {
        if (isSuppressed) {
            return;
        }
        long wantedNs = nowNs + intervalNs;
        deadlineNs = wantedNs - latestNs < 0 ? wantedNs : latestNs;
    }

    private void enter(State next, long nowNs, long intervalNs) {
        state = next;
        deadlineNs = nowNs + intervalNs;
        latestNs = deadlineNs + intervalNs;
    }
}
