package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.message.EnvelopeReader;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.TrainPart;
import org.pgmjms.provider.message.Verdict;

/**
 * Puts the trains of a channel together. A train is handed out when its last part is there, each topic in its own order;
 * otherwise all of it is a loss, of which its topics hear as of any other; what was in the parts that came is known even
 * when the source ends. A train that began before the session did is passed over, like all that was before.
 * Owned by the receive agent.
 */
final class InboundTrains {
    private final Opener opener;
    private final HoldBack room;
    private final Counters<InboundCounter> counters;
    private final EnvelopeReader reader = new EnvelopeReader();
    private final List<Passenger> passengers = new ArrayList<>();

    /** Takes messages out of envelopes. */
    interface Opener {
        /** The message of the frame that the reader has come to, if somebody listens to its topic. */
        @Nullable Passenger open(InboundSource source, EnvelopeReader reader, boolean replayed);
    }

    /** A message of a train, and the topic that waits for it. */
    record Passenger(TopicStream stream, InboundMessage message, boolean first) {}

    /**
     * For a channel.
     *
     * @param limitBytes what the parts of incomplete trains may take
     */
    InboundTrains(Opener opener, long limitBytes, Counters<InboundCounter> counters) {
        this.opener = opener;
        this.room = new HoldBack(limitBytes);
        this.counters = counters;
    }

    /** What the parts of incomplete trains take. */
    long usedBytes() {
        return room.usedBytes();
    }

    /**
     * A part of a train.
     *
     * @param wrapped has checked it
     * @param apdu the same bytes
     */
    void take(InboundSource source, EnvelopeReader wrapped, ByteBuf apdu, long first, long last, boolean replayed) {
        TrainPart which = wrapped.trainPart();
        PendingTrain known = source.trains().get(which.transaction());
        if (known == null && which.part() == 0 && which.isLast()) {
            passengers.clear();
            board(source, wrapped, replayed);
            handOut(source, first, last);
            return;
        }
        PendingTrain train = known == null ? new PendingTrain() : known;
        PendingTrain.Part part = new PendingTrain.Part(first, last, ByteBufUtil.getBytes(apdu), replayed);
        if (!train.add(which, part)) {
            source.onLost(first, last, LossCause.MALFORMED);
            lose(source, which.transaction(), LossCause.MALFORMED);
            return;
        }
        source.trains().put(which.transaction(), train);
        room.take(PendingTrain.costBytes(part));
        if (train.isComplete()) {
            remove(source, which.transaction());
            boardAll(source, train);
            handOut(source, train.first(), last(train));
        }
    }

    private static long last(PendingTrain train) {
        long last = 0;
        for (PendingTrain.Part part : train.parts()) {
            last = part.last();
        }
        return last;
    }

    private void boardAll(InboundSource source, PendingTrain train) {
        passengers.clear();
        for (PendingTrain.Part part : train.parts()) {
            Verdict verdict = reader.wrap(Unpooled.wrappedBuffer(part.apdu()), 0, part.apdu().length);
            assert verdict == Verdict.OK : "it was when it came";
            board(source, reader, part.replayed());
        }
    }

    private void board(InboundSource source, EnvelopeReader from, boolean replayed) {
        while (from.nextFrame()) {
            Passenger passenger = opener.open(source, from, replayed);
            if (passenger != null) {
                passengers.add(passenger);
            }
        }
    }

    /** Hands out all that have boarded, unless one of them cannot be. */
    private void handOut(InboundSource source, long first, long last) {
        LossCause obstacle = obstacle();
        if (obstacle == null) {
            counters.increment(InboundCounter.TRAINS);
            passengers.forEach(
                    passenger -> source.onFrame(passenger.stream, passenger.message, passenger.first, first));
        } else {
            source.onLost(first, last, obstacle);
            leaveBehind(first);
        }
        passengers.clear();
    }

    private @Nullable LossCause obstacle() {
        for (Passenger passenger : passengers) {
            if (passenger.message.verdict() != Verdict.OK) {
                return LossCause.MALFORMED;
            }
            if (passenger.stream.isMissed(passenger.message.sequence())) {
                return LossCause.WINDOW_OVERFLOW;
            }
        }
        return null;
    }

    /** Nothing that lies before this position can come any more. */
    void onResolved(InboundSource source, long edge) {
        if (source.trains().isEmpty()) {
            return;
        }
        for (Map.Entry<Long, PendingTrain> entry : List.copyOf(source.trains().entrySet())) {
            PendingTrain train = entry.getValue();
            if (train.isDoomed(edge)) {
                long first = train.first();
                LossCause before = source.losses().between(first - 2, first);
                if (train.lacksStart() && edge >= first && before == null) {
                    remove(source, entry.getKey());
                } else {
                    LossCause behind = source.losses().between(first, Long.MAX_VALUE);
                    LossCause cause = before == null ? behind : before;
                    lose(source, entry.getKey(), cause == null ? LossCause.MALFORMED : cause);
                }
            }
        }
    }

    /** Gives up all trains of a source that are not complete. */
    void giveUp(InboundSource source, LossCause cause) {
        for (Long transaction : List.copyOf(source.trains().keySet())) {
            lose(source, transaction, cause);
        }
    }

    /** Gives up trains as long as too much waits, the oldest first of the source that keeps the most. */
    void bound(Collection<InboundSource> sources) {
        while (room.isExceeded()) {
            InboundSource fullest = null;
            long most = 0;
            for (InboundSource source : sources) {
                long bytes = bytes(source);
                if (bytes > most) {
                    most = bytes;
                    fullest = source;
                }
            }
            if (fullest == null) {
                return;
            }
            lose(fullest, fullest.trains().keySet().iterator().next(), LossCause.WINDOW_OVERFLOW);
        }
    }

    private static long bytes(InboundSource source) {
        long sum = 0;
        for (PendingTrain train : source.trains().values()) {
            sum += train.bytes();
        }
        return sum;
    }

    private void lose(InboundSource source, long transaction, LossCause cause) {
        PendingTrain train = remove(source, transaction);
        if (train == null) {
            return;
        }
        for (PendingTrain.Part part : train.parts()) {
            source.onLost(part.first(), part.last(), cause);
        }
        boardAll(source, train);
        leaveBehind(train.first());
    }

    /** Remembers of each topic up to where its messages are known to be lost. */
    private void leaveBehind(long first) {
        counters.increment(InboundCounter.TRAINS_LOST);
        for (Passenger passenger : passengers) {
            if (!passenger.stream.isBefore(first)) {
                passenger.stream.onSeen(passenger.message.sequence());
            }
        }
        passengers.clear();
    }

    private @Nullable PendingTrain remove(InboundSource source, long transaction) {
        PendingTrain train = source.trains().remove(transaction);
        if (train != null) {
            room.give(train.bytes());
        }
        return train;
    }
}
