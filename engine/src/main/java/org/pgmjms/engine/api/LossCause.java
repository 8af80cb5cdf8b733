package org.pgmjms.engine.api;

/** Why packets are lost for good. */
public enum LossCause {
    /** The source's window moved past them. */
    TRAIL_PASSED,
    /** Requests were repeated to the limit and never confirmed. RFC 3208, NAK_NCF_RETRIES. */
    NAK_RETRIES,
    /** Requests were confirmed but the data never came. RFC 3208, NAK_DATA_RETRIES. */
    RDATA_RETRIES,
    /** The source ended the session with OPT_RST. */
    RESET,
    /** The receive window had no room for them. */
    WINDOW_OVERFLOW,
    /** The source disappeared. */
    SOURCE_EXPIRED,
    /** A late joiner asked for history that the source no longer has. */
    HISTORY_GONE,
    /** The gap was older than its deadline. */
    DEADLINE,
    /** The packets came, but did not form an APDU. */
    MALFORMED
}
