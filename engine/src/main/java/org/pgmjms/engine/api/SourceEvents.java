package org.pgmjms.engine.api;

/** What a source tells its owner. Called by the source agent; an implementation never blocks. */
public interface SourceEvents {

    /** The source cannot go on: its socket is gone, or its own code failed. Nothing more will be sent. */
    void onFailed(PgmException cause);

    /** A heartbeat SPM was sent for the first time since data was; called once an idle period, under the source's lock. */
    void onIdle();

    /**
     * Somebody else sends under this source's identifier, which receivers cannot tell apart: the owner opens another source and
     * closes this one. Called once, by the receive agent of the same engine, which must not be waited for.
     */
    default void onNameTaken() {
        // a source whose name nobody else can have
    }

    /** The last chance to supply data before the session ends; called once, under the source's lock. */
    void onClosing();
}
