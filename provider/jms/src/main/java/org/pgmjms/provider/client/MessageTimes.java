package org.pgmjms.provider.client;

import org.pgmjms.provider.message.InboundMessage;

/**
 * What the times in received messages mean here: they were taken from the sender's clock, which may differ from ours by
 * {@code jms.clockSkew}. Only what has passed by both clocks has passed. Jakarta Messaging 3.1, sections 3.4.9 and
 * 3.4.13. Safe for any thread.
 */
final class MessageTimes {
    /** What {@link #untilNs} answers at most: the wall clock may be set meanwhile. */
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ClientClock clock;
    private final long skewMillis;

    MessageTimes(ClientClock clock, long skewMillis) {
        this.clock = clock;
        this.skewMillis = skewMillis;
    }

    /** Now, by a sender's clock that is as late as it may be; milliseconds since 1970. */
    long nowMillis() {
        return clock.wallMillis() - skewMillis;
    }

    /** Whether a message is of no use any more. */
    boolean isExpired(InboundMessage message) {
        long expiration = message.expiration();
        return expiration != 0 && nowMillis() > expiration;
    }

    /** How long to wait before asking again whether this time has come; 0 when it has. */
    long untilNs(long timeMillis) {
        long nowMillis = nowMillis();
        if (timeMillis <= nowMillis) {
            return 0;
        }
        long leftMillis = timeMillis - nowMillis;
        return (leftMillis < 0 ? LONGEST_WAIT_MILLIS : Math.min(leftMillis, LONGEST_WAIT_MILLIS)) * NANOS_PER_MILLI;
    }
}
