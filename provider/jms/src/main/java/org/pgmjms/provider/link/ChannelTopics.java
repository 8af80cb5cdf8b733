package org.pgmjms.provider.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.FrameView;

/**
 * Which topics of a channel somebody listens to, and the streams of each source they are received in.
 *
 * <p>A topic that was asked for by its name is there as long as its listeners are. One that only a pattern matches is found
 * with the first frame that names it, once the name was checked against the number, and kept as long as a source has a
 * stream of it; the number of such streams is limited, for all sources and for each, as names cost an attacker nothing.
 * What finds no room is counted and reported lost. Topics that nobody wants are remembered by their number, up to a
 * limit, so that they cost a look-up each.
 *
 * <p>A head may name a topic that was never seen because all of it was lost. Nobody can know whether a pattern matches it,
 * so its stream reports to all patterns, by their own name and without a count, until it has a name.
 *
 * <p>Owned by the receive agent.
 */
final class ChannelTopics {
    /** Streams of topics that only patterns match, of all sources. */
    static final int MOST_FOUND = 65_536;

    private static final int MOST_UNWANTED = 65_536;

    private final Counters<InboundCounter> counters;
    private final int mostFound;
    private final LongMap<TopicListeners> topics = new LongMap<>();
    private final List<Listening> patterns = new ArrayList<>();
    private LongMap<Boolean> unwanted = new LongMap<>();
    private int found;

    /**
     * Of a channel to which nobody listens.
     *
     * @param mostFound how many streams there may be of topics that only patterns match; half of it for one source
     */
    ChannelTopics(Counters<InboundCounter> counters, int mostFound) {
        this.counters = counters;
        this.mostFound = mostFound;
    }

    /** Somebody listens to a source that is there already. */
    void add(Listening listening, InboundSource source) {
        if (listening.isPattern()) {
            source.startAt(listening, source.reached());
            source.streams().forEach(stream -> {
                TopicListeners topic = stream.listeners();
                if (topic != null && listening.wants(topic.topic())) {
                    addFeed(listening, stream, topic, source);
                }
            });
            return;
        }
        TopicListeners topic = listeners(listening.topic());
        TopicStream stream = source.streams().get(topic.topicId());
        if (stream == null && !topic.listenings().isEmpty()) {
            stream = create(topic, source);
        }
        if (stream == null) {
            stream = new TopicStream(topic.topicId(), topic);
            stream.expect(listening.startOf(source.tsi(), topic.topicId()));
            put(stream, source);
        } else if (stream.listeners() == null) {
            name(stream, topic, source);
        }
        addFeed(listening, stream, topic, source);
    }

    private static void addFeed(Listening listening, TopicStream stream, TopicListeners topic, InboundSource source) {
        long local = listening.startOf(source.tsi(), topic.topicId());
        long start = local == 0 ? stream.beyondHighest() : local;
        stream.add(new Feed(listening, destination(listening, topic), source.name(), start, source.reached()));
    }

    /** Somebody listens to all sources to come; after those that are there. */
    void add(Listening listening) {
        if (listening.isPattern()) {
            patterns.add(listening);
            unwanted = new LongMap<>();
            topics.forEach(topic -> {
                if (listening.wants(topic.topic())) {
                    topic.add(listening);
                }
            });
        } else {
            listeners(listening.topic()).add(listening);
        }
    }

    /** Somebody listens to a source no more. */
    void remove(Listening listening, InboundSource source) {
        List<TopicStream> empty = new ArrayList<>();
        if (listening.isPattern()) {
            source.startNowhere(listening);
            source.streams().forEach(stream -> removeFeed(listening, stream, empty));
        } else {
            TopicStream stream = source.streams().get(listening.topic().topicId());
            if (stream != null) {
                removeFeed(listening, stream, empty);
            }
        }
        empty.forEach(stream -> forget(stream, source));
    }

    private static void removeFeed(Listening listening, TopicStream stream, List<TopicStream> empty) {
        stream.remove(listening);
        if (stream.isUnfed()) {
            empty.add(stream);
        }
    }

