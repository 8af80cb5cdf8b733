package org.pgmjms.provider.client;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether somebody is going to look at something. Who has brought something begins an announcement; who looks ends it
 * before he does, so that what he does not find is announced. Safe for any thread.
 */
final class Announcement {
    private final AtomicBoolean begun = new AtomicBoolean();

    /**
     * Whether it was not announced yet; from now on it is. What the caller has brought may have been written with release
     * only: without the fence it could become visible after he has seen that it is announced, to one who has looked.
     */
    boolean begin() {
        VarHandle.fullFence();
        return !begun.get() && begun.compareAndSet(false, true);
    }

    /** It is going to be looked at: what comes from now on has to be announced. */
    void end() {
        begun.set(false);
    }
}
