package org.pgmjms.provider.message;

import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_FIRST;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_FLAGS_OFFSET;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One frame of an envelope, read in place. Belongs to its {@link EnvelopeReader}, which has checked it; good until the
 * reader goes on. Nothing here looks into the content.
 */
public final class FrameView {
    private @Nullable ByteBuf buffer;
    private Incarnation incarnation = new Incarnation(0, 0);
    private int at;
    private int length;
    private int nameAt;
    private int nameLength;
    private int contentAt;
    private long topicId;
    private long sequence;

    FrameView() {}

    void wrap(ByteBuf envelope, Incarnation incarnation, int frameAt, int frameLength) {
        buffer = envelope;
        this.incarnation = incarnation;
        at = frameAt;
        length = frameLength;
    }

    void name(int nameAt, int nameLength) {
        this.nameAt = nameAt;
        this.nameLength = nameLength;
    }

    void place(long topicId, long sequence) {
        this.topicId = topicId;
        this.sequence = sequence;
    }

    void content(int contentAt) {
        this.contentAt = contentAt;
    }

    /** The buffer all indexes refer to, borrowed. */
    public ByteBuf buffer() {
        return Objects.requireNonNull(buffer, "next comes first");
    }

    /** The provider that wrote the envelope. */
    public Incarnation incarnation() {
        return incarnation;
    }

    /** The first eight bytes of SHA-256 over the topic's name, as the sender says. */
    public long topicId() {
        return topicId;
    }

    /** The topic's sequence at its source, from 1. */
    public long sequence() {
        return sequence;
    }

    /** Whether the topic starts, or starts again, with this frame. */
    public boolean isFirst() {
        return (buffer().getByte(at + FRAME_FLAGS_OFFSET) & FRAME_FIRST) != 0;
    }

    /** Whether the topic's bare name is this, in UTF-8. Has to be asked, as a topic id alone can be forged. */
    public boolean nameIs(byte[] utf8) {
        if (utf8.length != nameLength) {
            return false;
        }
        ByteBuf in = buffer();
        for (int i = 0; i < utf8.length; i++) {
            if (in.getByte(nameAt + i) != utf8[i]) {
                return false;
            }
        }
        return true;
    }

    /** The topic's bare name, from this frame or an earlier one of the envelope; allocates. */
    public String topicName() {
        return buffer().toString(nameAt, nameLength, StandardCharsets.UTF_8);
    }

    /** The index of the content. */
    public int contentAt() {
        return contentAt;
    }

    /** The content's length in bytes. */
    public int contentLength() {
        return at + length - contentAt;
    }
}
