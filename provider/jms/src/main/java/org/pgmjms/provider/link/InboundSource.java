package org.pgmjms.provider.link;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Incarnation;

/**
 * Puts what comes of one source into the order of each topic. Owned by the receive agent.
 *
 * <p>A frame is handed out when its topic's previous one was, or when the engine says that nothing older can come: then
 * what is missing before it is lost, and the sequences tell how much. Lost stretches are remembered until it is known of
 * every topic what was in them: for one topic by its next frame or head, for all topics by a complete set of topic heads.
 * Heads are numbered, so that a lost set is noticed; stretches before it then stay until the source ends, and are reported
 * to every topic that knows nothing newer.
 */
final class InboundSource {
    /** From how many on things that are done are taken out of their queue before their turn. */
    private static final int SWEEP_AT = 1024;

    private final Tsi tsi;
    private final String name;
    private final boolean fromBirth;
    private final HoldBack holdBack;
    private final LongMap<TopicStream> streams = new LongMap<>();
    private final HeldQueue held = new HeldQueue(Held::position);
    private final Map<Long, PendingTrain> trains = new LinkedHashMap<>();
    private final LossRanges losses = new LossRanges();
    private final StreamPosition positions = new StreamPosition();
    /** Where patterns began that are younger than the source. */
    private final Map<Listening, Long> patternStarts = new HashMap<>();

    private int foundStreams;
    private @Nullable Incarnation incarnation;
    private long edge = -1;
    private long heldBytes;
    private long order;
    private boolean historyTold;
    /** How many held things are done, most of them still in their queue. */
    private int done;
    /** The ordinal of the last envelope of heads, or -1 after a break in their row. */
    private long headsOrdinal;
    /** Where heads began to be complete: stretches from here on are settled by the next full set. */
    private long headsFrom;

    InboundSource(Tsi tsi, boolean fromBirth, HoldBack holdBack) {
        this.tsi = tsi;
        this.name = tsi.toString();
        this.fromBirth = fromBirth;
        this.holdBack = holdBack;
        this.headsOrdinal = fromBirth ? 0 : -1;
        this.headsFrom = fromBirth ? 0 : Long.MAX_VALUE;
    }

    Tsi tsi() {
        return tsi;
    }

    /** The session as applications see it. */
    String name() {
        return name;
    }

    boolean isFromBirth() {
        return fromBirth;
    }

    LongMap<TopicStream> streams() {
        return streams;
    }

    /** The trains of which parts are missing, by transaction. The business of {@link InboundTrains}. */
    Map<Long, PendingTrain> trains() {
        return trains;
    }

    /** A pattern hears of what lies behind this position. */
    void startAt(Listening pattern, long position) {
        patternStarts.put(pattern, position);
    }

    /** A listener hears of nothing more. */
    void startNowhere(Listening listening) {
        patternStarts.remove(listening);
    }

    /** Behind which position a listener hears of everything; -1 when it was there before the source. */
    long startPosition(Listening listening) {
        return patternStarts.getOrDefault(listening, -1L);
    }

    /** Streams of topics that only patterns match. */
    int foundStreams() {
        return foundStreams;
    }

    void onFound(int more) {
        foundStreams += more;
    }

    LossRanges losses() {
        return losses;
    }

    /** How much of {@link HoldBack} is this source's. */
    long heldBytes() {
        return heldBytes;
    }

    /** The position of a packet number. */
    long position(int sqn) {
        return positions.of(sqn);
    }

    /** The highest position seen, or -1. */
    long reached() {
        return positions.highest();
    }

    /** Whether another provider writes than before. */
    boolean isTakenOver(Incarnation writer) {
        return incarnation != null && !writer.equals(incarnation);
    }

    /**
     * Which provider writes: another one starts all topics anew, although it has taken over the session's name.
     *
     * @param position where it does
     */
    void onIncarnation(Incarnation writer, long position) {
        if (isTakenOver(writer)) {
            streams.forEach(stream -> stream.restart(position));
            patternStarts.replaceAll((pattern, start) -> Math.min(start, position - 1));
            headsOrdinal = -1;
            headsFrom = Long.MAX_VALUE;
        }
        incarnation = writer;
    }

    /**
     * A message of a topic that somebody listens to.
     *
     * @param first whether its topic starts or starts anew with it
     * @param position where it lies; of a message of a train where the train begins
     */
    void onFrame(TopicStream stream, InboundMessage message, boolean first, long position) {
        long sequence = message.sequence();
        if (stream.isStale(sequence) || stream.isBefore(position)) {
            return;
        }
        boolean isNext = stream.isNext(sequence, first);
        if (!isNext && position > edge) {
            stream.onSeen(sequence);
            hold(Held.frame(stream, message, first, position, order++));
            return;
        }
        if (!isNext) {
            stream.reportBefore(sequence, first, position, losses, null);
        }
        stream.deliver(message, position);
        drain(stream);
    }

