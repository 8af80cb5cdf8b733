package org.pgmjms.provider.message;

import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_FIRST;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_LIKE;
import static org.pgmjms.provider.message.EnvelopeFormat.FRAME_NEXT;
import static org.pgmjms.provider.message.EnvelopeFormat.LIKE_CONTENT_BYTES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One frame of an envelope, read in place. Belongs to its {@link EnvelopeReader}, which has checked it; good until the
 * reader goes on. Nothing here looks into the content.
 */
public final class FrameView {
    private static final VarHandle CONTENT_START =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ContentCheck check = new ContentCheck();
    private ByteBuffer view = ByteBuffer.allocate(0);
    private Incarnation incarnation = new Incarnation(0, 0);
    private int end;
    private int flags;
    private int nameAt;
    private int nameLength;
    private int contentAt;
    /** The first bytes of the content of a frame that takes them over from the one before it. */
    private long contentStart;

    private long topicId;
    private long sequence;

    FrameView() {}

    void wrap(ByteBuffer envelope, Incarnation incarnation, int frameAt, int frameLength, int frameFlags) {
        if ((frameFlags & FRAME_LIKE) != 0 && !isLike()) {
            contentStart = envelope.getLong(contentAt);
        }
        view = envelope;
        this.incarnation = incarnation;
        end = frameAt + frameLength;
        flags = frameFlags;
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
        return (flags & FRAME_FIRST) != 0;
    }

    /** Whether its topic is that of the frame before it in this envelope. */
    public boolean isSameTopic() {
        return flags == FRAME_NEXT;
    }

    /** Whether the topic's bare name is this, in UTF-8. Has to be asked, as a topic id alone can be forged. */
    public boolean nameIs(byte[] utf8) {
        if (utf8.length != nameLength) {
            return false;
        }
        for (int i = 0; i < utf8.length; i++) {
            if (view.get(nameAt + i) != utf8[i]) {
                return false;
            }
        }
        return true;
    }

    /** How long the name is, and its first bytes: see {@link NameWords}. */
    public long nameHead() {
        return NameWords.head(view, nameAt, nameLength);
    }

    /** The name's last bytes: see {@link NameWords}. */
    public long nameTail() {
        return NameWords.tail(view, nameAt, nameLength);
    }

    /** The topic's bare name, from this frame or an earlier one of the envelope; allocates. */
    public String topicName() {
        byte[] name = new byte[nameLength];
        view.get(nameAt, name);
        return Utf8.read(name, 0, nameLength);
    }

    /** A copy of the content. */
    public byte[] content() {
        int taken = isLike() ? LIKE_CONTENT_BYTES : 0;
        byte[] content = new byte[taken + end - contentAt];
        view.get(contentAt, content, taken, end - contentAt);
        if (taken > 0) {
            CONTENT_START.set(content, 0, contentStart);
        }
        return content;
    }

    private boolean isLike() {
        return (flags & FRAME_LIKE) != 0;
    }

    /** Checks contents; one for all frames. */
    ContentCheck check() {
        return check;
    }
}
