package org.pgmjms.engine.protocol;

import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.wire.Nla;

/**
 * Hears how the sessions of a receiver fare, for those who look after it. Called by the owner of the receiver; nothing is
 * told for each packet that arrives as it should.
 */
public interface ReceiverWatcher {
    /** Nobody looks. */
    ReceiverWatcher NONE = new ReceiverWatcher() {};

    /** A session is established. */
    default void onBegun(Tsi tsi, Nla address, SessionStart start) {}

    /** Packets were reported lost. */
    default void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {}

    /** A NAK was sent for so many numbers from this one on. */
    default void onAsked(long tsi, int firstSqn, int count) {}

    /** A packet came that had to be asked for more than once. */
    default void onLate(Tsi tsi, int sqn, long missingNs) {}

    /** An established session is over. */
    default void onEnded(Tsi tsi, EndReason reason, int finalSqn) {}
}
