package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduFlags;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.EnvelopeReader;
import org.pgmjms.provider.message.FrameView;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes envelopes apart: finds the topics that somebody listens to ({@link ChannelTopics}) and gives their frames to the
 * source's {@link InboundSource}. Owned by the receive agent.
 */
final class InboundLink extends Inbound<InboundSource> {
    private static final Logger LOG = LoggerFactory.getLogger(InboundLink.class);

    private static final int MOST_AHEAD = 32;

    private final EnvelopeReader reader = new EnvelopeReader();
    private final ChannelTopics topics;
    private final HoldBack holdBack;
    private final InboundTrains trains;
    private final DeliveryOrder order;
    /** The streams of the envelope's first frames, as far as they are there; as many as are looked at ahead. */
    private final @Nullable TopicStream[] ahead = new TopicStream[MOST_AHEAD];

    private boolean warnedOfVersion;

    /**
     * A half without listeners.
     *
     * @param holdBackBytes what may wait behind gaps
     * @param trainBytes what the parts of incomplete trains may take
     */
    InboundLink(DeliveryOrder order, long holdBackBytes, long trainBytes) {
        this(order, holdBackBytes, trainBytes, ChannelTopics.MOST_FOUND);
    }

    /** The same with a limit for streams of topics that only patterns match. */
    InboundLink(DeliveryOrder order, long holdBackBytes, long trainBytes, int mostFound) {
        this.order = order;
        this.holdBack = new HoldBack(holdBackBytes);
        this.topics = new ChannelTopics(counters(), mostFound);
        this.trains = new InboundTrains(this::open, trainBytes, counters());
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return EnvelopeReader.isPlausible(apduStart, apduStart.readerIndex(), apduStart.readableBytes());
    }

    @Override
    InboundSource newSource(Tsi tsi, SessionStart start) {
        return new InboundSource(tsi, start == SessionStart.FROM_BIRTH, holdBack);
    }

    @Override
    void onAdded(Listening listening, InboundSource source) {
        topics.add(listening, source);
    }

    @Override
    void onAdded(Listening listening) {
        topics.add(listening);
    }

    @Override
    void onRemoved(Listening listening, InboundSource source) {
        topics.remove(listening, source);
    }

    @Override
    void onRemoved(Listening listening) {
        topics.remove(listening);
    }

    @Override
    void onGone(InboundSource source) {
        topics.onGone(source);
    }

