package org.pgmjms.engine.protocol;

import org.pgmjms.engine.api.ReceiverConfig;

/**
 * How long a receiver waits at each step of a repair. RFC 3208, section 6.3. Immutable.
 *
 * @param repeatNs NAK_RPT_IVL at the first try
 * @param rdataNs NAK_RDATA_IVL at the first try
 * @param maxIntervalNs to what both double
 * @param ncfRetries NAKs that may go unconfirmed
 * @param dataRetries confirmed repairs that may never come
 * @param gapDeadlineNs how old a gap may get, 0 for no limit
 */
record NakTimes(long repeatNs, long rdataNs, long maxIntervalNs, int ncfRetries, int dataRetries, long gapDeadlineNs) {

    static NakTimes of(ReceiverConfig config) {
        return new NakTimes(
                config.nakRepeatNs(),
                config.nakRdataNs(),
                config.nakMaxIntervalNs(),
                config.ncfRetries(),
                config.dataRetries(),
                config.gapDeadlineNs());
    }

    /** How long to wait for an NCF after this many tries. */
    long repeatNs(int retries) {
        return doubled(repeatNs, retries);
    }

    /** How long to wait for the data after this many tries. */
    long rdataNs(int retries) {
        return doubled(rdataNs, retries);
    }

    private long doubled(long intervalNs, int retries) {
        if (intervalNs >= maxIntervalNs) {
            return intervalNs;
        }
        return retries >= Long.numberOfLeadingZeros(intervalNs) - 1
                ? maxIntervalNs
                : Math.min(intervalNs << retries, maxIntervalNs);
    }
}
