package org.pgmjms.provider.link;

import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/** Takes what arrives for one subscription, in order. Called by the receive agent; never blocks. */
public interface LinkListener {
    /** What a listener without anything waiting has room for at least. */
    int LEAST_ROOM_BYTES = 64 << 10;

    /** A message; the object is the listener's. */
    void onMessage(InboundMessage message);

    /** There is nothing more for now: after one message or several, never long after them. */
    default void onBatchEnd() {}

    /** A gap, in stream position: what came before it was handed over before. */
    void onLoss(LossReport report);

    /** A source came or went; sources that are there already come with the subscription. */
    void onSource(SourceEvent event);

    /**
     * How many bytes of envelopes it has room for before it has to drop messages, beside what is on its way to it. While
     * nothing waits in it that is more than 0, or a message larger than its room would never come.
     *
     * @param comingBytes what is on its way: incomplete messages, and what waits behind gaps
     */
    default int roomBytes(long comingBytes) {
        return Integer.MAX_VALUE;
    }

    /**
     * The {@link #roomBytes} of one that takes this many more messages, with this many more bytes in memory.
     *
     * @param isEmpty whether nothing waits in it
     */
    static int roomBytes(long messages, long sizeBytes, boolean isEmpty, long comingBytes) {
        long room = InboundMessage.frameBytes(Math.max(0, messages), Math.max(0, sizeBytes)) - comingBytes;
        return (int) Math.max(isEmpty ? LEAST_ROOM_BYTES : 0, Math.min(room, Integer.MAX_VALUE - 1));
    }

    /**
     * Whom it gives everything to: when all listeners of a transport say the same, that one may receive by itself; see
     * {@link Intake}. Null for nobody: any other one may.
     */
    default @Nullable Object taker() {
        return this;
    }

    /** The transport failed; nothing more will come. */
    void onFailed(Exception cause);
}
