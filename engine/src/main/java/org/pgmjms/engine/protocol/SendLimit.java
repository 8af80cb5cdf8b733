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
}
