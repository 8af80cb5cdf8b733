package org.pgmjms.provider.link;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.message.InboundMessage;

/**
 * A frame that waits until it is known what came before it, or a mark at its place: a topic's head, or the end of an
 * envelope of heads. Owned by the receive agent.
 */
final class Held {
    /** What a held frame costs beside its content: objects and places in two queues. */
    private static final int OVERHEAD_BYTES = 160;

    private final Kind kind;
    private final @Nullable TopicStream stream;
    private final long sequence;
    private final long position;
    private final long order;
    private final int bytes;
    private boolean first;
    private @Nullable InboundMessage message;
    private boolean done;

    enum Kind {
        /** A message. */
        FRAME,
        /** The sequence is one more than the last of the topic. */
        HEAD,
        /** The sequence is the ordinal of an envelope of heads that ends here. */
        HEADS_END,
        /** The same, and the envelope is the last of its set. */
        HEADS_SET_END
    }

    private Held(Kind kind, @Nullable TopicStream stream, long sequence, long position, long order, int bytes) {
        this.kind = kind;
        this.stream = stream;
        this.sequence = sequence;
        this.position = position;
        this.order = order;
        this.bytes = OVERHEAD_BYTES + bytes;
    }

    /**
     * A message of a stream.
     *
     * @param first whether the stream starts or starts anew with it
     * @param position where it lies; of a message of a train where the train begins
     */
    static Held frame(TopicStream stream, InboundMessage message, boolean first, long position, long order) {
        Held held = new Held(Kind.FRAME, stream, message.sequence(), position, order, message.sizeBytes());
        held.message = message;
        held.first = first;
        return held;
    }

    /** A topic's head: the last sequence that was written. */
    static Held head(TopicStream stream, long last, long position, long order) {
        return new Held(Kind.HEAD, stream, last + 1, position, order, 0);
    }

    /** The end of an envelope of heads. */
    static Held headsEnd(long ordinal, boolean lastOfSet, long position, long order) {
        Kind kind = lastOfSet ? Kind.HEADS_SET_END : Kind.HEADS_END;
        return new Held(kind, null, ordinal, position, order, 0);
    }

    Kind kind() {
        return kind;
    }

    @Nullable TopicStream stream() {
        return stream;
    }

    long sequence() {
        return sequence;
    }

    /** Where in the stream it lies. */
    long position() {
        return position;
    }

    /** Its place among what lies at one position. */
    long order() {
        return order;
    }

    /** The message; only while it is not done. */
    InboundMessage message() {
        return Objects.requireNonNull(message);
    }

    /** Whether its topic starts or starts anew with it. */
    boolean isFirst() {
        return first;
    }

    int bytes() {
        return bytes;
    }

    boolean isDone() {
        return done;
    }

    /** Says that it has been dealt with; lets go of the content. */
    void finish() {
        done = true;
        message = null;
    }
}
