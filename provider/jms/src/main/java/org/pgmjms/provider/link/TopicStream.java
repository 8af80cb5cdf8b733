package org.pgmjms.provider.link;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.FrameView;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.NameWords;
import org.pgmjms.provider.message.Verdict;

/** One topic of one source: what comes next, what waits for it, and who gets it. Owned by the receive agent. */
final class TopicStream {
    private static final Feed[] NOBODY = {};

    private final long topicId;
    /** Where it began: nobody here misses what comes before. */
    private long beginning;
    /** What lies there and before is no business of anybody here. */
    private long startPosition = Long.MAX_VALUE;
    /** The highest sequence seen before its turn. */
    private long highest;

    // What a message that comes in order needs: first numbers, then references, so that they lie side by side. With
    // many topics each object and each line of memory that is looked at is a cache miss. What listeners know is here
    // again.

    /** The next sequence, or 0 while nothing is known. */
    private long expected;
    /** Up to here it is known what there was of this topic; -1 while nothing is known. */
    private long knownPosition = -1;

    private long nameHead;
    private long nameTail;
    private Feed[] feeds = NOBODY;
    private @Nullable PgmTopic topic;
    /** The only one fed, as soon as it has got a message: then nothing of its feed has to be looked at any more. */
    private @Nullable Listening only;

    private @Nullable HeldQueue waiting;
    // And what others need.
    private byte @Nullable [] name;
    private @Nullable TopicListeners listeners;
    /** Which source counts it as one that exists for patterns only, or null. */
    private @Nullable InboundSource countedFor;
    /** What is said of a number that never came, although no lost packet accounts for it. */
    private LossCause lastCause = LossCause.MALFORMED;

    /** One to which nobody is fed yet; without listeners while its topic's name is not known. */
    TopicStream(long topicId, @Nullable TopicListeners listeners) {
        this.topicId = topicId;
        if (listeners != null) {
            name(listeners);
        }
    }

    long topicId() {
        return topicId;
    }

    /** Who listens to its topic; null while the topic's name is not known. */
    @Nullable TopicListeners listeners() {
        return listeners;
    }

    /** Now the topic's name is known. */
    final void name(TopicListeners named) {
        listeners = named;
        byte[] utf8 = named.name();
        name = utf8;
        nameHead = NameWords.head(utf8);
        nameTail = NameWords.tail(utf8);
        topic = named.topic();
    }

    /** Whether this is a frame of its topic, whose name is known. */
    boolean isOf(FrameView frame) {
        return frame.nameTail() == nameTail
                && frame.nameHead() == nameHead
                && (NameWords.isAll(nameHead) || name != null && frame.nameIs(name));
    }

    /** Its topic, whose name is known. */
    PgmTopic topic() {
        return Objects.requireNonNull(topic, "it was named");
    }

    /** Counts it among the streams that exist for patterns only. */
    void countFor(InboundSource source) {
        countedFor = source;
        source.onFound(1);
    }

    /** Counts it no more; whether it was counted. */
    boolean uncount() {
        InboundSource source = countedFor;
        countedFor = null;
        if (source != null) {
            source.onFound(-1);
        }
        return source != null;
    }

    /** Feeds one more listener. */
    void add(Feed feed) {
        only = null;
        startPosition = Math.min(startPosition, feed.startPosition());
        feeds = Arrays.copyOf(feeds, feeds.length + 1);
        feeds[feeds.length - 1] = feed;
    }

    /** Feeds a listener no more. */
    void remove(Listening listening) {
        only = null;
        feeds = Arrays.stream(feeds)
                .filter(feed -> feed.listening() != listening)
                .toArray(Feed[]::new);
    }

    /** Feeds nobody any more. */
    void removeFeeds() {
        only = null;
        startPosition = Long.MAX_VALUE;
        feeds = NOBODY;
    }

    /** Whether nobody is fed. */
    boolean isUnfed() {
        return feeds.length == 0;
    }

    /** What waits for something before it. */
    HeldQueue waiting() {
        if (waiting == null) {
            waiting = new HeldQueue(Held::sequence);
        }
        return waiting;
    }

    /** Whether anything does. */
    boolean isAnythingWaiting() {
        return waiting != null && !waiting.isEmpty();
    }

    /** Whether it is known what comes next; if not, whoever asked for history was told of what is gone. */
    boolean isKnown() {
        return expected > 0;
    }

    /** Says what the next sequence is, of a stream of which nothing is known yet. */
    void expect(long sequence) {
        expected = sequence;
        beginning = sequence;
    }

    /** Forgets where it was: its source counts from the start again, with what lies at this position. */
    void restart(long position) {
        expected = 0;
        beginning = 0;
        highest = 0;
        only = null;
        startPosition = Math.min(startPosition, position - 1);
        knownPosition = Math.min(knownPosition, position - 1);
        for (int i = 0; i < feeds.length; i++) {
            long heard = Math.max(knownPosition, feeds[i].startPosition());
            feeds[i] = feeds[i].fromNowOn(Math.min(heard, position - 1));
        }
    }

    /** The next sequence, or 0 while nothing is known. */
    long expected() {
        return expected;
    }

