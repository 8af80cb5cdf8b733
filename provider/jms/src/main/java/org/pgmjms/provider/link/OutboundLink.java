package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.message.EnvelopeWriter;
import org.pgmjms.provider.message.Incarnation;

/**
 * Packs messages into envelopes, numbers those of each topic, and says in topic heads how far each topic has come.
 *
 * <p>A topic's sequence is given under the queue's lock, so that the order of sequences is the order of the stream.
 * Heads are sent when the engine asks for them and the queue is empty: then the last sequence given is the last one sent.
 * The first entry of an envelope of heads has topic id 0 and says {@code ordinal << 1 | last of its set}: with it a
 * receiver knows whether it has seen all heads. Topics whose state has to go get their heads at that place of the stream.
 *
 * <pre>
 *   record of a message   kind FRAME, first u8, topic id u64, sequence u64, name length u8, name, content
 *   record of heads       kind HEADS; topic ids and last sequences lie in a queue beside
 *   record of a train     kind APDU when it fits into a packet, otherwise a block
 * </pre>
 */
final class OutboundLink extends Outbound {
    /** The most topics that are numbered at a time. */
    static final int TOPIC_CAPACITY = 65_536;

    /** The entry of a list of heads that is no topic. */
    static final long ORDINAL_ENTRY = 0;

    private static final byte FRAME = 2;
    private static final byte HEADS = 3;
    private static final Room HEADS_ROOM = Room.record(0);
    private static final int TOPIC_ID_OFFSET = Byte.BYTES;
    private static final int SEQUENCE_OFFSET = TOPIC_ID_OFFSET + Long.BYTES;
    private static final int NAME_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    private static final int FRAME_HEADER_BYTES = NAME_OFFSET + Byte.BYTES;
    private static final int MOST_EVICTED = 64;
    /** A packet is padded to the length of its run if less than this part of it is missing. */
    private static final int PAD_SHARE = 16;

    private final Incarnation incarnation;
    private final EnvelopeWriter writer;
    private final OutboundTopics topics;
    private final Bundle bundle = new Bundle();
    /** An envelope was written to the bundle, but for its checksum. */
    private boolean isBundling;
    /** Of the message packed last. */
    private long lastTopicId;
    /** Heads of topics that were forgotten, by pairs of id and last sequence: with a record each, and not yet. */
    private final ArrayDeque<long[]> evictedHeads = new ArrayDeque<>();

    private final ArrayDeque<long[]> newHeads = new ArrayDeque<>();
    private long headsOrdinal;
    private boolean headsWanted;

    OutboundLink(SendQueue queue, int maxMessageBytes, Incarnation incarnation, int topicCapacity) {
        super(queue, maxMessageBytes);
        this.incarnation = incarnation;
        this.writer = new EnvelopeWriter(incarnation);
        this.topics = new OutboundTopics(topicCapacity);
    }

    @Override
    void publish(LinkTopic to, ByteBuf message, long timeoutNs) throws JMSException {
        checkLength(message.readableBytes(), EnvelopeWriter.envelopeLength(PgmDestination.MAX_NAME_BYTES, 0));
        boolean published;
        queue().lock();
        try {
            published = tryPublish(to, message, timeoutNs);
        } finally {
            queue().unlock();
        }
        if (published) {
            wake();
        } else {
            publishLarge(to.topic(), message, timeoutNs);
        }
    }

    /** False when a packet is too small for it. */
    private boolean tryPublish(LinkTopic to, ByteBuf message, long timeoutNs) throws JMSException {
        int length = message.readableBytes();
        OutboundTopics.Topic known = find(to);
        int nameLength = known == null ? to.topic().nameUtf8().length : known.nameLength;
        if (EnvelopeWriter.envelopeLength(nameLength, length) > maxPacketBytes()) {
            return false;
        }
        int recordLength = FRAME_HEADER_BYTES + nameLength + length;
        int roomBytes = SendQueue.roomBytes(recordLength) + HEADS_ROOM.ringBytes();
        if (!queue().tryReserve(roomBytes)) {
            queue().reserve(new Room(roomBytes, 0), timeoutNs);
            known = null; // others had the lock meanwhile
        }
        OutboundTopics.Topic state = known == null ? state(to.topic()) : known;
        to.keep(state);
        int at = queue().publish(FRAME, recordLength);
        ByteBuf records = queue().buffer();
        records.setBoolean(at, state.isNew());
        records.setLong(at + TOPIC_ID_OFFSET, state.id);
        records.setLong(at + SEQUENCE_OFFSET, topics.next(state));
        records.setByte(at + NAME_OFFSET, nameLength);
        state.writeName(records, at + FRAME_HEADER_BYTES, nameLength + length);
        records.setBytes(at + FRAME_HEADER_BYTES + nameLength, message, message.readerIndex(), length);
        publishBehind(1);
        return true;
    }

