package org.pgmjms.provider.link;

/** One listener on a link. Safe for any thread. */
public interface LinkSubscription {

    /** Ends it. The listener may be called until this returns, and never after. Must not be called by the listener. */
    void close();
}
