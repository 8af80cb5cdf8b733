package org.pgmjms.engine.protocol;

import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;

/** How far a source may run ahead, beside its rate. {@link #NONE} lets it. */
public interface SendLimit {

    /** The rate alone decides. */
    SendLimit NONE = new SendLimit() {
        @Override
        public int limitSqn(long nowNs, int lead) {
            return lead + Integer.MAX_VALUE;
        }

        @Override
        public void onFeedback(long nowNs, Nla from, PacketView packet) {
            // no feedback is asked for
        }
    };

    /** The last number that may be sent now. */
    int limitSqn(long nowNs, int lead);

    /** An upstream packet that may carry feedback. */
    void onFeedback(long nowNs, Nla from, PacketView packet);

    /** Whether data waits for this limit, and for nothing else; told whenever the source has tried to send. */
    default void onTried(long nowNs, boolean isHeld) {}

    /** How long data has been waiting for this limit, and for nothing else; 0 when it does not. */
    default long heldNs(long nowNs) {
        return 0;
    }

    /** How often receivers are asked to report, in nanoseconds; 0 for never. */
    default long statusIntervalNs() {
        return 0;
    }

    /** When the limit may change without feedback, or {@link ProtocolHalf#NONE}. */
    default long nextDeadlineNs() {
        return ProtocolHalf.NONE;
    }
}
