package org.pgmjms.engine.api;

import io.netty.buffer.ByteBuf;

/**
 * Takes what a subscription receives. Called by the channel's receive agent only; an implementation never blocks.
 * Buffers are borrowed: they are good until the call returns. Sequence numbers wrap and are compared by signed
 * difference.
 */
public interface ReceiverHandler {

    /**
     * Whether these bytes can be the start of an APDU of the expected kind. Asked until a session is established, so
     * that noise never counts as a source.
     */
    boolean plausible(ByteBuf apduStart);

    /** A session is established: from now on its losses are reported. Comes before anything else of that session. */
    void onSession(Tsi tsi, SessionStart start);

    /**
     * An APDU, exactly once. In {@link DeliveryOrder#CONTIGUOUS} in the order of sequence numbers, in
     * {@link DeliveryOrder#COMPLETE} as soon as it is whole.
     *
     * @param firstSqn the number of its first packet
     * @param lastSqn the number of its last packet
     * @param flags a combination of {@link ApduFlags}
     */
    void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags);

    /** Packets are lost for good. In {@link DeliveryOrder#CONTIGUOUS} the call comes in stream position. */
    void onLost(Tsi tsi, int firstSqn, int count, LossCause cause);

    /** Everything before this number was delivered or reported lost. Never moves back; at most once a batch. */
    void onResolved(Tsi tsi, int edge);

    /**
     * The packets that were there have been taken, or the timers that were due have run: the agent goes on to the next
     * batch, or to sleep. What was delivered since the last call may be passed on at once, for all sessions together.
     */
    default void onBatchEnd() {}

    /**
     * Nothing was heard of an established session for a tenth of the peer expiry, or after such a silence something was.
     * With the defaults that are three ambient SPMs.
     *
     * @param isSilent whether a silence has begun, or else ended
     */
    default void onSilence(Tsi tsi, boolean isSilent) {}

    /** The session is over; the last call for it. {@code finalSqn} is the last number known. */
    void onEnd(Tsi tsi, EndReason reason, int finalSqn);

    /**
     * How many bytes of this session can be taken now. What does not fit waits in the receive window. In {@link
     * DeliveryOrder#COMPLETE} an APDU at the resolved edge is handed out whatever this says, as others wait for it.
     */
    int capacityBytes(Tsi tsi);

    /**
     * How many bytes of APDUs the application can still take before something has to be dropped. A source that asks its
     * receivers ({@code pgm.sendLimit=min}) sends no more than that. While nothing waits for the application it has to be
     * a packet at least, or an APDU larger than the room would wait for ever. The largest value says that there is no limit.
     *
     * @param comingBytes what has come already and waits for the rest
     */
    default int roomBytes(Tsi tsi, long comingBytes) {
        return Integer.MAX_VALUE;
    }

    /** The channel's receive agent failed; nothing more will come, of any session. Called once, by whoever noticed. */
    default void onFailed(PgmException cause) {}
}
