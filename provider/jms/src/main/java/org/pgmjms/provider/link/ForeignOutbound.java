package org.pgmjms.provider.link;

/** Sends messages as other programs frame them: without sequences and heads, which those would take for messages. */
abstract sealed class ForeignOutbound extends Outbound permits RawOutboundLink, ZmqOutboundLink {
    ForeignOutbound(SendQueue queue, int maxMessageBytes) {
        super(queue, maxMessageBytes);
    }

    @Override
    final long nextSequence(long topicId) {
        return 0;
    }

    @Override
    final int recordsBehind(WrittenTrain train) {
        return 0;
    }

    @Override
    final void number(WrittenTrain train) {
        // There are no sequences.
    }

    @Override
    final void seal(WrittenTrain train) {
        // As above.
    }

    @Override
    final void publishBehind(int records) {
        // As above.
    }

    @Override
    public final void onIdle() {
        // There are no heads.
    }

    @Override
    public final void onClosing() {
        // As when idle.
    }
}