    /** Somebody listens no more; after that for each source. */
    void remove(Listening listening) {
        List<TopicListeners> unused = new ArrayList<>();
        if (listening.isPattern()) {
            patterns.remove(listening);
            topics.forEach(topic -> removeListener(listening, topic, unused));
        } else {
            TopicListeners topic = topics.get(listening.topic().topicId());
            if (topic != null) {
                removeListener(listening, topic, unused);
            }
        }
        unused.forEach(topic -> topics.remove(topic.topicId()));
    }

    private static void removeListener(Listening listening, TopicListeners topic, List<TopicListeners> unused) {
        topic.remove(listening);
        if (topic.isUnused()) {
            unused.add(topic);
        }
    }

    /** A source will not come back. */
    void onGone(InboundSource source) {
        source.streams().forEach(this::onClosed);
    }

    /** The stream that a frame belongs to, or null when nobody takes it. */
    @Nullable TopicStream stream(FrameView frame, InboundSource source) {
        TopicStream known = source.streams().get(frame.topicId());
        if (known != null && known.isOf(frame)) {
            return known;
        }
        TopicListeners topic = find(frame);
        if (topic == null) {
            counters.increment(InboundCounter.FRAMES_OF_OTHER_TOPICS);
            if (known != null && known.listeners() == null && unwanted.get(frame.topicId()) != null) {
                forget(known, source);
            }
            return null;
        }
        if (known != null) {
            if (known.listeners() == null) {
                name(known, topic, source);
            }
            return known;
        }
        if (topic.isFound() && isFull(source)) {
            refuse(frame, topic, source);
            return null;
        }
        return create(topic, source);
    }

    /** The stream that a topic's head belongs to, or null when nobody misses what the head may tell of. */
    @Nullable TopicStream streamOfHead(long topicId, InboundSource source) {
        TopicStream known = source.streams().get(topicId);
        TopicListeners topic = topics.get(topicId);
        if (known != null) {
            return known;
        }
        if (topic != null && !topic.isFound()) {
            return create(topic, source);
        }
        boolean nobodys = patterns.isEmpty() || unwanted.get(topicId) != null;
        if (nobodys || source.losses().isEmpty()) {
            return null;
        }
        if (isFull(source)) {
            reportUnknown(source);
            return null;
        }
        return topic != null ? create(topic, source) : createNameless(topicId, source);
    }

    /** A source has ended without it being known whose messages were lost. */
    void reportUnknown(InboundSource source, long reached) {
        topics.forEach(topic -> {
            if (!topic.isFound() && source.streams().get(topic.topicId()) == null) {
                create(topic, source);
            }
        });
        source.streams().forEach(stream -> stream.reportUnknown(source.losses(), reached));
        reportUnknown(source);
        patterns.forEach(pattern -> source.startAt(pattern, reached));
    }

    /** Tells patterns that topics may have lost messages that nobody here can name. */
    private void reportUnknown(InboundSource source) {
        for (Listening pattern : patterns) {
            LossCause cause = source.losses().between(source.startPosition(pattern), Long.MAX_VALUE);
            if (cause != null) {
                new Feed(pattern, pattern.topic(), source.name(), 0, -1)
                        .lostSome(LossReport.UNKNOWN, LossReport.UNKNOWN, cause);
            }
        }
    }

    private @Nullable TopicListeners find(FrameView frame) {
        long id = frame.topicId();
        TopicListeners known = topics.get(id);
        if (known != null) {
            return frame.nameIs(known.name()) ? known : null;
        }
        if (patterns.isEmpty() || unwanted.get(id) != null) {
            return null;
        }
        PgmTopic topic = (PgmTopic) PgmDestination.of(PgmDestination.Kind.TOPIC, frame.topicName());
        if (topic.topicId() != id) {
            return null;
        }
        if (!topic.isPattern()) {
            for (Listening pattern : patterns) {
                if (pattern.wants(topic)) {
                    return listeners(pattern.topic().withName(topic.name()));
                }
            }
        }
        if (unwanted.size() >= MOST_UNWANTED) {
            unwanted = new LongMap<>();
        }
        unwanted.put(id, Boolean.TRUE);
        return null;
    }