    private void publishLarge(PgmTopic topic, ByteBuf message, long timeoutNs) throws JMSException {
        int length = message.readableBytes();
        byte[] name = topic.nameUtf8();
        Block apdu = new Block(evenApduBytes(EnvelopeWriter.envelopeLength(name.length, length)));
        boolean first;
        long sequence;
        queue().lock();
        try {
            queue().reserve(Room.block(apdu.totalBytes()).plus(1, HEADS_ROOM), timeoutNs);
            OutboundTopics.Topic state = state(topic);
            first = state.isNew();
            sequence = topics.next(state);
            queue().publish(apdu);
            publishBehind(1);
        } finally {
            queue().unlock();
        }
        complete(apdu, bytes -> {
            EnvelopeWriter alone = new EnvelopeWriter(incarnation);
            alone.begin(bytes, 0, apdu.totalBytes());
            alone.append(topic.topicId(), name, sequence, first, message, message.readerIndex(), length);
            alone.pad(apdu.totalBytes());
            alone.finish();
        });
    }

    @Override
    long nextSequence(long topicId) {
        queue().lock();
        try {
            return topics.peekNext(topicId);
        } finally {
            queue().unlock();
        }
    }

    @Override
    Optional<LongUnaryOperator> nextSequences() {
        queue().lock();
        try {
            return Optional.of(topics.peekAll());
        } finally {
            queue().unlock();
        }
    }

    private OutboundTopics.@Nullable Topic find(LinkTopic to) {
        OutboundTopics.Topic found = to.state();
        return found != null && topics.has(found)
                ? found
                : topics.find(to.topic().topicId());
    }

    private OutboundTopics.Topic state(PgmTopic topic) {
        OutboundTopics.Topic known = topics.find(topic.topicId());
        if (known != null) {
            return known;
        }
        if (topics.isFull()) {
            evict();
        }
        return topics.add(topic.topicId(), topic.nameUtf8());
    }

    /** Forgets some topics; of those that nobody was told the end of the heads have to be sent behind what comes now. */
    private void evict() {
        int most = mostEvicted();
        long[] heads = new long[2 * most];
        int count = 0;
        for (int i = 0; i < most && topics.size() > 0; i++) {
            OutboundTopics.Topic topic = topics.evict();
            if (topics.isDirty(topic)) {
                topics.clean(topic);
                heads[2 * count] = topic.id;
                heads[2 * count + 1] = topic.last();
                count++;
            }
        }
        topics.nextGeneration();
        if (count > 0) {
            newHeads.add(Arrays.copyOf(heads, 2 * count));
        }
    }

    private int mostEvicted() {
        return Math.min(MOST_EVICTED, EnvelopeWriter.headCapacity(maxPacketBytes()) - 1);
    }

    @Override
    void publishBehind(int records) {
        for (int i = 0; i < records; i++) {
            long[] heads = newHeads.poll();
            if (heads == null) {
                queue().release(HEADS_ROOM);
            } else {
                queue().publish(HEADS, 0);
                evictedHeads.add(heads);
            }
        }
    }

    @Override
    WrittenTrain write(Train train) throws JMSException {
        int overhead = EnvelopeWriter.trainLength(EnvelopeWriter.frameLength(PgmDestination.MAX_NAME_BYTES, 0, true));
        long framesBytes = 0;
        for (TrainMessage message : train.messages()) {
            int length = message.content().readableBytes();
            checkLength(length, overhead);
            framesBytes += EnvelopeWriter.frameLength(0, length, false);
            checkTrainLength(framesBytes, overhead);
        }
        WrittenTrain written = TrainWriter.write(incarnation, maxApduBytes(), train, (int) framesBytes);
        checkTrainLength(written.totalBytes(), overhead);
        return written;
    }

    /** Each time that topics are forgotten there is room for as many. */
    @Override
    int recordsBehind(WrittenTrain train) {
        int most = mostEvicted();
        return (train.topics().size() + most - 1) / most;
    }

    @Override
    void number(WrittenTrain train) {
        for (int i = 0; i < train.frames().length; i++) {
            OutboundTopics.Topic state = state(train.topics().get(i));
            boolean first = state.isNew();
            EnvelopeWriter.number(train.bytes(), train.frames()[i], topics.next(state), first);
        }
    }

    @Override
    void seal(WrittenTrain train) {
        EnvelopeWriter.seal(train.bytes(), train.lengths());
    }

    @Override
    public int nextLength() {
        if (!bundle.isEmpty()) {
            return bundle.length();
        }
        int length = super.nextLength();
        if (!isBundling) {
            return length;
        }
        isBundling = false;
        bundle.finish(writer.finish());
        return bundle.length();
    }

    @Override
    int nextQueuedLength() {
        int length = nextRecordLength();
        if (queue().isEmpty()) {
            // The engine may ask before it has answered publish(): nothing is known of its packets then.
            return headsWanted && topics.dirtyCount() > 0 ? headsLength() : length;
        }
        if (queue().firstKind() == FRAME && queue().usedBytes() > maxPacketBytes()) {
            maybeBundle();
        }
        return length;
    }

