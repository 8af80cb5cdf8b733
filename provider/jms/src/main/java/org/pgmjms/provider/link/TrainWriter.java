package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.message.EnvelopeWriter;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.TrainPart;

/**
 * Writes a train's envelopes: normally one; another when the engine's largest APDU or the names that an envelope may hold
 * are used up. Used once.
 */
final class TrainWriter {
    private final EnvelopeWriter writer;
    private final int maxApduBytes;
    private final Train train;
    private final ByteBuf bytes;
    private final List<PgmTopic> topics = new ArrayList<>();
    private final int[] frames;
    private int[] lengths = new int[1];
    private int part;
    private int partAt;

    private TrainWriter(Incarnation incarnation, int maxApduBytes, Train train, int framesBytes) {
        this.writer = new EnvelopeWriter(incarnation);
        this.maxApduBytes = maxApduBytes;
        this.train = train;
        this.frames = new int[train.messages().size()];
        this.bytes = Unpooled.buffer(EnvelopeWriter.trainLength(framesBytes));
    }

    /**
     * Writes a train, whose messages are small enough for an APDU each.
     *
     * @param framesBytes the length of all frames, names of topics not counted
     */
    static WrittenTrain write(Incarnation incarnation, int maxApduBytes, Train train, int framesBytes) {
        return new TrainWriter(incarnation, maxApduBytes, train, framesBytes).write();
    }

    private WrittenTrain write() {
        beginPart();
        PgmTopic latest = null;
        byte[] name = new byte[0];
        for (TrainMessage message : train.messages()) {
            if (!message.topic().equals(latest)) {
                latest = message.topic();
                name = latest.nameUtf8();
            }
            append(message, name);
        }
        writer.lastPart();
        endPart();
        return new WrittenTrain(bytes, Arrays.copyOf(lengths, part), topics, frames);
    }

    private void append(TrainMessage message, byte[] name) {
        ByteBuf content = message.content();
        long topicId = message.topic().topicId();
        int length = content.readableBytes();
        ensureRoom(EnvelopeWriter.frameLength(name.length, length, writer.needsName(topicId)));
        int at = partAt + writer.length();
        if (!writer.append(topicId, name, 0, false, content, content.readerIndex(), length)) {
            endPart();
            beginPart();
            ensureRoom(EnvelopeWriter.frameLength(name.length, length, true));
            at = partAt + writer.length();
            if (!writer.append(topicId, name, 0, false, content, content.readerIndex(), length)) {
                throw new IllegalArgumentException("A message of " + length + " bytes in a part of " + maxApduBytes);
            }
        }
        frames[topics.size()] = at;
        topics.add(message.topic());
    }

    private void beginPart() {
        if (part == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * part);
        }
        grow(partAt + EnvelopeWriter.trainLength(0));
        writer.beginTrain(
                bytes, partAt, maxApduBytes, new TrainPart(train.transactionId(), part, train.channels(), false));
    }

    private void endPart() {
        lengths[part] = writer.length();
        partAt += lengths[part];
        part++;
    }

    private void ensureRoom(int frameBytes) {
        grow(partAt + writer.length() + Math.min(frameBytes, writer.room()));
    }

    private void grow(int needed) {
        if (needed > bytes.capacity()) {
            bytes.capacity(Math.max(needed, bytes.capacity() + bytes.capacity() / 2));
        }
    }
}
