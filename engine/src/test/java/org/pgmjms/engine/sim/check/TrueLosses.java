package org.pgmjms.engine.sim.check;

import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SentStream;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimSource;

/** C5. What is reported lost was sent, was not delivered, was not reported before, and has a cause that can be. */
public final class TrueLosses implements SimListener {
    private final SimChannel channel;

    public TrueLosses(SimChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onLost(HeardStream stream, int firstSqn, int count, LossCause cause) {
        int first = stream.sent().offset(firstSqn);
        int end = first + count;
        if (count <= 0 || first < 0 || end > stream.sent().sent()) {
            throw new AssertionError(stream + ": lost " + first + " to " + end + " of "
                    + stream.sent().sent());
        }
        for (int offset = first; offset < end; offset++) {
            if (stream.covers(offset)) {
                throw new AssertionError(stream + ": lost " + offset + " that was "
                        + (stream.lost().get(offset) ? "lost" : "delivered") + " before, " + cause);
            }
        }
        if (!isPossible(stream, first, cause)) {
            throw new AssertionError(stream + ": lost " + first + " to " + end + " by " + cause + ", which cannot be");
        }
    }

    private boolean isPossible(HeardStream stream, int first, LossCause cause) {
        SimSource source = channel.sourceOf(stream.sent());
        ReceiverConfig config = stream.receiver().config();
        return switch (cause) {
            case TRAIL_PASSED -> stream.sent().offset(source.source().trail()) > apduFirst(stream.sent(), first);
            case HISTORY_GONE -> config.lateJoin();
            case DEADLINE -> config.gapDeadlineNs() > 0;
            case RESET -> source.life() == SimSource.Life.RESETS;
            case MALFORMED -> isTooLarge(stream.sent(), first, config);
            case NAK_RETRIES, RDATA_RETRIES, WINDOW_OVERFLOW, SOURCE_EXPIRED -> true;
        };
    }

    private static int apduFirst(SentStream sent, int offset) {
        return offset < sent.size() ? sent.apduFirst(offset) : sent.size();
    }

    /** Whether the APDU, as far as it is known, is more than the receiver takes. */
    private static boolean isTooLarge(SentStream sent, int offset, ReceiverConfig config) {
        if (offset >= sent.size()) {
            return true;
        }
        int packets = sent.apduLast(offset) - sent.apduFirst(offset) + 1;
        return sent.apduBytes(offset) > config.maxApduBytes() || packets > config.maxFragments();
    }
}
