package org.pgmjms.engine.channel;

import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.ReceiverWatcher;
import org.pgmjms.engine.wire.Nla;

/** Tells Java Flight Recorder how the sessions of a receiver fare. */
record SessionFlights(String channel) implements ReceiverWatcher {
    @Override
    public void onBegun(Tsi tsi, Nla address, SessionStart start) {
        FlightEvents.onBegun(tsi, channel, address, start.name());
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        FlightEvents.onLost(tsi, firstSqn, count, cause);
    }

    @Override
    public void onAsked(long tsi, int firstSqn, int count) {
        FlightEvents.onAsked(tsi, firstSqn, count);
    }

    @Override
    public void onLate(Tsi tsi, int sqn, long missingNs) {
        FlightEvents.onLate(tsi, sqn, missingNs);
    }

    @Override
    public void onEnded(Tsi tsi, EndReason reason, int finalSqn) {
        FlightEvents.onEnded(tsi, channel, reason, finalSqn);
    }
}
