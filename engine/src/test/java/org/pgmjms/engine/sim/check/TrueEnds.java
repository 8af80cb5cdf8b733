package org.pgmjms.engine.sim.check;

import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimSource.Life;

/** A session ends the way its source ended it, and is replaced only when another of the same identifier was sent. */
public final class TrueEnds implements SimListener {
    private final SimChannel channel;

    public TrueEnds(SimChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onEnd(HeardStream stream, EndReason reason, int finalSqn) {
        Life life = channel.sourceOf(stream.sent()).life();
        // who hears nothing after an SPM has to believe it
        boolean isPossible = switch (reason) {
            case FIN -> life == Life.ENDS || life == Life.DIED;
            case RST -> life == Life.RESETS || life == Life.DIED;
            case REPLACED -> channel.sent(stream.sent().tsi().value()) != stream.sent();
            case EXPIRED, CLOSED -> true;
        };
        if (!isPossible) {
            throw new AssertionError(stream + ": ended by " + reason + ", but its source " + life);
        }
    }
}
