package org.pgmjms.engine.testing;

import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.SourceEvents;

/** Of a source that must not fail and has nothing to add. */
public final class SilentEvents implements SourceEvents {
    @Override
    public void onFailed(PgmException cause) {
        throw new AssertionError(cause);
    }

    @Override
    public void onIdle() {
        // nothing to repeat
    }

    @Override
    public void onClosing() {
        // everything was said
    }
}
