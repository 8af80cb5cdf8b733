package org.pgmjms.provider.link;

import org.jspecify.annotations.Nullable;

/** One listener on a link. Safe for any thread. */
public interface LinkSubscription {

    /** Ends it. The listener may be called until this returns, and never after. Must not be called by the listener. */
    void close();

    /** What comes in for this listener and all others of its transport; null when only the transport can receive it. */
    default @Nullable Intake intake() {
        return null;
    }
}