    @Override
    public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        InboundSource source = source(tsi);
        if (source == null) {
            return;
        }
        counters().increment(InboundCounter.APDUS);
        long position = source.position(firstSqn);
        long end = source.position(lastSqn);
        if (order == DeliveryOrder.CONTIGUOUS) {
            resolve(source, position);
        }
        Verdict verdict = reader.wrap(apdu, apdu.readerIndex(), apdu.readableBytes());
        if (verdict != Verdict.OK) {
            refuse(source, position, end, verdict);
        } else {
            takeOver(source, reader.incarnation(), position);
            boolean replayed = (flags & ApduFlags.REPLAYED) != 0;
            switch (reader.kind()) {
                case DATA -> takeFrames(source, position, replayed);
                case TRAIN -> trains.take(source, reader, apdu, position, end, replayed);
                case HEADS -> takeHeads(source, position);
            }
        }
        bound();
    }

    private void takeOver(InboundSource source, Incarnation writer, long position) {
        if (source.isTakenOver(writer)) {
            finish(source, position - 1);
        }
        source.onIncarnation(writer, position);
    }

    private void resolve(InboundSource source, long position) {
        trains.onResolved(source, position);
        source.onResolved(position);
    }

    private void refuse(InboundSource source, long position, long end, Verdict verdict) {
        if (verdict == Verdict.UNKNOWN_KIND) {
            counters().increment(InboundCounter.APDUS_OF_UNKNOWN_KIND);
            return;
        }
        if (verdict == Verdict.UNKNOWN_VERSION && !warnedOfVersion) {
            warnedOfVersion = true;
            LOG.warn("Source {} writes a version of the message format that is not known here", source.name());
        }
        counters().increment(InboundCounter.APDUS_REFUSED);
        source.onLost(position, end, org.pgmjms.provider.loss.LossCause.MALFORMED);
    }

    private void takeFrames(InboundSource source, long position, boolean replayed) {
        int known = reader.hasSeveralTopics() ? lookAhead(source) : 0;
        FrameView view = reader.frame();
        TopicStream stream = null;
        for (int i = 0; reader.nextFrame(); i++) {
            TopicStream found = i < known ? ahead[i] : null;
            if (found != null) {
                stream = found;
            } else if (stream == null || !view.isSameTopic()) {
                stream = topics.stream(view, source);
            }
            if (stream == null) {
                continue;
            }
            if (stream.isStale(view.sequence())) {
                counters().increment(InboundCounter.FRAMES_STALE);
                continue;
            }
            counters().increment(InboundCounter.FRAMES);
            source.onFrame(stream, message(stream, source, view, replayed), view.isFirst(), position);
        }
    }

    /**
     * Finds the streams of the envelope's frames before any is dealt with. With many topics each of them is a cache miss
     * or several: so close to each other they are waited for together. What is found stays, as only streams without a name
     * are forgotten while frames are taken.
     *
     * @return of how many frames
     */
    private int lookAhead(InboundSource source) {
        FrameView view = reader.frame();
        int count = 0;
        while (count < MOST_AHEAD && reader.nextFrame()) {
            TopicStream known = source.streams().get(view.topicId());
            ahead[count] = known != null && known.isOf(view) ? known : null;
            count++;
        }
        reader.rewind();
        return count;
    }

    /** Of a train, a frame that comes too late matters, too: it says that the train is lost. */
    private InboundTrains.@Nullable Passenger open(InboundSource source, EnvelopeReader from, boolean replayed) {
        FrameView view = from.frame();
        TopicStream stream = topics.stream(view, source);
        if (stream == null) {
            return null;
        }
        if (stream.isStale(view.sequence())) {
            counters().increment(InboundCounter.FRAMES_STALE);
            if (!stream.isMissed(view.sequence())) {
                return null;
            }
        } else {
            counters().increment(InboundCounter.FRAMES);
        }
        return new InboundTrains.Passenger(stream, message(stream, source, view, replayed), view.isFirst());
    }

    private static InboundMessage message(TopicStream stream, InboundSource source, FrameView view, boolean replayed) {
        return new InboundMessage(stream.topic(), view, source.name(), replayed);
    }

    private void takeHeads(InboundSource source, long position) {
        long ordinal = 0;
        boolean lastOfSet = false;
        while (reader.nextHead()) {
            if (reader.headTopicId() == OutboundLink.ORDINAL_ENTRY) {
                ordinal = reader.headLastSequence() >>> 1;
                lastOfSet = (reader.headLastSequence() & 1) != 0;
                continue;
            }
            TopicStream stream =
                    reader.headLastSequence() > 0 ? topics.streamOfHead(reader.headTopicId(), source) : null;
            if (stream != null) {
                source.onHead(stream, reader.headLastSequence(), position);
            }
        }
        if (ordinal > 0) {
            source.onHeadsEnd(ordinal, lastOfSet, position);
        }
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        InboundSource source = source(tsi);
        if (source == null) {
            return;
        }
        long first = source.position(firstSqn);
        source.onLost(first, source.position(firstSqn + count - 1), cause(cause));
        if (cause == LossCause.HISTORY_GONE && source.isFirstGapOfHistory()) {
            tellOfGoneHistory(source);
        }
    }

    /** Once, and at once, as an idle topic may have nothing for long; where something is known, gaps will be counted. */
    private void tellOfGoneHistory(InboundSource source) {
        for (Listening listening : listenings()) {
            TopicStream stream = source.streams().get(listening.topic().topicId());
            if (stream == null || !stream.isKnown()) {
                listening.loss(new LossReport(
                        listening.topic(),
                        source.name(),
                        LossReport.UNKNOWN,
                        LossReport.UNKNOWN,
                        LossReport.UNKNOWN,
                        org.pgmjms.provider.loss.LossCause.HISTORY_GONE));
            }
        }
    }

    @Override
    public void onResolved(Tsi tsi, int edge) {
        InboundSource source = source(tsi);
        if (source != null) {
            // One behind it: the edge itself has not been reached.
            resolve(source, source.position(edge - 1) + 1);
            countHeld();
        }
    }

    /** When much waits already, more is better kept by the engine, where it is packed and needs no objects. */
    @Override
    public int capacityBytes(Tsi tsi) {
        return order == DeliveryOrder.CONTIGUOUS ? Integer.MAX_VALUE : holdBack.capacityBytes();
    }

    @Override
    long waitingBytes() {
        return holdBack.usedBytes() + trains.usedBytes();
    }

    @Override
    void finish(InboundSource source) {
        finish(source, source.reached());
    }

    private void finish(InboundSource source, long reached) {
        trains.giveUp(source, org.pgmjms.provider.loss.LossCause.SOURCE_EXPIRED);
        source.flush();
        if (!source.losses().isEmpty()) {
            topics.reportUnknown(source, reached);
        }
        countHeld();
    }

    private void countHeld() {
        counters().set(InboundCounter.HELD_BYTES, holdBack.usedBytes() + trains.usedBytes());
    }

    /** Gives up gaps as long as too much waits behind them, of the source that keeps the most first. */
    private void bound() {
        trains.bound(sources().values());
        while (holdBack.isExceeded()) {
            InboundSource fullest = fullest();
            if (fullest == null) {
                return;
            }
            fullest.giveUpOldest();
            counters().increment(InboundCounter.GAPS_GIVEN_UP);
        }
    }

    private @Nullable InboundSource fullest() {
        InboundSource fullest = null;
        for (InboundSource source : sources().values()) {
            if (fullest == null || source.heldBytes() > fullest.heldBytes()) {
                fullest = source;
            }
        }
        return fullest;
    }
}
