package org.pgmjms.engine.sim;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.wire.PacketView;

/**
 * Sees everything that happens in a world, in order, before it has any effect. A checker is one of these: it throws an
 * {@link AssertionError} when something happens that must not.
 */
public interface SimListener {

    /** A host sends a packet; nothing has been done to it yet. */
    default void onSent(SimNode from, PacketView packet, SimNode.Target target) {}

    /** A host's half is about to take a well-formed packet. */
    default void onTaken(SimNode by, PacketView packet) {}

    /** A receiver has a new session. */
    default void onSession(HeardStream stream) {}

    /** A receiver delivers an APDU. */
    default void onApdu(HeardStream stream, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {}

    /** A receiver reports packets lost. */
    default void onLost(HeardStream stream, int firstSqn, int count, LossCause cause) {}

    /** A receiver says that nothing older can come. */
    default void onResolved(HeardStream stream, int edge) {}

    /** A receiver's session is over. */
    default void onEnd(HeardStream stream, EndReason reason, int finalSqn) {}

    /** A host has done all there was to do now. */
    default void onSettled(SimNode node) {}

    /** The run is over: sessions ended, receivers silent for longer than they remember anything. */
    default void onFinished() {}
}