    /** Begins an envelope of several packets, if that saves some and there are enough messages. */
    private void maybeBundle() {
        int record = queue().first();
        int recordLength = queue().firstLength();
        int nameLength = queue().buffer().getUnsignedByte(record + NAME_OFFSET);
        int contentLength = recordLength - FRAME_HEADER_BYTES - nameLength;
        boolean goesOn = queue().buffer().getLong(record + TOPIC_ID_OFFSET) == lastTopicId;
        int firstBytes = EnvelopeWriter.envelopeLength(nameLength, contentLength);
        int eachBytes = goesOn
                ? EnvelopeWriter.nextFrameLength(contentLength)
                : EnvelopeWriter.frameLength(nameLength, contentLength, true);
        Bundle.Plan plan = bundle.plan(firstBytes, eachBytes, maxPacketBytes(), maxFragmentBytes());
        int limit = plan.packets() * maxFragmentBytes();
        if (limit > 0
                && limit <= maxApduBytes()
                && plan.messages() * SendQueue.roomBytes(recordLength) <= queue().usedBytes()) {
            writer.begin(bundle.begin(limit), 0, limit);
            appendFrames();
            writer.pad(evenApduBytes(writer.length()));
            isBundling = true;
        }
    }

    @Override
    public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
        if (bundle.isEmpty()) {
            super.fillFragment(packet, at, length, apduOffset);
        } else {
            bundle.copy(apduOffset, packet, at, length);
        }
    }

    private int headsLength() {
        int most = EnvelopeWriter.headCapacity(maxPacketBytes());
        return EnvelopeWriter.headsLength(Math.min(1 + topics.dirtyCount(), most));
    }

    @Override
    int firstLength() {
        return switch (queue().firstKind()) {
            case FRAME -> EnvelopeWriter.envelopeLength(0, queue().firstLength() - FRAME_HEADER_BYTES);
            case HEADS -> EnvelopeWriter.headsLength(1 + evictedHeads.element().length / 2);
            case APDU, SendQueue.BLOCK -> firstApduLength();
            default -> throw new AssertionError("record of kind " + queue().firstKind());
        };
    }

    @Override
    public int fill(ByteBuf packet, int at, int max, int padTo) {
        if (!bundle.isEmpty()) {
            int length = bundle.length();
            bundle.copy(0, packet, at, length);
            return length;
        }
        boolean frames;
        queue().lock();
        try {
            byte kind = queue().isEmpty() ? HEADS : queue().firstKind();
            if (kind == APDU || kind == SendQueue.BLOCK) {
                return fillApdu(packet, at);
            }
            frames = kind == FRAME;
            if (frames) {
                writer.begin(packet, at, max);
                appendFrames();
            } else {
                writer.beginHeads(packet, at, max);
                appendHeads(EnvelopeWriter.headCapacity(max) - 1);
            }
        } finally {
            queue().unlock();
        }
        if (frames && padTo <= max && padTo - writer.length() <= padTo / PAD_SHARE) {
            writer.pad(padTo);
        }
        return writer.finish();
    }

    private void appendHeads(int most) {
        if (queue().isEmpty()) {
            appendDirty(most);
        } else {
            appendEvicted();
        }
    }

    private void appendFrames() {
        ByteBuf records = queue().buffer();
        while (!queue().isEmpty() && queue().firstKind() == FRAME) {
            int record = queue().first();
            int length = queue().firstLength() - NAME_OFFSET;
            long topicId = records.getLong(record + TOPIC_ID_OFFSET);
            long sequence = records.getLong(record + SEQUENCE_OFFSET);
            boolean first = records.getBoolean(record);
            if (!writer.append(topicId, sequence, first, records, record + NAME_OFFSET, length)) {
                assert writer.entries() > 0 : "a packet of " + writer.room() + " bytes is too small";
                return;
            }
            lastTopicId = topicId;
            queue().removeFirst();
        }
    }

    private void appendEvicted() {
        appendOrdinal(false);
        long[] heads = evictedHeads.remove();
        for (int i = 0; i < heads.length; i += 2) {
            writer.appendHead(heads[i], heads[i + 1]);
        }
        queue().removeFirst();
    }

    private void appendDirty(int most) {
        boolean lastOfSet = topics.dirtyCount() <= most;
        appendOrdinal(lastOfSet);
        for (int i = 0; i < most && topics.dirtyCount() > 0; i++) {
            OutboundTopics.Topic topic = Objects.requireNonNull(topics.firstDirty());
            writer.appendHead(topic.id, topic.last());
            topics.clean(topic);
        }
        headsWanted = !lastOfSet;
    }

    private void appendOrdinal(boolean lastOfSet) {
        headsOrdinal++;
        writer.appendHead(ORDINAL_ENTRY, headsOrdinal << 1 | (lastOfSet ? 1 : 0));
    }

    @Override
    public void onIdle() {
        queue().lock();
        try {
            headsWanted = topics.dirtyCount() > 0;
        } finally {
            queue().unlock();
        }
    }

    @Override
    public void onClosing() {
        onIdle();
    }
}
