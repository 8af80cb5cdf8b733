package org.pgmjms.engine.protocol;

import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.ReceiverHandler;

/** What one session asks of the receiver that it belongs to. */
interface PeerHost {
    /** Since when the receiver listens. */
    long joinedNs();

    /** Who looks after the receiver. */
    ReceiverWatcher watcher();

    /** Everybody who listens. */
    ReceiverHandler[] handlers();

    /** Whether there is room for one more established session; if so it is one from now on. */
    boolean admit(ReceiverPeer peer);

    /** How many established sessions there are. */
    int sessions();

    /** Numbers that all half-open sessions have under request. */
    long halfOpenRequests();

    /** How many SPMRs may go now. */
    PacketGate spmrGate();

    /** A packet of this session found no room. */
    void relieve(ReceiverPeer peer, long nowNs);

    /** The session is over. */
    void remove(ReceiverPeer peer, EndReason reason, int resolvedTo);
}
