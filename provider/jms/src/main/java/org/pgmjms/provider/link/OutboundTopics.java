package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The last sequence of each topic that a source has written: a table of limited size that forgets the topic that was not
 * written for the longest time, and beside it the list of topics that were written since the last topic heads. Guarded by
 * the lock of its {@link OutboundLink}.
 *
 * <p>A message touches the state of its own topic and no other. So there is no list in the order of use, which would touch
 * two neighbours: each use has a number, and when topics have to go, those with the lowest are looked for, many at a time.
 */
final class OutboundTopics {
    private static final int LOOKED_FOR_SHARE = 16;

    private final LongMap<Topic> table = new LongMap<>();
    private final int capacity;
    /** The end of the ring of those that wait for heads; never a topic itself. */
    private final Topic byHeads = new Topic(this, 0, new byte[0], 0);
    /** Those that were written least lately when that was looked for, the first of them first. */
    private final ArrayDeque<Use> oldest = new ArrayDeque<>();

    private int dirtyCount;
    private long generation;
    private long uses;

    /** A topic, and its last use when it was looked at. */
    private record Use(Topic topic, long number) {
        boolean isLast() {
            return topic.lastUse == number;
        }
    }

    /**
     * What a source knows of one topic. With many topics each object and each line of memory that is looked at is a cache
     * miss, so a short name is here itself.
     */
    static final class Topic {
        private static final int SHORT_NAME_BYTES = 2 * Long.BYTES;

        final long id;
        final int nameLength;
        private final long nameStart;
        private final long nameRest;
        private long last;
        private long lastUse;
        private boolean first = true;
        private boolean dirty;
        /** The table it is in, or null since it was forgotten. */
        private @Nullable OutboundTopics table;

        private final byte[] name;
        private Topic nextDirty = this;
        private Topic previousDirty = this;

        private Topic(OutboundTopics table, long id, byte[] name, long last) {
            this.table = table;
            this.id = id;
            this.name = name;
            this.nameLength = name.length;
            this.last = last;
            ByteBuffer start = ByteBuffer.wrap(Arrays.copyOf(name, SHORT_NAME_BYTES));
            this.nameStart = start.getLong();
            this.nameRest = start.getLong();
        }

        /** Writes the name's bytes, and of {@code room} bytes from there on perhaps some more. */
        void writeName(ByteBuf out, int at, int room) {
            if (nameLength <= SHORT_NAME_BYTES && room >= SHORT_NAME_BYTES) {
                out.setLong(at, nameStart);
                out.setLong(at + Long.BYTES, nameRest);
            } else {
                out.setBytes(at, name);
            }
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

    /** Whether this topic was found here, and not forgotten since. */
    boolean has(Topic topic) {
        return topic.table == this;
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
        Topic topic = new Topic(this, id, name, TopicSequence.before(generation));
        topic.lastUse = ++uses;
        table.put(id, topic);
        return topic;
    }

    /** Gives out the topic's next sequence. */
    long next(Topic topic) {
        topic.last++;
        topic.first = false;
        topic.lastUse = ++uses;
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
        assert table.size() > 0 : "empty";
        Use next = oldest.poll();
        while (next == null || !next.isLast()) {
            if (next == null) {
                findOldest();
            }
            next = oldest.poll();
        }
        Topic topic = next.topic();
        table.remove(topic.id);
        topic.table = null;
        return topic;
    }

    /** Those that are used later than now are not among them any more, and no other one becomes older than they are. */
    private void findOldest() {
        List<Use> all = new ArrayList<>(table.size());
        table.forEach(topic -> all.add(new Use(topic, topic.lastUse)));
        all.sort(Comparator.comparingLong(Use::number));
        oldest.addAll(all.subList(0, Math.min(all.size(), Math.max(1, capacity / LOOKED_FOR_SHARE))));
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