    /** The first sequence that nobody has seen yet, or 0 if nothing is known. */
    long beyondHighest() {
        return expected == 0 && highest == 0 ? 0 : Math.max(expected, highest + 1);
    }

    void onSeen(long sequence) {
        highest = Math.max(highest, sequence);
    }

    /** Whether nobody here has to do with what lies at a position: messages from before anybody listened count nothing. */
    boolean isBefore(long position) {
        return position <= startPosition;
    }

    boolean isStale(long sequence) {
        return sequence < expected;
    }

    /** Whether it comes too late, as it was reported lost. */
    boolean isMissed(long sequence) {
        return sequence < expected && sequence >= beginning;
    }

    /** Whether nothing can be missing before it. */
    boolean isNext(long sequence, boolean first) {
        return sequence == expected || expected == 0 && first && TopicSequence.isVeryFirst(sequence);
    }

    /** Hands a message over that lies at this position. */
    void deliver(InboundMessage message, long position) {
        advance(message.sequence() + 1, position);
        Listening alone = only;
        if (alone != null && message.verdict() == Verdict.OK) {
            alone.message(message);
            return;
        }
        for (int i = 0; i < feeds.length; i++) {
            feeds[i].deliver(message, position);
        }
        // Sequences rise, and positions with them: what was not before a feed's start never will be.
        only = feeds.length == 1 && feeds[0].isFor(message.sequence(), position) ? feeds[0].listening() : null;
    }

    /** Says that everything before this sequence was delivered or reported, at least up to this position. */
    void advance(long next, long position) {
        expected = next;
        knownPosition = Math.max(knownPosition, position);
    }

    /**
     * Reports what is missing before a sequence, as nothing older can come any more.
     *
     * @param next the sequence of a frame, or one more than a topic's head said
     * @param first whether {@code next} has the flag FIRST
     * @param position where it lies
     * @param losses what the source's stream has lost
     * @param givenUp why the wait ends although older frames may come, or null
     */
    void reportBefore(long next, boolean first, long position, LossRanges losses, @Nullable LossCause givenUp) {
        for (int i = 0; i < feeds.length; i++) {
            Feed feed = feeds[i];
            if (position <= feed.startPosition()) {
                continue;
            }
            LossCause lost = losses.between(Math.max(knownPosition, feed.startPosition()), position);
            LossCause possible = givenUp == null ? lost : givenUp;
            long from = firstFor(feed);
            if (from == 0) {
                if (possible != null
                        && possible != LossCause.HISTORY_GONE
                        && !(first && TopicSequence.isVeryFirst(next))) {
                    feed.lostSome(LossReport.UNKNOWN, next - 1, possible);
                }
            } else if (isSameRun(from, next) && isCountable(feed, losses, givenUp)) {
                feed.lost(from, next - 1, certain(possible));
            } else if (possible != null) {
                feed.lostSome(from, next - 1, possible);
            } else if (!isSameRun(from, next)) {
                feed.lost(next - TopicSequence.predecessors(next), next - 1, certain(null));
            }
        }
    }

    /** The first sequence that a feed may have missed, or 0 if only messages from before it are known. */
    private long firstFor(Feed feed) {
        boolean nothingKnown = feed.start() == 0 && knownPosition < feed.startPosition();
        return nothingKnown ? 0 : Math.max(expected, feed.start());
    }

    /** Whether all that is missing for a feed lies behind its start, and not in what was not known yet when it began. */
    private boolean isCountable(Feed feed, LossRanges losses, @Nullable LossCause givenUp) {
        long start = feed.startPosition();
        return knownPosition >= start || givenUp == null && losses.between(knownPosition, start + 1) == null;
    }

    /**
     * Reports that a source has ended without it being known whether more messages of this topic were lost than those
     * that were seen in trains.
     */
    void reportUnknown(LossRanges losses, long reached) {
        for (int i = 0; i < feeds.length; i++) {
            Feed feed = feeds[i];
            if (feed.listening().isPattern()) {
                continue;
            }
            LossCause possible = losses.between(Math.max(knownPosition, feed.startPosition()), Long.MAX_VALUE);
            if (possible == LossCause.HISTORY_GONE && !isKnown()) {
                continue;
            }
            if (possible != null) {
                long from = firstFor(feed);
                if (from > 0 && highest >= from && isSameRun(from, highest) && isCountable(feed, losses, null)) {
                    feed.lost(from, highest, possible);
                    from = highest + 1;
                }
                feed.lostSome(from == 0 ? LossReport.UNKNOWN : from, LossReport.UNKNOWN, possible);
                lastCause = possible;
            }
        }
        if (expected > 0 && highest >= expected && isSameRun(expected, highest)) {
            expected = highest + 1;
        }
        knownPosition = Math.max(knownPosition, reached);
    }

    private static boolean isSameRun(long one, long other) {
        return TopicSequence.generation(one) == TopicSequence.generation(other);
    }

    /** Without a lost packet a number was lost before the session, before a silence, or by a source that miscounts. */
    private LossCause certain(@Nullable LossCause known) {
        if (known != null) {
            return known;
        }
        return knownPosition < 0 ? LossCause.HISTORY_GONE : lastCause;
    }
}
