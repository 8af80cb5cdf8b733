package org.pgmjms.provider.loss;

/** Why messages are lost for good. */
public enum LossCause {
    /** The source's window moved past them before they could be repaired. */
    TRAIL_PASSED,
    /** Requests for repair were repeated to the limit and never confirmed. */
    NAK_RETRIES,
    /** Requests were confirmed, but the repair never came. */
    RDATA_RETRIES,
    /** The source gave up its session. */
    RESET,
    /** The receive window had no room. */
    WINDOW_OVERFLOW,
    /** The consumer was slower than its queue could bear. */
    CONSUMER_OVERRUN,
    /** The source disappeared. */
    SOURCE_EXPIRED,
    /** A late joiner asked for history that is gone. */
    HISTORY_GONE,
    /** The gap was older than its deadline. */
    DEADLINE,
    /** Packets came, but did not form messages. */
    MALFORMED,
    /** A message was redelivered to the limit. */
    REDELIVERY_EXHAUSTED
}
