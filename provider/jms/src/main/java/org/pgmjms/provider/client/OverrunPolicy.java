package org.pgmjms.provider.client;

/** What happens to a message for which a consumer's queue has no room. */
enum OverrunPolicy {
    /** It takes the place of the oldest ones. */
    DROP_OLDEST,
    /** It is dropped. */
    DROP_NEWEST,
    /** The consumer is closed. */
    DISCONNECT
}
