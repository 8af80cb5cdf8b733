package org.pgmjms.engine.api;

/** Why a session ended. */
public enum EndReason {
    /** The source closed it, OPT_FIN. RFC 3208, section 9.7.6. */
    FIN,
    /** The source gave it up, OPT_RST. RFC 3208, section 9.7.7. */
    RST,
    /** Nothing was heard of the source for the peer expiry time. */
    EXPIRED,
    /** Another session took its place: the source was restarted, or the receiver's limits made it yield. */
    REPLACED,
    /** The subscription was closed here. */
    CLOSED
}