    /** The last sequence of a topic that somebody listens to. */
    void onHead(TopicStream stream, long last, long position) {
        if (stream.isBefore(position)) {
            return;
        }
        stream.onSeen(last);
        take(Held.head(stream, last, position, order++));
    }

    /** The end of an envelope of heads. */
    void onHeadsEnd(long ordinal, boolean lastOfSet, long position) {
        take(Held.headsEnd(ordinal, lastOfSet, position, order++));
    }

    /** Whether history that is gone was not told of yet; from now on it was. */
    boolean isFirstGapOfHistory() {
        boolean isFirst = !historyTold;
        historyTold = true;
        return isFirst;
    }

    void onLost(long first, long last, LossCause cause) {
        losses.add(first, last, cause);
    }

    /** Nothing that lies before this position can come any more. */
    void onResolved(long position) {
        edge = Math.max(edge, position);
        Held oldest = held.peek();
        while (oldest != null && oldest.position() <= edge) {
            held.poll();
            release(oldest, null);
            oldest = held.peek();
        }
        if (oldest == null) {
            done = 0;
        }
    }

    /** Ends the longest wait: what is missing before it is reported, and not taken if it comes later. */
    void giveUpOldest() {
        Held oldest = held.poll();
        if (oldest == null || oldest.isDone()) {
            return;
        }
        if (oldest.stream() == null) {
            headsOrdinal = -1;
            finish(oldest);
        } else {
            release(oldest, LossCause.WINDOW_OVERFLOW);
        }
    }

    /** Nothing more comes of this source, unless it comes back: hands out what waits. */
    void flush() {
        long reached = edge;
        onResolved(Long.MAX_VALUE);
        edge = reached;
    }

    /** Drops what waits in a stream that nobody listens to any more. */
    void forget(long topicId) {
        TopicStream stream = streams.remove(topicId);
        if (stream != null && stream.isAnythingWaiting()) {
            stream.waiting().forEach(this::finish);
            stream.waiting().clear();
        }
    }

    private void take(Held mark) {
        if (mark.position() > edge) {
            hold(mark);
            return;
        }
        TopicStream stream = mark.stream();
        if (stream == null) {
            onHeads(mark);
        } else {
            pass(stream, mark, null);
            drain(stream);
        }
    }

    private void hold(Held waiting) {
        held.add(waiting);
        TopicStream stream = waiting.stream();
        if (stream != null) {
            stream.waiting().add(waiting);
        }
        holdBack.take(waiting.bytes());
        heldBytes += waiting.bytes();
    }

    private void release(Held waiting, @Nullable LossCause givenUp) {
        if (waiting.isDone()) {
            return;
        }
        TopicStream stream = waiting.stream();
        if (stream == null) {
            onHeads(waiting);
        } else {
            pass(stream, waiting, givenUp);
        }
        finish(waiting);
        if (stream != null) {
            drain(stream);
        }
    }

    private void pass(TopicStream stream, Held waiting, @Nullable LossCause givenUp) {
        boolean frame = waiting.kind() == Held.Kind.FRAME;
        if (stream.isStale(waiting.sequence())) {
            return;
        }
        boolean first = frame && waiting.isFirst();
        if (!stream.isNext(waiting.sequence(), first)) {
            stream.reportBefore(waiting.sequence(), first, waiting.position(), losses, givenUp);
        }
        if (frame) {
            stream.deliver(waiting.message(), waiting.position());
        } else {
            stream.advance(waiting.sequence(), waiting.position());
        }
    }

    /** Hands out what has become next. */
    private void drain(TopicStream stream) {
        if (!stream.isAnythingWaiting()) {
            return;
        }
        HeldQueue waiting = stream.waiting();
        Held next = waiting.peek();
        while (next != null && (next.isDone() || isDue(stream, next))) {
            waiting.poll();
            if (!next.isDone()) {
                pass(stream, next, null);
                finish(next);
            }
            next = waiting.peek();
        }
    }

    private static boolean isDue(TopicStream stream, Held next) {
        return stream.isStale(next.sequence()) || stream.isNext(next.sequence(), false);
    }

    private void onHeads(Held end) {
        boolean inRow = headsOrdinal >= 0 && end.sequence() == headsOrdinal + 1;
        headsOrdinal = end.sequence();
        if (!inRow) {
            headsFrom = end.position();
        } else if (end.kind() == Held.Kind.HEADS_SET_END) {
            losses.settle(headsFrom, end.position());
        }
    }

    private void finish(Held waiting) {
        if (waiting.isDone()) {
            return;
        }
        holdBack.give(waiting.bytes());
        heldBytes -= waiting.bytes();
        waiting.finish();
        done++;
        if (done > SWEEP_AT && done > held.size() / 2) {
            held.removeIf(Held::isDone);
            done = 0;
        }
    }
}
