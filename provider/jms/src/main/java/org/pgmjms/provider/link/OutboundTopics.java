package org.pgmjms.provider.link;

import java.util.Objects;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The last sequence of each topic that a source has written: a table of limited size that forgets the topic that was not
 * written for the longest time, and beside it the list of topics that were written since the last topic heads. Guarded by
 * the lock of its {@link OutboundLink}.
 */
final class OutboundTopics {
    private final LongMap<Topic> table = new LongMap<>();
    private final int capacity;
    /** Ends of both rings of links; never topics themselves. */
    private final Topic byUse = new Topic(0, new byte[0], 0);

    private final Topic byHeads = new Topic(0, new byte[0], 0);
    private int dirtyCount;
    private long generation;

    /** What a source knows of one topic. */
    static final class Topic {
        final long id;
        final byte[] name;
        private long last;
        private boolean first = true;
        private boolean dirty;
        private Topic newer = this;
        private Topic older = this;
        private Topic nextDirty = this;
        private Topic previousDirty = this;

        private Topic(long id, byte[] name, long last) {
            this.id = id;
            this.name = name;
            this.last = last;
        }

        /** The sequence that was given last; of no meaning before the first. */
        long last() {
            return last;
        }

        /** Whether the next message is the first of its run. */
        boolean isNew() {
            return first;
        }
    }

    OutboundTopics(int capacity) {
        this.capacity = capacity;
    }

    /** A topic's state, or null if there is none. */
    @Nullable Topic find(long id) {
        return table.get(id);
    }

    int size() {
        return table.size();
    }

    boolean isFull() {
        return table.size() >= capacity;
    }

    /** A topic that is not in the table, which must not be full. */
    Topic add(long id, byte[] name) {
        assert !isFull() : "full";
        Topic topic = new Topic(id, name, TopicSequence.before(generation));
        table.put(id, topic);
        return topic;
    }

    /** Gives out the topic's next sequence. */
    long next(Topic topic) {
        topic.last++;
        topic.first = false;
        if (topic.newer != byUse) {
            moveToNewest(topic);
        }
        if (!topic.dirty) {
            topic.dirty = true;
            dirtyCount++;
            topic.previousDirty = byHeads.previousDirty;
            topic.nextDirty = byHeads;
            byHeads.previousDirty.nextDirty = topic;
            byHeads.previousDirty = topic;
        }
        return topic.last;
    }

    private void moveToNewest(Topic topic) {
        topic.older.newer = topic.newer;
        topic.newer.older = topic.older;
        topic.older = byUse.older;
        topic.newer = byUse;
        byUse.older.newer = topic;
        byUse.older = topic;
    }

    /** The sequence that the topic's next message would have. */
    long peekNext(long id) {
        Topic topic = table.get(id);
        return 1 + (topic == null ? TopicSequence.before(generation) : topic.last);
    }

    /** The same for every topic; does not follow what is written later. */
    LongUnaryOperator peekAll() {
        LongMap<Long> known = new LongMap<>();
        table.forEach(topic -> known.put(topic.id, topic.last + 1));
        long others = 1 + TopicSequence.before(generation);
        return topicId -> Objects.requireNonNullElse(known.get(topicId), others);
    }

    /** Forgets the topic that was not written for the longest time; the generation is the next from now on. */
    Topic evict() {
        Topic oldest = byUse.newer;
        assert oldest != byUse : "empty";
        table.remove(oldest.id);
        oldest.newer.older = byUse;
        byUse.newer = oldest.newer;
        oldest.newer = oldest;
        oldest.older = oldest;
        return oldest;
    }

    /** Starts the next generation: after topics were evicted. */
    void nextGeneration() {
        generation++;
    }

    /** How many topics were written since their last heads. */
    int dirtyCount() {
        return dirtyCount;
    }

    /** The topic that waits for its head for the longest time, or null. */
    @Nullable Topic firstDirty() {
        return dirtyCount > 0 ? byHeads.nextDirty : null;
    }

    boolean isDirty(Topic topic) {
        return topic.dirty;
    }

    /** Says that the topic's head is on its way. */
    void clean(Topic topic) {
        topic.dirty = false;
        dirtyCount--;
        topic.previousDirty.nextDirty = topic.nextDirty;
        topic.nextDirty.previousDirty = topic.previousDirty;
        topic.nextDirty = topic;
        topic.previousDirty = topic;
    }
}