    private TopicListeners listeners(PgmTopic topic) {
        TopicListeners known = topics.get(topic.topicId());
        if (known != null) {
            return known;
        }
        TopicListeners listeners = new TopicListeners(topic);
        for (Listening pattern : patterns) {
            if (pattern.wants(topic)) {
                listeners.add(pattern);
            }
        }
        topics.put(topic.topicId(), listeners);
        return listeners;
    }

    private boolean isFull(InboundSource source) {
        return found >= mostFound || source.foundStreams() >= mostFound / 2;
    }

    private void refuse(FrameView frame, TopicListeners topic, InboundSource source) {
        counters.increment(InboundCounter.FRAMES_WITHOUT_ROOM);
        for (Listening pattern : topic.listenings()) {
            new Feed(pattern, pattern.topic(), source.name(), pattern.startOf(source.tsi(), topic.topicId()), -1)
                    .lost(frame.sequence(), frame.sequence(), LossCause.WINDOW_OVERFLOW);
        }
        if (topic.isUnused()) {
            topics.remove(topic.topicId());
        }
    }

    /** A stream of which nobody has seen anything yet: it starts where its listeners say, or at its source's birth. */
    private TopicStream create(TopicListeners topic, InboundSource source) {
        TopicStream stream = new TopicStream(topic.topicId(), topic);
        feed(stream, topic, source);
        put(stream, source);
        return stream;
    }

    private static void feed(TopicStream stream, TopicListeners topic, InboundSource source) {
        long earliest = Long.MAX_VALUE;
        boolean heardBirth = false;
        for (Listening listening : topic.listenings()) {
            long start = listening.startOf(source.tsi(), topic.topicId());
            long position = source.startPosition(listening);
            stream.add(new Feed(listening, destination(listening, topic), source.name(), start, position));
            earliest = Math.min(earliest, start);
            heardBirth |= source.isFromBirth() && position < 0;
        }
        stream.expect(heardBirth ? 1 : topic.listenings().isEmpty() ? 0 : earliest);
    }

    private TopicStream createNameless(long topicId, InboundSource source) {
        TopicStream stream = new TopicStream(topicId, null);
        for (Listening pattern : patterns) {
            stream.add(new Feed(pattern, pattern.topic(), source.name(), 0, source.startPosition(pattern)));
        }
        put(stream, source);
        return stream;
    }

    /** Now it is known whose stream this is. */
    private static void name(TopicStream stream, TopicListeners topic, InboundSource source) {
        boolean untouched = stream.beyondHighest() == 0;
        long expected = stream.expected();
        stream.removeFeeds();
        feed(stream, topic, source);
        if (!untouched && expected > 0) {
            stream.expect(expected);
        }
        stream.name(topic);
        topic.onStreamOpened();
    }

    private static PgmTopic destination(Listening listening, TopicListeners topic) {
        return listening.isPattern() ? topic.topic() : listening.topic();
    }

    private void put(TopicStream stream, InboundSource source) {
        TopicListeners topic = stream.listeners();
        if (topic != null) {
            topic.onStreamOpened();
        }
        if (topic == null || topic.isFound() && !topic.listenings().isEmpty()) {
            stream.countFor(source);
            found++;
            counters.set(InboundCounter.STREAMS_FOUND, found);
        }
        source.streams().put(stream.topicId(), stream);
    }

    private void forget(TopicStream stream, InboundSource source) {
        source.forget(stream.topicId());
        onClosed(stream);
    }

    private void onClosed(TopicStream stream) {
        if (stream.uncount()) {
            found--;
            counters.set(InboundCounter.STREAMS_FOUND, found);
        }
        TopicListeners topic = stream.listeners();
        if (topic != null) {
            topic.onStreamClosed();
            if (topic.isUnused()) {
                topics.remove(topic.topicId());
            }
        }
    }
}
